import type {Use} from '../../core/model.ts';
import type {Tier} from './names.ts';
import {allowanceOf, isPooled, type UsageKind} from './plans.ts';
import {partOf, tidy} from './snapshots.ts';
import {slackOf, type Usage} from './usage-rows.ts';

/**
 * What the person told about the plan, and which of the two endpoints answered. `isOnePerson`: the bill holds the use of
 * one person only, not of a whole organisation.
 */
export type BillingOptions = {tier: Tier | null; kind: UsageKind; isOnePerson?: boolean};

/** What a month's use is a part of, and whether that comes from the plan table: the last resort. */
type Measured = {use: Use; fromTable: boolean};

/** `used` of the limit that an item tells, else of what the plan includes. docs/providers/copilot.md#the-plan-table */
export function measuredUse(rows: readonly Usage[], used: number, options: BillingOptions): Measured {
  // Every item repeats the limit of the whole.
  const told = rows.reduce((most, {limit = 0}) => Math.max(most, limit), 0);
  if (told > 0) return {use: partOf(used, told), fromTable: false};
  const published = publishedLimit(rows, options);
  if (published === undefined) return unknown(whyUnknown(options.tier));
  const covered = sum(rows.map(row => row.covered));
  if (isCharged(rows, used) && covered !== undefined) return {use: beyond(used, covered), fromTable: false};
  return isRefuted(published, rows, used, covered)
    ? unknown('the bill does not match the published limit of this plan')
    : {use: partOf(used, published), fromTable: true};
}

const unknown = (why: string): Measured => ({use: {state: 'unknown', why}, fromTable: false});

/** Undefined as soon as one of them is not told. */
const sum = (values: readonly (number | undefined)[]): number | undefined =>
  values.reduce((total, value) => (total === undefined || value === undefined ? undefined : total + value), 0);

/** Money is taken only for what the allowance no longer pays. */
const isCharged = (rows: readonly Usage[], used: number): boolean =>
  rows.some(({owed}) => owed > 0) || rows.reduce((total, {billed = 0}) => total + billed, 0) > slackOf(used);

/** The allowance is gone, and what it paid is what it was. */
const beyond = (used: number, covered: number): Use =>
  covered > slackOf(used)
    ? partOf(Math.max(used, covered), tidy(covered))
    : {state: 'known', usedPercent: 100, used: tidy(used)};

/** Charged below it, or paid beyond it by the allowance: this account has another limit than the table's. */
const isRefuted = (published: number, rows: readonly Usage[], used: number, covered = 0): boolean =>
  covered > published + slackOf(published) || (isCharged(rows, used) && used < published);

/** A seat has a limit of its own only on a bill of its own; one that is empty may just be billed elsewhere. */
function publishedLimit(rows: readonly Usage[], {tier, kind, isOnePerson}: BillingOptions): number | undefined {
  if (tier === null || (isPooled(tier) && (isOnePerson !== true || rows.length === 0))) return undefined;
  return allowanceOf(kind, tier);
}

function whyUnknown(tier: Tier | null): string {
  if (tier === null) return 'GitHub reports no limit, and no plan is set';
  return isPooled(tier) ? 'the limit is shared by the whole organisation' : 'GitHub publishes no limit for this plan';
}
