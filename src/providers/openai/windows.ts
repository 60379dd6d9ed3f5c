import type {Use, Window} from '../../core/model.ts';
import {isRecord, type Json, recordOf, toNumber} from '../shared/values.ts';
import {hour, pooledId, slug, week, windowByReset, windowIdOf} from '../shared/windows.ts';
import {lengthOf, percentOf, resetOf} from './fields.ts';
import {codeReview, poolsOf} from './pools.ts';

/** The windows of the plan itself, of the pools beside it and of code review. */
export const rateWindows = (body: Json, now: number): Window[] => [
  ...windowsOf([recordOf(body.rate_limit)], null, now),
  ...poolsOf(body.additional_rate_limits).flatMap(({limits, name}) => windowsOf(limits, name, now)),
  ...windowsOf([recordOf(body.code_review_rate_limit)], codeReview, now),
];

export const isWindowKey = (key: string): boolean => /_window$|^(?:primary|secondary)$/.test(key);

/** Windows of one pool, shortest first wherever they stood. Of several elements the first that knows a window tells it. */
function windowsOf(limits: readonly Json[], pool: string | null, now: number): Window[] {
  const byId = new Map<string, Window>();
  for (const window of limits.flatMap(limit => windowsIn(limit, pool, now))) {
    const first = byId.get(window.id);
    if (first === undefined || first.use.state === 'unknown') byId.set(window.id, window);
  }
  return [...byId.values()].sort((a, b) => lengthByName(a) - lengthByName(b));
}

/** Windows of one element. Two of one length are one: the fuller one binds. */
function windowsIn(limit: Json, pool: string | null, now: number): Window[] {
  const byId = new Map<string, Window>();
  for (const [key, value] of Object.entries(limit)) {
    const window = isWindowKey(key) && isRecord(value) ? toWindow(key, value, pool, now) : null;
    if (window === null) continue;
    const other = byId.get(window.id);
    if (other === undefined || usedOf(window) > usedOf(other)) byId.set(window.id, window);
  }
  return [...byId.values()];
}

/** Where no length was told the name stands for one; what has neither comes last. */
function lengthByName({id, windowMs}: Window): number {
  if (windowMs !== null) return windowMs;
  return /(?:^|\/)5h$/.test(id) ? 5 * hour : /(?:^|\/)weekly$/.test(id) ? week : Number.MAX_VALUE;
}

const fullness: Record<Use['state'], number> = {known: 0, unlimited: -2, 'not-started': -1, unknown: -3};
const usedOf = ({use}: Window): number => (use.state === 'known' ? Math.max(use.usedPercent, 0) : fullness[use.state]);

/** Null for a length of zero: there is no such limit. */
function toWindow(key: string, value: Json, pool: string | null, now: number): Window | null {
  const length = lengthOf(value);
  if (length === 0) return null;
  const told = length === null ? undefined : windowIdOf(length);
  const toldMs = told === undefined ? null : length;
  const resetsAt = resetOf(value, toldMs, now);
  const {id, windowMs} = told === undefined ? guessed(slotId(key, pool), resetsAt, now) : {id: told, windowMs: toldMs};
  return {id: pooledId(pool, id), pool, windowMs, resetsAt, use: toUse(value, toldMs, now), unit: 'percent'};
}

/** The place says what a window of unknown length is, unless its reset is too far off for a short one. */
function guessed(slot: string, resetsAt: number | null, now: number): Pick<Window, 'id' | 'windowMs'> {
  const byReset = windowByReset(resetsAt, now);
  return byReset === null || byReset.id === '5h' ? {id: slot, windowMs: null} : byReset;
}

/** The code review pool is counted by the week. */
function slotId(key: string, pool: string | null): string {
  const slot = key.replace(/_window$/, '');
  if (slot === 'secondary' || (slot === 'primary' && pool === codeReview)) return 'weekly';
  return slot === 'primary' ? '5h' : slug(slot);
}

function toUse(value: Json, windowMs: number | null, now: number): Use {
  const usedPercent = percentOf(value);
  if (usedPercent === undefined) return {state: 'unknown', why: 'no percentage was reported'};
  return usedPercent <= 1 && isRolling(value, windowMs, now) ? {state: 'not-started'} : {state: 'known', usedPercent};
}

// An untouched window's reset is always a whole length away, give or take the rounding of both sides.
const rollingSlackMs = 2000;

function isRolling(value: Json, windowMs: number | null, now: number): boolean {
  const after = toNumber(value.reset_after_seconds);
  const left = after === undefined ? (resetOf(value, windowMs, now) ?? now) - now : after * 1000;
  return windowMs !== null && Math.abs(left - windowMs) <= rollingSlackMs;
}
