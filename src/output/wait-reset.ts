import type {ForecastOf} from '../core/foresight/forecasts.ts';
import {foreseen} from '../core/foresight/outlook-of.ts';
import {follow, type Track} from '../core/foresight/samples.ts';
import {sampleOf} from '../core/foresight/usage.ts';
import {tightestWindow} from '../core/health.ts';
import type {AccountState, MonitorState, Window} from '../core/model.ts';
import type {WaitAnswer} from '../core/polling/wait-until.ts';
import {hasReset} from '../core/reading-at.ts';
import {failureText} from '../view/format/labels.ts';
import {resetsIn} from '../view/format/time.ts';
import {remaining, usageText} from '../view/format/use.ts';
import {en} from '../view/strings/en.ts';
import {cannotTell, type Meant, meantBy, nameOf, nothingMeant, reading, together, type WaitFor} from './wait.ts';

/**
 * `wait --until reset`: has the tightest window of the tightest account begun anew, and was it read since? Which one
 * that is, is decided by the first readings; with `all`, the tightest of every account.
 */
export function createResetWait(wanted: WaitFor, forecasts: () => ForecastOf = () => () => null) {
  let targets: Target[] | null = null;
  return (state: MonitorState, now: number, absent: readonly string[]): WaitAnswer => {
    const meant = meantBy(state, now, wanted);
    targets ??= justOver(state, meant, now, wanted);
    if (targets === null) {
      const nothing = nothingMeant(meant, wanted, absent);
      if (nothing !== null) return nothing;
      if (meant.some(({isUnread}) => isUnread)) return reading;
      targets = chosen(foreseenIn(meant, forecasts(), now), wanted);
      if (targets === null) return undecided(meant);
    }
    const answers = targets.map(target => answerOf(target, state, meant, now));
    return together(answers, true);
  };
}

/** A window that is waited for, and what was seen of it so far. */
type Target = {key: string; id: string; track: Track; hasBegun: boolean};

type Read = {account: AccountState; window: Window};

function targetOf({account, window}: Read): Target[] {
  const at = window.readAt ?? account.readAt;
  const step = at === null ? null : follow(null, sampleOf(window, at));
  return step === null ? [] : [{key: account.key, id: window.id, track: step.track, hasBegun: false}];
}

// Who waits for a reset that was a moment ago waits for this one, not for the next.
const justNowMs = 15 * 60_000;

/** What the last readings call the tightest, when its reset is just over and it was not read since. */
function justOver(state: MonitorState, meant: readonly Meant[], now: number, wanted: WaitFor): Target[] | null {
  const asRead = meant.flatMap(({account}) => lastRead(account, state.accounts[account.key], now));
  const tightest = tightestOf(asRead, wanted);
  const isOver = ({account: {key}, window: {id}}: Read): boolean =>
    meant.some(({account}) => account.key === key && account.reading?.windows.some(isNamed(id, hasReset)) === true);
  return tightest.length > 0 && tightest.every(isOver) ? tightest.flatMap(targetOf) : null;
}

const isNamed =
  (name: string, holds: (window: Window) => boolean) =>
  (window: Window): boolean =>
    window.id === name && holds(window);

/** The account as it was read, without the windows that have been over for long. */
function lastRead({reading: current}: AccountState, read: AccountState | undefined, now: number): AccountState[] {
  if (read === undefined || read.reading === null || current === null) return [];
  const isLongOver = (window: Window): boolean => hasReset(window) && now - (window.resetsAt ?? 0) > justNowMs;
  const windows = read.reading.windows.filter(({id}) => !current.windows.some(isNamed(id, isLongOver)));
  return [{...read, reading: {...read.reading, windows}}];
}

/** What runs out first is the tightest. */
const foreseenIn = (meant: readonly Meant[], forecastOf: ForecastOf, now: number): Meant[] =>
  meant.map(each => ({...each, account: foreseen(each.account, forecastOf, now)}));

function chosen(meant: readonly Meant[], wanted: WaitFor): Target[] | null {
  // What no reading can come of is not waited for, where there is something else.
  const able = meant.filter(({isStuck}) => isStuck === null);
  const accounts = (wanted.all || able.length === 0 ? meant : able).map(({account}) => account);
  const targets = tightestOf(accounts, wanted).flatMap(targetOf);
  // The last one to reset is the one that is said to be waited for.
  targets.sort((a, b) => (b.track.resetsAt ?? 0) - (a.track.resetsAt ?? 0));
  return targets.length === 0 ? null : targets;
}

function tightestOf(accounts: readonly AccountState[], {window: id, all}: WaitFor): Read[] {
  const narrowed = accounts.map(account => narrowedTo(account, id));
  const groups = all ? narrowed.map(account => [account]) : [narrowed];
  return groups.flatMap(group => tightestWindow(group) ?? []);
}

const narrowedTo = (account: AccountState, id: string | undefined): AccountState =>
  account.reading === null || id === undefined
    ? account
    : {...account, reading: {...account.reading, windows: account.reading.windows.filter(each => each.id === id)}};

/** Nothing is in use, or nobody knows: some of that the next reading may change. */
function undecided(meant: readonly Meant[]): WaitAnswer {
  const waiting = meant.find(
    ({account, isStuck}) =>
      isStuck === null && (account.failure !== null || account.reading?.windows.some(hasReset) === true),
  );
  if (waiting !== undefined)
    return {kind: 'pending', line: `${nameOf(waiting.account)}: ${failureWords(waiting.account) || reading.line}`};
  const stuck = meant.find(({isStuck}) => isStuck !== null);
  return cannotTell(stuck === undefined ? 'no window is in use' : `${nameOf(stuck.account)}: ${stuck.isStuck}`);
}

/** Notes what the last reading says of the target. */
function answerOf(target: Target, state: MonitorState, meant: readonly Meant[], now: number): WaitAnswer {
  const known = meant.find(({account}) => account.key === target.key);
  const read = state.accounts[target.key];
  if (known === undefined || read === undefined) return cannotTell(`no account ${target.key}`);
  const window = read.reading?.windows.find(({id}) => id === target.id);
  const name = nameOf(known.account, target.id);
  if (window !== undefined) note(target, window, read);
  if (target.hasBegun) return {kind: 'holds', line: `reset: ${name}: ${window === undefined ? '' : leftText(window)}`};
  if (known.isStuck !== null) return cannotTell(`${name}: ${known.isStuck}`);
  const parts = [
    window === undefined ? '' : leftText(window),
    resetsIn(target.track.resetsAt, now, en),
    failureWords(known.account),
  ];
  return {kind: 'pending', line: `${name}: ${parts.filter(Boolean).join(', ')}`};
}

function note(target: Target, window: Window, {readAt}: AccountState): void {
  const step = follow(target.track, sampleOf(window, window.readAt ?? readAt ?? 0));
  if (step === null) return;
  target.track = step.track;
  target.hasBegun ||= step.turn === 'reset' || step.turn === 'early-reset';
}

const leftText = ({use}: Window): string =>
  use.state === 'known' ? `${remaining(use.usedPercent)} left` : usageText(use, 'left', en);

const failureWords = ({failure}: AccountState): string => (failure === null ? '' : failureText(failure, en));
