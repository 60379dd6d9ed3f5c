import type {Amount, Reading, Window} from '../../core/model.ts';
import {unexpectedShape} from '../shared/http.ts';
import {fractionUse, unlimitedUse} from '../shared/use.ts';
import {difference, isRecord, type Json, recordOf, tidy, toEpochMs, toNumber} from '../shared/values.ts';
import {day, hour, monthUntil, nextMidnight, possibleReset} from '../shared/windows.ts';

/** Pure, as the others here. Throws `ProviderError` for a response in any other form. */
export function parseSubscription(body: unknown, now: number): Reading {
  const root = recordOf(body);
  const isActive = activeIn(root);
  if (isActive === undefined) throw unexpectedShape('it does not say whether there is a plan', body);
  const windows = isActive ? [...blockIn(root, now), ...monthIn(root, now)] : [];
  if (isActive && windows.length === 0) throw unexpectedShape('a plan without limits', body);
  return {plan: isActive ? planIn(root) : null, windows, amounts: [], notes: []};
}

/** `false`, or an object that says so, where nobody subscribed. */
function activeIn({subscription}: Json): boolean | undefined {
  const told = isRecord(subscription) ? subscription.active : subscription;
  return typeof told === 'boolean' ? told : undefined;
}

function planIn({monthly_price}: Json): string | null {
  const price = toNumber(monthly_price);
  return price !== undefined && price > 0 ? `$${tidy(price)}/month` : null;
}

function blockIn({four_hour: block}: Json, now: number): Window[] {
  if (!isRecord(block)) return [];
  const resetsAt = possibleReset(toEpochMs(block.reset_at), 4 * hour, now);
  return [{id: '4h', pool: null, windowMs: 4 * hour, resetsAt, use: usageOf(block), unit: 'usd'}];
}

/** A month from the day of purchase. */
function monthIn({monthly}: Json, now: number): Window[] {
  if (!isRecord(monthly)) return [];
  return [{id: 'monthly', pool: null, ...monthUntil(monthly.reset_at, now), use: usageOf(monthly), unit: 'usd'}];
}

function usageOf({usage, cap, remaining}: Json): Window['use'] {
  const limit = toNumber(cap);
  return fractionUse(toNumber(usage) ?? difference(limit, toNumber(remaining)), limit);
}

/** Requests of the UTC day. Who pays per use has a quota of 0, which is no limit at all. */
export function parseQuota(body: unknown, now: number): Window[] {
  const {quota, used: told} = recordOf(body);
  const [limit, used] = [toNumber(quota), toNumber(told)];
  if (limit === 0) return [];
  const window = {id: '1d', pool: null, windowMs: day, resetsAt: nextMidnight(now), unit: 'requests'} as const;
  if (quota === 'unlimited') return [{...window, use: unlimitedUse(used)}];
  if (limit === undefined) throw unexpectedShape('no quota', body);
  return [{...window, use: fractionUse(used, limit)}];
}

/** Nothing else of this answer is kept: it names the account's wallets. */
export function parseBalance(body: unknown): Amount[] {
  const balance = toNumber(recordOf(body).balance);
  if (balance === undefined) throw unexpectedShape('no balance', body);
  return [{id: 'balance', value: balance + 0, unit: 'usd'}];
}
