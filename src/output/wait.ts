import type {AccountState, MonitorState} from '../core/model.ts';
import {isDue, type NextPoll, nextPolls} from '../core/polling/next-poll.ts';
import type {WaitAnswer} from '../core/polling/wait-until.ts';
import {accountsAt, hasReset} from '../core/reading-at.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {failureText} from '../view/format/labels.ts';
import {hideIdentities} from '../view/format/privacy.ts';
import {en} from '../view/strings/en.ts';
import {meantWindows, windowIdsOf} from './left.ts';

/** `wait`: what is meant by its command line, and what can be told of it. Pure. */

export type WaitFor = {
  /** Account key. */
  account?: string | undefined;
  /** Window id; absent: of each account the window with the least left. */
  window?: string | undefined;
  /** Every account that is meant, instead of any. */
  all: boolean;
  /** Percent that must be left to be available. */
  minRemaining: number;
  privacy: boolean;
};

/** An account that is waited for; `account` as it is known now. */
export type Meant = {
  account: AccountState;
  /** Its reading is due, or on its way: what is known of it is too old to decide by. */
  isUnread: boolean;
  /** Why no reading will come by itself; null when one will. */
  isStuck: string | null;
};

export function meantBy(
  state: MonitorState,
  now: number,
  {account: key, privacy}: Pick<WaitFor, 'account' | 'privacy'>,
): Meant[] {
  const next = nextPolls(state, now);
  return accountsAt(privacy ? hideIdentities(state) : state, now)
    .filter(account => key === undefined || account.key === key)
    .map(account => toMeant(account, next.get(account.key), now));
}

function toMeant(account: AccountState, next: NextPoll | undefined, now: number): Meant {
  const isWaiting = account.reading === null && account.failure === null && next?.kind !== 'by-hand';
  return {
    account,
    isUnread: next?.kind === 'running' || isDue(next, now) || isWaiting,
    isStuck: next?.kind === 'by-hand' ? stuckBy(account) : null,
  };
}

/** What is never polled gets its figures from elsewhere, but not for a period that nobody has looked at yet. */
function stuckBy({failure, reading}: AccountState): string | null {
  if (failure !== null) return failureText(failure, en);
  const isOver = reading?.windows.some(hasReset) === true;
  return isOver ? 'the window has reset since the last reading, and this account is not polled' : null;
}

/** Why there is nothing to wait for; null when there is. `absent`: reasons that are known why accounts are not there. */
export function nothingMeant(
  meant: readonly Meant[],
  {account, window}: WaitFor,
  absent: readonly string[],
): WaitAnswer | null {
  if (meant.length === 0) {
    const nobody = account === undefined ? 'no account found' : `no account ${account}`;
    return cannotTell(absent.length > 0 ? absent.join('; ') : nobody);
  }
  if (meant.some(each => mayHaveWindow(each, window))) return null;
  const ids = windowIdsOf(meant.map(each => each.account));
  if (window === undefined || ids.length === 0) return cannotTell('no window reported');
  return cannotTell(`no window ${window}; available: ${ids.join(', ')}`);
}

/** What was not read yet may have any window. */
export const mayHaveWindow = ({account: {reading}, isUnread}: Meant, wanted: string | undefined): boolean =>
  isUnread || reading === null || meantWindows(reading, wanted).length > 0;

export const cannotTell = (why: string): WaitAnswer => ({kind: 'cannot-tell', line: `cannot tell: ${why}`});
export const reading: WaitAnswer = {kind: 'unread', line: 'no reading yet'};

export const nameOf = ({provider, label}: AccountState, window?: string): string =>
  sanitize([provider, label, window ?? ''].filter(Boolean).join(' '), 300);

/** Of several answers the one that decides: `any` of them is enough, or `all` have to hold. */
export function together(answers: readonly WaitAnswer[], all: boolean): WaitAnswer {
  const first = (kind: WaitAnswer['kind']): WaitAnswer | undefined => answers.find(each => each.kind === kind);
  const inOrder = all
    ? [first('cannot-tell'), first('unread'), first('pending'), first('holds')]
    : [first('holds'), first('pending'), first('unread'), first('cannot-tell')];
  return inOrder.find(each => each !== undefined) ?? reading;
}
