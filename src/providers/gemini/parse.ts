import type {Reading, Use, Window} from '../../core/model.ts';
import {unexpectedShape} from '../shared/http.ts';
import {isRecord, type Json, recordOf, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {day, possibleReset, slug} from '../shared/windows.ts';

/** What retrieveUserQuota told: requests of a day, by family of models. Pure. Throws `ProviderError` for any other form. */
export function parseQuota(body: unknown, now: number): Reading {
  // Empty lists are left out of a response, but nothing stands in their place.
  const buckets = isRecord(body) && Object.keys(body).length === 0 ? [] : recordOf(body).buckets;
  if (!Array.isArray(buckets)) throw unexpectedShape('no list of quotas', body);
  const rows = buckets.flatMap(bucket => toRow(bucket, now));
  if (buckets.length > 0 && rows.length === 0) throw unexpectedShape('no quota of a named model', body);
  const pools = [...new Set(rows.map(({pool}) => pool))];
  const windows = pools.map(pool => windowOf(pool, tightest(rows.filter(row => row.pool === pool))));
  return {plan: null, windows, amounts: [], notes: []};
}

/** `left`: 0–1; undefined when it was not told. */
type Row = {pool: string; left: number | undefined; amount: number | undefined; resetsAt: number | null};

/** Nothing for a row that names no model. */
function toRow(value: unknown, now: number): Row[] {
  const model = isRecord(value) ? toText(value.modelId) : undefined;
  if (!isRecord(value) || model === undefined) return [];
  const amount = toNumber(value.remainingAmount);
  const resetsAt = possibleReset(toEpochMs(value.resetTime), day, now);
  return [{pool: poolOf(model, value), left: leftOf(value), amount, resetsAt}];
}

const leftOf = ({remainingFraction}: Json): number | undefined => {
  const left = toNumber(remainingFraction);
  return left !== undefined && left >= 0 && left <= 1 ? left : undefined;
};

// The longer name first: it holds the shorter one.
const families = ['flash-lite', 'flash', 'pro'];

/** The family of a model; other things than requests are counted apart. */
function poolOf(model: string, {tokenType}: Json): string {
  const family = families.find(each => model.toLowerCase().includes(each)) ?? slug(model);
  const type = toText(tokenType) ?? 'REQUESTS';
  return type === 'REQUESTS' ? family : `${family}-${slug(type)}`;
}

/** Models of one family may have used different amounts: the one with the least left, of those that tell. */
const tightest = (rows: readonly Row[]): Row | undefined =>
  [...rows].sort((a, b) => (a.left ?? Number.MAX_VALUE) - (b.left ?? Number.MAX_VALUE))[0];

function windowOf(pool: string, row: Row | undefined): Window {
  const use = usedOf(row);
  const unit = use.state === 'known' && use.limit !== undefined ? 'requests' : 'percent';
  return {id: `${pool}/1d`, pool, windowMs: day, resetsAt: row?.resetsAt ?? null, use, unit};
}

/** A fraction that is missing is not one of zero. */
function usedOf(row: Row | undefined): Use {
  if (row?.left === undefined) return {state: 'unknown', why: 'no remaining fraction was reported'};
  const usedPercent = Math.round((1 - row.left) * 10_000) / 100;
  return {state: 'known', usedPercent, ...countsOf(row.left, row.amount, usedPercent)};
}

// The limit is worked out from two rounded figures: it must not say anything else than the fraction.
const mostOff = 0.5;

function countsOf(left: number, amount: number | undefined, usedPercent: number): {used: number; limit: number} | null {
  if (amount === undefined || amount < 0 || left <= 0) return null;
  const limit = Math.round(amount / left);
  const used = limit - amount;
  return limit > 0 && Math.abs((used / limit) * 100 - usedPercent) < mostOff ? {used, limit} : null;
}
