import type {Use, Window} from '../../core/model.ts';
import {isRecord, type Json, recordOf, toNumber} from '../shared/values.ts';
import {hour, pooledId, slug, week, windowIdOf} from '../shared/windows.ts';
import {lengthOf, percentOf, resetOf} from './fields.ts';
import {codeReview, poolsOf} from './pools.ts';

/** The windows of the plan itself, of the pools beside it and of code review. */
export const rateWindows = (body: Json, now: number): Window[] => [
  ...windowsOf(recordOf(body.rate_limit), null, now),
  ...poolsOf(body.additional_rate_limits).flatMap(pool => windowsOf(pool.limit, pool.name, now)),
  ...windowsOf(recordOf(body.code_review_rate_limit), codeReview, now),
];

export const isWindowKey = (key: string): boolean => /_window$|^(?:primary|secondary)$/.test(key);

/** Windows of one pool, shortest first wherever they stood. Two of one length are one: the fuller one binds. */
function windowsOf(limit: Json, pool: string | null, now: number): Window[] {
  const byId = new Map<string, Window>();
  for (const [key, value] of Object.entries(limit)) {
    if (!isWindowKey(key) || !isRecord(value)) continue;
    const window = toWindow(key, value, pool, now);
    const other = byId.get(window.id);
    if (other === undefined || usedOf(window) > usedOf(other)) byId.set(window.id, window);
  }
  return [...byId.values()].sort((a, b) => lengthByName(a) - lengthByName(b));
}

/** Where no length was told the name stands for one; what has neither comes last. */
function lengthByName({id, windowMs}: Window): number {
  if (windowMs !== null) return windowMs;
  return /(?:^|\/)5h$/.test(id) ? 5 * hour : /(?:^|\/)weekly$/.test(id) ? week : Number.MAX_VALUE;
}

const fullness: Record<Use['state'], number> = {known: 0, unlimited: -2, 'not-started': -1, unknown: -3};
const usedOf = ({use}: Window): number => (use.state === 'known' ? Math.max(use.usedPercent, 0) : fullness[use.state]);

function toWindow(key: string, value: Json, pool: string | null, now: number): Window {
  const length = lengthOf(value);
  const named = length === null ? undefined : windowIdOf(length);
  const windowMs = named === undefined ? null : length;
  const id = pooledId(pool, named ?? slotId(key, pool));
  return {id, pool, windowMs, resetsAt: resetOf(value, now), use: toUse(value, windowMs, now), unit: 'percent'};
}

/** Only where no length is told does the place say what a window is. The code review pool is counted by the week. */
function slotId(key: string, pool: string | null): string {
  const slot = key.replace(/_window$/, '');
  if (slot === 'secondary' || (slot === 'primary' && pool === codeReview)) return 'weekly';
  return slot === 'primary' ? '5h' : slug(slot);
}

function toUse(value: Json, windowMs: number | null, now: number): Use {
  const usedPercent = percentOf(value);
  if (usedPercent === undefined) return {state: 'unknown', why: 'no percentage was told'};
  return usedPercent <= 1 && isRolling(value, windowMs, now) ? {state: 'not-started'} : {state: 'known', usedPercent};
}

// An untouched window's reset is always a whole length away, give or take the rounding of both sides.
const rollingSlackMs = 2000;

function isRolling(value: Json, windowMs: number | null, now: number): boolean {
  const after = toNumber(value.reset_after_seconds);
  const left = after === undefined ? (resetOf(value, now) ?? now) - now : after * 1000;
  return windowMs !== null && Math.abs(left - windowMs) <= rollingSlackMs;
}
