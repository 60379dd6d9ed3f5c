import type {SeriesHistory} from '../ledger.ts';
import type {AccountState, MonitorState} from '../model.ts';
import {compacted, joined} from './rows.ts';
import {type Recorded, recordedBy, spans} from './usage.ts';

/** The histories that a running monitor has at hand: what was stored, and every reading since. */

/** undefined while nothing is known of the window. */
export type HistoryOf = (account: string, window: string) => SeriesHistory | undefined;

export type HistoryLog = {
  of: HistoryOf;
  /** Takes in what accounts read since the last time, and drops those that went. */
  follow(accounts: MonitorState['accounts']): void;
};

type Read = Pick<AccountState, 'reading' | 'readAt'>;
type Known = {read: Read; windows: Map<string, SeriesHistory>};

/** `stored` reads what the ledger holds of an account: once, when it has a reading. */
export function createHistoryLog(stored: (account: string) => readonly SeriesHistory[]): HistoryLog {
  const known = new Map<string, Known>();

  function knownOf(account: AccountState): Known {
    const windows = new Map(stored(account.key).map(each => [each.window, each]));
    return {read: {reading: null, readAt: null}, windows};
  }

  function take(account: AccountState): void {
    const {key, reading, readAt} = account;
    if (readAt === null || readAt === known.get(key)?.read.readAt) return;
    const own = known.get(key) ?? knownOf(account);
    known.set(key, own);
    const before = own.read.readAt === null ? null : own.read;
    for (const [window, recorded] of recordedBy(before, account, topsIn(own)))
      own.windows.set(window, extended(own.windows.get(window) ?? emptyOf(key, window), recorded, readAt));
    own.read = {reading, readAt};
  }

  return {
    of: (account, window) => known.get(account)?.windows.get(window),
    follow(accounts) {
      for (const key of known.keys()) if (accounts[key] === undefined) known.delete(key);
      for (const account of Object.values(accounts)) take(account);
    },
  };
}

const emptyOf = (account: string, window: string): SeriesHistory => ({account, window, usage: [], turns: []});

/** The highest use that is kept of a quarter hour. */
const topsIn =
  ({windows}: Known) =>
  (window: string, readAt: number): number | null => {
    const at = Math.floor((readAt - 1) / 1000 / spans.quarter) * spans.quarter;
    const rows = windows.get(window)?.usage ?? [];
    return rows.findLast(row => row.span === spans.quarter && row.at === at)?.last ?? null;
  };

/** Another object, so that whoever holds the old one sees that there is more. */
const extended = (history: SeriesHistory, {usage, turns}: Recorded, now: number): SeriesHistory => ({
  ...history,
  usage: compacted(joined(history.usage, usage), now),
  turns: [...history.turns, ...turns],
});
