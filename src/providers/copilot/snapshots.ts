import type {Unit, Use, Window} from '../../core/model.ts';
import {isRecord, type Json, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {periodBefore, slug} from '../shared/windows.ts';
import {firstReset} from './resets.ts';

/** One bucket of `quota_snapshots` (docs/providers/copilot.md#buckets), its numbers read but not yet judged. */
export type Snapshot = {
  pool: string;
  entitlement: number | undefined;
  left: number | undefined;
  percentLeft: number | undefined;
  unlimited: boolean;
  /** What it says means something on some plans only: see spent.ts. */
  hasQuota: boolean | undefined;
  creditsUsed: number;
  overage: number;
  /** The cap of `overage`; 0 when there is none. */
  overageLimit: number;
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
    hasQuota: toFlag(value.has_quota),
    creditsUsed: Math.max(0, toNumber(value.credits_used) ?? 0),
    overage: Math.max(0, toNumber(value.overage_count) ?? 0),
    overageLimit: Math.max(0, toNumber(value.overage_entitlement) ?? 0),
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
export const unitOf = ({pool, inCredits}: Snapshot): Unit =>
  inCredits && pool !== 'chat' && pool !== 'completions' ? 'credits' : 'requests';

/** No personal allotment: its percentage (100, often) would draw a false '0 % used'. */
export const isPlaceholder = (snapshot: Snapshot): boolean =>
  !snapshot.speaks || (snapshot.entitlement === 0 && !snapshot.unlimited);

/** `resetsAt` is the account's; a reset of the bucket's own comes before it. */
export function toWindow(snapshot: Snapshot, isSpent: boolean, resetsAt: number | null, now: number): Window {
  const told = judged(snapshot);
  const isMeasured = told.state === 'known' && !isPlaceholder(snapshot);
  // The limit that stops this seat is not its own: nothing is left of what cannot be measured.
  const use: Use = isSpent && !isMeasured ? {state: 'known', usedPercent: 100} : told;
  const saysCredits = use.state === 'unlimited' && use.used !== undefined;
  const unit = saysCredits ? 'credits' : unitOf(snapshot);
  return monthly(snapshot.pool, use, unit, firstReset([snapshot.resetsAt, resetsAt], now));
}

export const monthly = (pool: string, use: Use, unit: Unit, resetsAt: number | null): Window => ({
  id: `${pool}/monthly`,
  pool,
  windowMs: resetsAt === null ? null : periodBefore(resetsAt),
  resetsAt,
  use,
  unit,
});

function judged(snapshot: Snapshot): Use {
  const {unlimited, entitlement, left, percentLeft} = snapshot;
  if (unlimited) return {state: 'unlimited', ...drawn(snapshot)};
  if (percentLeft === undefined || percentLeft > 100) return countedUse(entitlement, left);
  return {...countsBeside(percentLeft, entitlement, left), state: 'known', usedPercent: tidy(100 - percentLeft)};
}

/** The credits that a seat drew from a pool without a limit of its own; out of date once it may draw no more. */
export const drawn = ({creditsUsed, hasQuota}: Snapshot): {used?: number} =>
  creditsUsed > 0 && hasQuota !== false ? {used: creditsUsed} : {};

type Counts = {used?: number; limit?: number};

/** The counts to show beside a percentage: what is used is left out where it says something else. */
function countsBeside(percentLeft: number, limit: number | undefined, left: number | undefined): Counts {
  if (limit === undefined || limit <= 0) return {};
  const used = left === undefined ? limit * (1 - percentLeft / 100) : limit - left;
  const agree =
    left === undefined || isAbout(left, limit * (percentLeft / 100), limit) || (percentLeft === 0 && left < 0);
  return Number.isFinite(used) && agree ? {used: tidy(Math.max(0, used)), limit} : {limit};
}

/** Whole requests, whole percents: both are rounded on the other side. */
const isAbout = (a: number, b: number, limit: number): boolean => Math.abs(a - b) <= Math.max(1, limit / 100);

/** What `left` of `limit` means. More left than there ever was is as useless as nothing told. */
export function countedUse(limit: number | undefined, left: number | undefined): Use {
  if (limit === undefined || limit <= 0) return {state: 'unknown', why: 'the limit was not reported'};
  if (left === undefined) return {state: 'unknown', why: 'the remaining amount was not reported'};
  if (left > limit) return {state: 'unknown', why: 'more is reported as left than the limit'};
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
