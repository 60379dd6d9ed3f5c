import type {Note, Reading, Use, Window} from '../../core/model.ts';
import {unexpectedShape} from '../shared/http.ts';
import {isRecord, type Json, recordOf, toEpochMs, toNumber} from '../shared/values.ts';
import {hour, second, week} from '../shared/windows.ts';

const block = 5 * hour;
const lengths = [
  {name: 'rolling', id: '5h'},
  {name: 'weekly', id: 'weekly'},
  {name: 'monthly', id: 'monthly'},
] as const;
type Id = (typeof lengths)[number]['id'];

/** Pure. Throws `ProviderError` for a response in any other form. */
export function parseUsage(body: unknown, now: number): Reading {
  const {usage} = recordOf(body);
  if (!isRecord(usage) || !lengths.some(({name}) => isTold(recordOf(usage[name]))))
    throw unexpectedShape('none of the three limits', body);
  const windows = lengths.map(({name, id}) => windowOf(id, recordOf(usage[name]), now));
  const isReached = windows.some(({use}) => use.state === 'known' && use.usedPercent >= 100);
  const notes: Note[] = isReached ? [{code: 'limit-reached'}] : [];
  return {plan: 'Go', windows, amounts: [], notes};
}

/** Whether any of its figures can be read. */
const isTold = ({percent, resetsAt}: Json): boolean => toNumber(percent) !== undefined || toEpochMs(resetsAt) !== null;

/** The time is made from the moment of the request: its last second moves with every poll. */
function windowOf(id: Id, told: Json, now: number): Window {
  const at = toEpochMs(told.resetsAt);
  const isIdle = id === '5h' && toNumber(told.percent) === 0 && at !== null && at - now >= block - 10 * second;
  const resetsAt = at === null || isIdle ? null : Math.floor(at / second) * second;
  const use: Use = isIdle ? {state: 'not-started'} : usageOf(told);
  return {id, pool: null, windowMs: lengthOf(id, resetsAt), resetsAt, use, unit: 'percent'};
}

/** Whole percents: 1 is one percent. A limit that refuses requests is used up, whatever is left of rounding. */
function usageOf({percent, status}: Json): Use {
  const used = toNumber(percent);
  if (used === undefined || used < 0) return {state: 'unknown', why: 'the service reported no usage'};
  return {state: 'known', usedPercent: status === 'rate-limited' ? Math.max(100, used) : used + 0};
}

function lengthOf(id: Id, resetsAt: number | null): number | null {
  switch (id) {
    case '5h':
      return block;
    case 'weekly':
      return week;
    case 'monthly':
      return resetsAt === null ? null : resetsAt - monthBefore(resetsAt);
  }
}

/** The same day and time a month earlier; the last day of a month that has no such day. */
function monthBefore(time: number): number {
  const date = new Date(time);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 0)).getUTCDate();
  return new Date(time).setUTCMonth(date.getUTCMonth() - 1, Math.min(date.getUTCDate(), last));
}
