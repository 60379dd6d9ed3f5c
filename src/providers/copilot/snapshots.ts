import type {Amount, Note, Unit, Use, Window} from '../../core/model.ts';
import {isRecord, type Json, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {slug} from '../shared/windows.ts';
import {periodBefore} from './month.ts';

/** One bucket of `quota_snapshots` (docs/providers/copilot.md#buckets), its numbers read but not yet judged. */
export type Snapshot = {
  pool: string;
  entitlement: number | undefined;
  left: number | undefined;
  percentLeft: number | undefined;
  unlimited: boolean;
  hasQuota: unknown;
  creditsUsed: number;
  overage: number;
  overagePermitted: boolean;
  /** True when the bucket is counted in AI credits, as far as it says. */
  inCredits: boolean;
  resetsAt: number | null;
  /** False for `{}`: a bucket that says nothing about a limit is no bucket. */
  speaks: boolean;
};

const telling = ['entitlement', 'remaining', 'quota_remaining', 'percent_remaining'] as const;

/** `paidInCredits` is what the whole answer says; a bucket may say otherwise. */
export function toSnapshot(name: string, value: Json, paidInCredits: boolean): Snapshot {
  const entitlement = toNumber(value.entitlement);
  const unlimited = value.unlimited === true || entitlement === -1;
  return {
    pool: poolOf(name),
    entitlement,
    left: toNumber(value.quota_remaining) ?? toNumber(value.remaining),
    percentLeft: toNumber(value.percent_remaining),
    unlimited,
    hasQuota: value.has_quota,
    creditsUsed: Math.max(0, toNumber(value.credits_used) ?? 0),
    overage: Math.max(0, toNumber(value.overage_count) ?? 0),
    overagePermitted: value.overage_permitted === true,
    inCredits: toFlag(value.token_based_billing) ?? paidInCredits,
    resetsAt: toEpochMs(value.quota_reset_at),
    speaks: unlimited || telling.some(field => value[field] !== undefined && value[field] !== null),
  };
}

/** A switch, told as true, false or `{enabled: true}`; undefined when not told. */
export function toFlag(value: unknown): boolean | undefined {
  const flag = isRecord(value) ? value.enabled : value;
  return typeof flag === 'boolean' ? flag : undefined;
}

/** 'premium' by any of its names, else the bucket's own. */
export function poolOf(name: string): string {
  const own = slug(toText(name) ?? '');
  return own === 'premium-interactions' ? 'premium' : own;
}

// Messages and completions of the Free plan are counted, whatever the premium bucket is paid in.
const unitOf = ({pool, inCredits}: Snapshot): Unit =>
  inCredits && pool !== 'chat' && pool !== 'completions' ? 'credits' : 'requests';

/** No personal allotment: its percentage (100, often) would draw a false '0 % used'. */
export const isPlaceholder = (snapshot: Snapshot): boolean =>
  !snapshot.speaks || (snapshot.entitlement === 0 && !snapshot.unlimited);

export const isSpentPool = ({unlimited, hasQuota, percentLeft}: Snapshot): boolean =>
  unlimited && hasQuota === false && percentLeft === 0;

export function toWindow(snapshot: Snapshot, resetsAt: number | null): Window {
  const use = judged(snapshot);
  const saysCredits = use.state === 'unlimited' && use.used !== undefined;
  return monthly(snapshot.pool, use, saysCredits ? 'credits' : unitOf(snapshot), resetsAt ?? snapshot.resetsAt);
}

export const monthly = (pool: string, use: Use, unit: Unit, resetsAt: number | null): Window => ({
  id: `${pool}/monthly`,
  pool,
  windowMs: resetsAt === null ? null : periodBefore(resetsAt),
  resetsAt,
  use,
  unit,
});

function judged({unlimited, creditsUsed, entitlement, left, percentLeft}: Snapshot): Use {
  if (unlimited) return {state: 'unlimited', ...(creditsUsed > 0 ? {used: creditsUsed} : {})};
  const counted = countedUse(entitlement, left);
  if (percentLeft === undefined || percentLeft > 100) return counted;
  // Where the service stops at 0 % and counts on below zero, the counts beside it say how far it went.
  const counts = counted.state === 'known' ? counted : limitOf(entitlement);
  return {...counts, state: 'known', usedPercent: tidy(100 - percentLeft)};
}

const limitOf = (entitlement: number | undefined): {limit?: number} =>
  entitlement !== undefined && entitlement > 0 ? {limit: entitlement} : {};

/** What `left` of `limit` means. More left than there ever was is as useless as nothing told. */
export function countedUse(limit: number | undefined, left: number | undefined): Use {
  if (limit === undefined || limit <= 0) return {state: 'unknown', why: 'the limit was not told'};
  if (left === undefined) return {state: 'unknown', why: 'what is left was not told'};
  if (left > limit) return {state: 'unknown', why: 'more is said to be left than the limit'};
  return partOf(limit - left, limit);
}

/** `used` of `limit`, a positive number; never infinite. */
export function partOf(used: number, limit: number): Use {
  const usedPercent = (used / limit) * 100;
  if (!Number.isFinite(usedPercent)) return {state: 'unknown', why: 'the numbers are out of range'};
  return {state: 'known', usedPercent: tidy(usedPercent), used: tidy(used), limit};
}

/** Without the last digits that binary fractions add: 34.1, not 34.099999999999994. */
export const tidy = (value: number): number => Number(value.toFixed(6));

/** Extra use, beside a bar only: on placeholders the field is noise. */
export const overageOf = (snapshots: readonly Snapshot[]): Amount[] =>
  snapshots
    .filter(({overage}) => overage > 0)
    .slice(0, 1)
    .map(snapshot => ({id: 'overage', value: snapshot.overage, unit: unitOf(snapshot)}));

/** At its limit and not allowed beyond; an organisation's seat is stopped there even when extra use is permitted. */
export function limitNotes(snapshot: Snapshot, use: Use, isSeat: boolean): Note[] {
  const isFull = use.state === 'known' && use.usedPercent >= 100;
  return isFull && (isSeat || !snapshot.overagePermitted) ? [{code: 'limit-reached', text: snapshot.pool}] : [];
}
