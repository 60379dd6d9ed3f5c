import type {Use, Window} from '../../core/model.ts';
import {type Json, toEpochMs, toNumber} from '../shared/values.ts';
import {hour, pooledId, week} from '../shared/windows.ts';

export type Length = '5h' | 'weekly';

const lengthMs: Record<Length, number> = {'5h': 5 * hour, weekly: week};

/** A window of percent; `percent` names the field, for the spellings of the service and of the status line differ. */
export function percentWindow(value: Json, percent: string, length: Length, pool: string | null = null): Window {
  const resetsAt = toEpochMs(value.resets_at);
  const use = percentUse(toNumber(value[percent]), resetsAt);
  return {id: pooledId(pool, length), pool, windowMs: lengthMs[length], resetsAt, use, unit: 'percent'};
}

/** Over 100 is kept as told; a session that has not begun has neither use nor reset. */
function percentUse(percent: number | undefined, resetsAt: number | null): Use {
  if (percent === undefined || percent < 0) return {state: 'unknown', why: 'no percentage was reported'};
  return percent === 0 && resetsAt === null ? {state: 'not-started'} : {state: 'known', usedPercent: percent};
}
