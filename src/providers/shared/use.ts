import type {Use, Window} from '../../core/model.ts';
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

/** Of two of one id the one that is used more. */
export function fullest(windows: readonly Window[]): Window[] {
  const byId = new Map<string, Window>();
  for (const window of windows) {
    const before = byId.get(window.id);
    if (before === undefined || weight(window) > weight(before)) byId.set(window.id, window);
  }
  return [...byId.values()];
}

function weight({use}: Window): number {
  switch (use.state) {
    case 'known':
      return use.usedPercent;
    case 'not-started':
      return -1e16;
    case 'unlimited':
      return -2e16;
    case 'unknown':
      return -3e16;
  }
}
