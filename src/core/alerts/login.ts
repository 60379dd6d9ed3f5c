import type {LedgerRow} from '../ledger.ts';
import type {FailureCode} from '../model.ts';
import type {AlertEvent} from './event.ts';
import type {Mark} from './mark.ts';
import type {Judged, Situation} from './situation.ts';
import type {Wanted} from './wanted.ts';

/** What a failure means for the alerts about the login, and about a service that changed its answers. Pure. */

const signIn: ReadonlySet<FailureCode> = new Set(['expired', 'auth_rejected', 'scope_missing']);
/** So many answers in a row that nobody can read are no accident. */
const leastUnreadable = 3;

type Scene = Situation & {quiet: boolean; wanted: Wanted};

export function judgeLogin(scene: Scene): Judged[] {
  const {row, wanted} = scene;
  const {failure} = row;
  const isRefused = failure !== null && signIn.has(failure.code) && failure.aside !== true;
  const login = wanted.has('login') ? judged('login', isRefused, markOf(scene, 'login'), null, scene) : null;
  const changed = wanted.has('changed') ? judgeAnswers(scene) : null;
  return [login, changed].filter(each => each !== null);
}

const markOf = ({marks}: Situation, rule: string): Mark | undefined =>
  marks.find(mark => mark.window === '' && mark.rule === rule);

const isRead = ({failure, reading}: LedgerRow): boolean => failure === null && reading !== null;

/** `seen` of the mark counts unreadable answers, `cycle` tells which one was the last. */
function judgeAnswers(scene: Scene): Judged | null {
  const {row} = scene;
  const mark = markOf(scene, 'changed');
  const isUnreadable = row.failure?.code === 'bad_response' && row.failure.shape !== undefined;
  const isCounted = mark?.cycle === row.lastAttemptAt;
  const count = isUnreadable ? (mark?.seen ?? 0) + (isCounted ? 0 : 1) : 0;
  const change = judged('changed', count >= leastUnreadable, mark, count, scene);
  if (change !== null || (mark?.state ?? 'armed') !== 'armed' || count === (mark?.seen ?? 0)) return change;
  return {mark: {...blank, ...mark, rule: 'changed', seen: count, cycle: row.lastAttemptAt}, event: null};
}

const blank = {window: '', cycle: null, state: 'armed', firedAt: null, seen: null, calmSince: null} as const;

function judged(
  rule: 'login' | 'changed',
  holds: boolean,
  mark: Mark | undefined,
  seen: number | null,
  {row, now, quiet}: Scene,
): Judged | null {
  const state = mark?.state ?? 'armed';
  const next = {...blank, ...mark, rule, seen, cycle: row.lastAttemptAt};
  if (holds && (state === 'armed' || (state === 'held' && !quiet))) {
    const event = quiet ? null : eventOf(rule, row, now);
    return {mark: {...next, state: quiet ? 'held' : 'fired', firedAt: row.lastAttemptAt ?? now}, event};
  }
  return isRead(row) && state !== 'armed' ? {mark: {...next, state: 'armed', seen: null}, event: null} : null;
}

const eventOf = (event: 'login' | 'changed', {provider, key, label, failure}: LedgerRow, now: number): AlertEvent => ({
  ...{event, at: now, provider, account: key, label, window: null, failure: failure?.code ?? null},
  ...{usedPercent: null, usedBefore: null, resetsAt: null, threshold: null, forecast: null},
});
