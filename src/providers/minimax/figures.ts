import type {Use} from '../../core/model.ts';
import {difference} from '../shared/values.ts';

/** What a row tells of one window. `status`: 1 running, 2 used up, 3 no limit. */
export type Figures = {
  total: number | undefined;
  /** Used or left: the service has sent both under one name. */
  count: number | undefined;
  percentLeft: number | undefined;
  status: number | undefined;
};
export type Counts = {used: number; limit: number};

/** A missing percentage is unknown: counts alone do not say what they count. */
export function usageOf({percentLeft, status}: Figures, counts: Counts | null): Use {
  if (status === 3) return {state: 'unlimited'};
  const usedPercent = difference(100, percentLeft);
  // More than all cannot be left.
  if (usedPercent !== undefined && usedPercent >= 0) return {state: 'known', usedPercent, ...counts};
  if (status === 2) return {state: 'known', usedPercent: 100};
  return {state: 'unknown', why: 'the service reports counts, but not what they count'};
}

// Percentages come in whole steps.
const slack = 1;

/** Counts in the sense that agrees with the percentage; null where neither does. */
export function countsOf({total, count, percentLeft, status}: Figures): Counts | null {
  if (status === 3 || percentLeft === undefined || total === undefined || count === undefined || total <= 0)
    return null;
  const candidates = [count, total - count]
    .map(used => ({used, off: Math.abs((used / total) * 100 - (100 - percentLeft))}))
    .filter(({used, off}) => used >= 0 && off <= slack)
    .sort((a, b) => a.off - b.off);
  return candidates[0] === undefined ? null : {used: candidates[0].used, limit: total};
}
