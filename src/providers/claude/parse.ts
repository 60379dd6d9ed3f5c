import type {Reading, Window} from '../../core/model.ts';
import {unexpectedShape} from '../shared/http.ts';
import {isRecord, type Json} from '../shared/values.ts';
import {isFlatKey, planWindows, poolWindows} from './flat.ts';
import {limitWindows} from './limits.ts';
import {spendOf} from './spend.ts';

/**
 * The reading in an answer of `/api/oauth/usage`, and in the copy of it that Claude Code keeps
 * (docs/providers/claude.md#what-is-shown). Pure. Throws `ProviderError` for a body in which nothing is recognised; one
 * that is understood and has nothing to tell is an empty reading.
 */
export function parseUsage(body: unknown): Reading {
  if (!isRecord(body) || !Object.keys(body).some(isKnown)) throw unexpectedShape('it reports no usage', body);
  const limits = limitWindows(body.limits);
  const plan = bestOf(limits.windows, planWindows(body));
  const pools = poolWindows(body).filter(({id}) => plan.every(window => window.id !== id));
  const spend = spendOf(body);
  const windows = [...plan, ...pools, ...spend.windows];
  if (windows.length + spend.amounts.length === 0 && isStrange(body))
    throw unexpectedShape('its limits have a new format', body);
  const skipped = limits.skipped || spend.skipped;
  return {plan: null, windows, amounts: spend.amounts, notes: skipped ? [{code: 'skipped-rows'}] : []};
}

const isKnown = (key: string): boolean =>
  isFlatKey(key) || key === 'limits' || key === 'extra_usage' || key === 'spend';

/** The list of limits has the last word, if it says anything. */
function bestOf(limits: Window[], flat: Window[]): Window[] {
  const says = limits.some(({use}) => use.state !== 'unknown');
  return says || flat.length === 0 ? limits : flat;
}

/** A field for limits that holds something, but nothing that any rule reads. */
const isStrange = (body: Json): boolean =>
  Object.entries(body).some(([key, value]) => {
    if (value === null || value === undefined || value === false) return false;
    if (key === 'limits') return !Array.isArray(value);
    return isKnown(key) && !isRecord(value);
  });
