import type {ForecastOf} from '../core/foresight/forecasts.ts';
import type {AccountState, MonitorState, Window} from '../core/model.ts';
import {accountsAt, hasReset} from '../core/reading-at.ts';
import {hideIdentities} from '../view/format/privacy.ts';
import {percent} from '../view/format/use.ts';
import {judgeRisk} from './guard-risk.ts';
import {meantWindows, percentLeft, windowIdsOf} from './left.ts';

/** `guard`: may a job that costs quota start now? A pure judgement of one reading. */

export type GuardOptions = {
  now: number;
  /** Percent that must be left. */
  minRemaining: number;
  /** Percent of risk that a limit runs out before it resets, at most. */
  maxRisk?: number | undefined;
  forecastOf?: ForecastOf | undefined;
  /** Window id; absent: every window counts, the one with the least left decides. */
  window?: string | undefined;
  provider?: string | undefined;
  /** Account key. */
  account?: string | undefined;
  /** Why what is meant is not there, when that is known. */
  absent?: readonly string[] | undefined;
  privacy?: boolean | undefined;
};
/** 0: enough left; 1: below the threshold; 3: cannot be told. `line` says why, for people. */
export type Verdict = {exitCode: 0 | 1 | 3; line: string};

// A reading that could not be renewed is believed for as long as the longest backoff; then it says nothing about now.
const believedMs = 15 * 60_000;

/** `left` in percent, endless for unlimited, null when not told. With a `doubt` it is at most that. */
type Left = {account: AccountState; id: string | null; left: number | null; doubt: string | null};

export function judge(state: MonitorState, options: GuardOptions): Verdict {
  const shown = options.privacy === true ? hideIdentities(state) : state;
  const accounts = accountsAt(shown, options.now).filter(account => isMeant(account, options));
  if (accounts.length === 0) return cannotTell(noAccount(options));
  const found = accounts.flatMap(account => leftOf(account, options));
  const least = leastOf(found);
  // Use only grows until the reset: what is too little already stays so, whatever else cannot be told.
  if (least !== undefined && (least.left ?? 0) < options.minRemaining) {
    return {exitCode: 1, line: `not enough: ${lineOf(least, options)}`};
  }
  const doubtful = found.find(({doubt}) => doubt !== null);
  if (doubtful !== undefined) return cannotTell(`${nameOf(doubtful)}: ${doubtful.doubt}`);
  if (least === undefined) return cannotTell(nothingToJudge(accounts, options));
  const {maxRisk, forecastOf, window} = options;
  if (maxRisk !== undefined && forecastOf !== undefined) return judgeRisk(accounts, {maxRisk, forecastOf, window});
  return {exitCode: 0, line: `enough: ${lineOf(least, options)}`};
}

const leastOf = (found: readonly Left[]): Left | undefined =>
  found.filter(({left}) => left !== null).sort((a, b) => (a.left === b.left ? 0 : (a.left ?? 0) - (b.left ?? 0)))[0];

const isMeant = (account: AccountState, {provider, account: key}: GuardOptions): boolean =>
  (provider === undefined || provider.split(',').includes(account.provider)) &&
  (key === undefined || key === account.key);

function leftOf(account: AccountState, {window: wanted, now}: GuardOptions): Left[] {
  const {reading, failure} = account;
  if (reading === null) {
    const doubt = failure === null ? 'no data yet' : `no reading (${failure.code})`;
    return [{account, id: null, left: null, doubt}];
  }
  return meantWindows(reading, wanted).map(window => leftIn(account, window, now));
}

function leftIn(account: AccountState, window: Window, now: number): Left {
  const {id, use} = window;
  if (use.state === 'unknown') {
    const doubt = hasReset(window) ? 'the window has reset since the last reading' : `unknown: ${use.why}`;
    return {account, id, left: null, doubt};
  }
  const told = percentLeft(account, window);
  if (!isOutdated(account, now)) return {account, id, left: told, doubt: null};
  const doubt = `the last refresh failed (${account.failure?.code})`;
  // Without a reset time it may have reset meanwhile.
  return {account, id, left: window.resetsAt === null ? null : told, doubt};
}

const isOutdated = ({failure, readAt}: AccountState, now: number): boolean =>
  failure !== null && now - (readAt ?? 0) > believedMs;

const cannotTell = (why: string): Verdict => ({exitCode: 3, line: `cannot tell: ${why}`});

function noAccount({provider, account, absent = []}: GuardOptions): string {
  if (absent.length > 0) return absent.join('; ');
  if (account !== undefined) return `no account ${account}`;
  return provider === undefined ? 'no account found' : `no ${provider} account found`;
}

function nothingToJudge(accounts: readonly AccountState[], {window}: GuardOptions): string {
  const ids = windowIdsOf(accounts);
  if (ids.length === 0 && accounts.some(({reading}) => (reading?.amounts.length ?? 0) > 0))
    return `${providersIn(accounts)}: amounts but no window reported, so there is no limit to guard`;
  if (window === undefined || ids.length === 0) return 'no window reported';
  return `no window ${window}; available: ${ids.join(', ')}`;
}

const providersIn = (accounts: readonly AccountState[]): string =>
  [...new Set(accounts.map(({provider}) => provider))].join(', ');

const nameOf = ({account, id}: Left): string => [account.provider, account.label, id ?? ''].filter(Boolean).join(' ');

function lineOf(left: Left, options: GuardOptions): string {
  const amount = left.left === Number.POSITIVE_INFINITY ? 'unlimited' : `${percent(left.left ?? 0)} left`;
  return `${nameOf(left)}: ${amount}, ${options.minRemaining}% needed`;
}
