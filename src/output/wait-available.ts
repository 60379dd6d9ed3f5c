import type {AccountState, MonitorState, Window} from '../core/model.ts';
import type {WaitAnswer} from '../core/polling/wait-until.ts';
import {hasReset} from '../core/reading-at.ts';
import {failureText} from '../view/format/labels.ts';
import {resetsIn} from '../view/format/time.ts';
import {leftPercent, percent} from '../view/format/use.ts';
import {en} from '../view/strings/en.ts';
import {judge} from './guard.ts';
import {meantWindows, percentLeft} from './left.ts';
import {cannotTell, type Meant, mayHaveWindow, meantBy, nameOf, nothingMeant, together, type WaitFor} from './wait.ts';

/** `wait --until available`: is enough left, as `guard` judges each account? */
export function availability(state: MonitorState, now: number, wanted: WaitFor, absent: readonly string[]): WaitAnswer {
  const meant = meantBy(state, now, wanted);
  const nothing = nothingMeant(meant, wanted, absent);
  if (nothing !== null) return nothing;
  // A balance without a limit is nothing to wait for.
  const having = meant.filter(each => mayHaveWindow(each, wanted.window));
  const told = having.map(each => ({answer: answerOf(each, state, now, wanted), at: freeAt(each, wanted)}));
  const sooner = told.sort((a, b) => (wanted.all ? b.at - a.at : a.at - b.at));
  return together(
    sooner.map(({answer}) => answer),
    wanted.all,
  );
}

function answerOf(meant: Meant, state: MonitorState, now: number, wanted: WaitFor): WaitAnswer {
  const {account, isUnread, isStuck} = meant;
  if (isUnread) return {kind: 'unread', line: `${nameOf(account)}: no reading yet`};
  const {window, minRemaining, privacy} = wanted;
  const {exitCode, line} = judge(state, {now, minRemaining, window, privacy, account: account.key});
  if (exitCode === 0) return {kind: 'holds', line};
  if (isStuck !== null) return cannotTell(`${nameOf(account)}: ${isStuck}`);
  const isPassing = account.failure !== null || account.reading?.windows.some(hasReset) === true;
  if (exitCode === 3 && !isPassing) return {kind: 'cannot-tell', line};
  return {kind: 'pending', line: pendingLine(meant, now, wanted)};
}

/** 'openai user@example.com 5h: 0% left, resets in 2h 13m'. */
function pendingLine({account}: Meant, now: number, wanted: WaitFor): string {
  const {failure} = account;
  const window = lastLackingIn(account, wanted);
  const left = window?.use.state === 'known' ? `${percent(percentLeft(account, window))} left` : '';
  const parts = [left, resetsIn(window?.resetsAt ?? null, now, en), failure === null ? '' : failureText(failure, en)];
  return `${nameOf(account, window?.id)}: ${parts.filter(Boolean).join(', ') || 'not available'}`;
}

/** Of the windows with too little left of their own the one that resets last; what stops an account beside them has no reset. */
function lastLackingIn({reading}: AccountState, {window: wanted, minRemaining}: WaitFor): Window | undefined {
  const lacking = (reading === null ? [] : meantWindows(reading, wanted)).filter(
    window => hasReset(window) || (window.use.state === 'known' && leftPercent(window.use.usedPercent) < minRemaining),
  );
  return lacking.sort((a, b) => endOf(b) - endOf(a))[0];
}

const endOf = (window: Window | undefined): number => window?.resetsAt ?? Number.MAX_VALUE;

/** When it may be available again. */
const freeAt = ({account}: Meant, wanted: WaitFor): number => endOf(lastLackingIn(account, wanted));
