import type {Use} from '../../core/model.ts';
import {tidy} from '../shared/values.ts';

/** A missing number is unknown, never 0 %. `counts`: the absolute figures beside the percentage. */
export function usageOf(percent: number | undefined, counts: {used: number; limit: number} | null = null): Use {
  if (percent === undefined || percent < 0 || !Number.isFinite(percent))
    return {state: 'unknown', why: 'the service reported no usage'};
  return {state: 'known', usedPercent: percent + 0, ...counts};
}

export const percentOf = (used: number, limit: number): number => tidy((used * 100) / limit);
