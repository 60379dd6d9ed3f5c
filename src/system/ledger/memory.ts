import {idOf, type Mark} from '../../core/alerts/mark.ts';
import type {Watcher} from '../../core/alerts/watcher.ts';
import type {LedgerRow} from '../../core/ledger.ts';
import type {JudgingLedger} from './alerts.ts';

/** A ledger that no other process sees: for a machine where no file can be kept, and where none should be. */
export function createMemoryLedger(watcher?: Watcher): JudgingLedger {
  const rows = new Map<string, LedgerRow>();
  const marks = new Map<string, Map<string, Mark>>();
  const judge: JudgingLedger['judge'] = (before, row, now) => {
    const own = marks.get(row.key) ?? new Map<string, Mark>();
    const judged = watcher?.judge(before, row, [...own.values()], now) ?? [];
    for (const {mark} of judged) own.set(idOf(mark), mark);
    marks.set(row.key, own);
    return judged.flatMap(({event}) => event ?? []);
  };
  return {
    rows: () => [...rows.values()],
    row: key => rows.get(key) ?? null,
    changes: version => ({version, rows: []}),
    claim: () => true,
    release() {},
    settle(row, now) {
      const before = rows.get(row.key) ?? null;
      rows.set(row.key, row);
      return judge(before, row, now);
    },
    judge,
    held: () => [...marks].flatMap(([key, own]) => ([...own.values()].some(isHeld) ? [key] : [])),
    given: () => [...marks].flatMap(([account, own]) => [...own.values()].flatMap(mark => givenOf(account, mark))),
    history: () => [],
    usageOf: () => [],
    recordOf: () => null,
    forecastsOf: () => [],
    keepForecasts() {},
    forgetHistory() {},
    close() {},
  };
}

const isHeld = ({state}: Mark): boolean => state === 'held';

const givenOf = (account: string, {window, rule, state, firedAt, seen}: Mark) =>
  firedAt === null || state === 'held' ? [] : [{account, window, rule, at: firedAt, seen}];
