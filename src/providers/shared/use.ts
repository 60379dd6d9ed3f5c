import type {Use} from '../../core/model.ts';
import {tidy, toNumber} from './values.ts';

/** The use that figures come to: unknown unless both are told and the limit is one. */
export function fractionUse(used: number | undefined, limit: number | undefined): Use {
  const isTold = used !== undefined && used >= 0 && limit !== undefined && limit > 0;
  const usedPercent = isTold ? toNumber(tidy((used / limit) * 100)) : undefined;
  if (usedPercent === undefined) return {state: 'unknown', why: 'no usage was reported'};
  return {state: 'known', usedPercent, ...(used !== undefined && {used}), ...(limit !== undefined && {limit})};
}

/** Without a limit there may still be a count. */
export const unlimitedUse = (used: number | undefined): Use => ({
  state: 'unlimited',
  ...(used !== undefined && used >= 0 && {used}),
});

/** A percentage that was told. */
export function percentUse(value: unknown): Use {
  const usedPercent = toNumber(value);
  return usedPercent === undefined || usedPercent < 0
    ? {state: 'unknown', why: 'no percentage was reported'}
    : {state: 'known', usedPercent};
}
