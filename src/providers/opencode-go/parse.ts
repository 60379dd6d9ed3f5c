import type {Note, Reading, Use, Window} from '../../core/model.ts';
import {unexpectedShape} from '../shared/http.ts';
import {isRecord, type Json, recordOf, toEpochMs, toNumber} from '../shared/values.ts';
import {day, hour, periodBefore, possibleReset, second, week} from '../shared/windows.ts';

const block = 5 * hour;
const lengths = [
  {name: 'rolling', id: '5h', longestMs: block},
  {name: 'weekly', id: 'weekly', longestMs: week},
  {name: 'monthly', id: 'monthly', longestMs: 31 * day},
] as const;
type Length = (typeof lengths)[number];

/** Pure. Throws `ProviderError` for a response in any other form. */
export function parseUsage(body: unknown, now: number): Reading {
  const {usage} = recordOf(body);
  if (!isRecord(usage) || !lengths.some(({name}) => isTold(recordOf(usage[name]))))
    throw unexpectedShape('none of the three limits', body);
  const windows = lengths.map(length => windowOf(length, recordOf(usage[length.name]), now));
  const isReached = windows.some(({use}) => use.state === 'known' && use.usedPercent >= 100);
  const notes: Note[] = isReached ? [{code: 'limit-reached'}] : [];
  return {plan: 'Go', windows, amounts: [], notes};
}

/** Whether any of its figures can be read. */
const isTold = ({percent, resetsAt}: Json): boolean => toNumber(percent) !== undefined || toEpochMs(resetsAt) !== null;

/** The time is made from the moment of the request: its last second moves with every poll. */
function windowOf({id, longestMs}: Length, told: Json, now: number): Window {
  const at = possibleReset(toEpochMs(told.resetsAt), longestMs, now);
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

function lengthOf(id: Length['id'], resetsAt: number | null): number | null {
  switch (id) {
    case '5h':
      return block;
    case 'weekly':
      return week;
    case 'monthly':
      return resetsAt === null ? null : periodBefore(resetsAt);
  }
}
