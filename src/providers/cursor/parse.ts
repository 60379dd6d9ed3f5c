import {type Amount, ProviderError, type Reading, type Use, type Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {fractionUse, percentUse} from '../shared/use.ts';
import {difference, isRecord, type Json, recordOf, titleCase, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {cycleIdOf, pooledId} from '../shared/windows.ts';

/** Windows of GetCurrentPeriodUsage. Pure. Throws `ProviderError` for a response in any other form. */
export function parseUsage(body: unknown): Reading {
  if (!isRecord(body)) throw unexpectedShape('not an object', body);
  const {planUsage: plan, spendLimitUsage: spend} = body;
  if (body.enabled === false && !isRecord(plan))
    throw new ProviderError('no_plan', {
      detail: 'Cursor says that usage is not enabled for this account',
      remedy: {code: 'subscribe', name: 'Cursor', url: 'https://cursor.com/dashboard'},
    });
  const cycle = cycleOf(body);
  if (!isRecord(plan) && (cycle.resetsAt === null || (plan !== undefined && plan !== null)))
    throw unexpectedShape('no usage of the plan', body);
  const windows = [...(isRecord(plan) ? planWindows(plan, recordOf(spend), cycle) : []), ...onDemand(spend, cycle)];
  return {plan: null, windows, amounts: [], notes: []};
}

type Cycle = Pick<Window, 'windowMs' | 'resetsAt'> & {length: string};

/** A month, whatever its days: only a cycle of another length has another name. */
function cycleOf({billingCycleStart, billingCycleEnd}: Json): Cycle {
  const [start, resetsAt] = [toEpochMs(billingCycleStart), toEpochMs(billingCycleEnd)];
  const windowMs = start === null || resetsAt === null ? 0 : resetsAt - start;
  const length = cycleIdOf(windowMs);
  return {length: length ?? 'monthly', windowMs: length === undefined ? null : windowMs, resetsAt};
}

const windowOf = ({length, ...cycle}: Cycle, pool: string | null, unit: Window['unit'], use: Use): Window => ({
  id: pooledId(pool, length),
  pool,
  ...cycle,
  use,
  unit,
});

/** The whole plan, and its two pools where they are told. */
function planWindows(plan: Json, spend: Json, cycle: Cycle): Window[] {
  const pools = [
    ['auto', plan.autoPercentUsed],
    ['api', plan.apiPercentUsed],
  ] as const;
  return [
    wholePlan(plan, spend, cycle),
    ...pools.flatMap(([pool, percent]) =>
      percent === undefined || percent === null ? [] : [windowOf(cycle, pool, 'percent', percentUse(percent))],
    ),
  ];
}

/**
 * The percentage that the dashboard shows. `totalSpend` holds a bonus that `limit` does not, so dividing them is wrong for
 * one person's plan; only a team's plan, which has no bonus, is told in money alone.
 */
function wholePlan(plan: Json, spend: Json, cycle: Cycle): Window {
  const isTeam = spend.limitType === 'team' || isPositive(toNumber(spend.pooledLimit));
  const isInMoney = toNumber(plan.totalPercentUsed) === undefined && isTeam && isPositive(toNumber(plan.limit));
  return isInMoney
    ? windowOf(cycle, null, 'usd', moneyUse(plan.totalSpend, plan.limit, plan.remaining))
    : windowOf(cycle, null, 'percent', percentUse(plan.totalPercentUsed));
}

/** What may be spent on top, by this person or else by the team. */
function onDemand(value: unknown, cycle: Cycle): Window[] {
  const spend = recordOf(value);
  const who = ['individual', 'pooled'].find(name => isPositive(toNumber(spend[`${name}Limit`])));
  if (who === undefined) return [];
  const use = moneyUse(spend[`${who}Used`], spend[`${who}Limit`], spend[`${who}Remaining`]);
  return [windowOf(cycle, 'on-demand', 'usd', use)];
}

/** All in cents. */
function moneyUse(used: unknown, limit: unknown, remaining: unknown): Use {
  const cents = toNumber(used) ?? difference(toNumber(limit), toNumber(remaining));
  return fractionUse(dollarsOf(cents), dollarsOf(toNumber(limit)));
}

const dollarsOf = (cents: number | undefined): number | undefined => (cents === undefined ? undefined : cents / 100);
const isPositive = (value: number | undefined): boolean => value !== undefined && value > 0;

/** What is left of gifts, from GetCreditGrantsBalance; nothing where none is told. */
export function parseGrants(body: unknown): Amount[] {
  const {hasCreditGrants, totalCents, usedCents} = recordOf(body);
  const left = difference(toNumber(totalCents), toNumber(usedCents));
  return hasCreditGrants === true && left !== undefined ? [{id: 'balance', value: left / 100, unit: 'usd'}] : [];
}

/** The plan's name from GetPlanInfo. */
export const parsePlan = (body: unknown): string | null =>
  sanitize(toText(recordOf(recordOf(body).planInfo).planName) ?? '', 40) || null;

// Words of the editor that do not say what the plan is called.
const memberships = new Map([
  ['express', 'Start'],
  ['free_trial', 'Pro Trial'],
  ['pro_plus', 'Pro+'],
]);

/** 'Pro+' from 'pro_plus', as the editor notes it. */
export function membershipName(raw: string | undefined): string | null {
  const name = sanitize(raw ?? '', 40);
  return (memberships.get(name.toLowerCase()) ?? titleCase(name)) || null;
}
