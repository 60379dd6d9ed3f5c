import type {Use, Window} from '../../core/model.ts';
import {difference, isRecord, type Json, recordOf, toNumber} from '../shared/values.ts';
import {day, pooledId} from '../shared/windows.ts';
import {percentOf, resetOf} from './fields.ts';

export const spendPool = 'spend';
const groupPool = 'spend-group';
const workspacePool = 'spend-workspace';
export const spendPools = [spendPool, groupPool, workspacePool];

/** True when the workspace's spend control says that it stops requests. */
export const isSpent = (body: Json): boolean => recordOf(body.spend_control).reached === true;

/**
 * Monthly spend limits of a workspace, as 'spend/monthly': the member's own, wherever it stands, else the one that applies
 * to the member. Limits shared with others can bind as well, so they have rows of their own beside it.
 */
export function spendWindows(body: Json, now: number): Window[] {
  const control = recordOf(body.spend_control);
  const own = [
    body.individual_limit,
    recordOf(body.rate_limit).individual_limit,
    control.individual_limit,
    control.role_budget_limit,
    recordOf(control.group_default_limit).details,
    control.workspace_default_limit,
  ];
  const shared = [recordOf(control.group_shared_limit).details, control.workspace_shared_limit];
  const found = [own.find(isLimit), ...shared].map((limit, at) => ({limit, pool: spendPools[at] ?? spendPool}));
  const limits = found.flatMap(({limit, pool}) => (isLimit(limit) ? [{limit, pool}] : []));
  return limits.map(({limit, pool}, at) => toWindow(limit, at === 0 ? spendPool : pool, now));
}

/** A limit that says something. One of zero is the service's way to say that there is none. */
function isLimit(value: unknown): value is Json {
  if (!isRecord(value)) return false;
  const cap = toNumber(value.limit);
  if (cap !== undefined) return cap > 0;
  return percentOf(value) !== undefined || toNumber(value.used) !== undefined;
}

// No length is told: these limits are counted by the month.
const longestMonthMs = 31 * day;

function toWindow(limit: Json, pool: string, now: number): Window {
  const id = pooledId(pool, 'monthly');
  return {id, pool, windowMs: null, resetsAt: resetOf(limit, longestMonthMs, now), use: toUse(limit), unit: 'credits'};
}

function toUse(value: Json): Use {
  const limit = toNumber(value.limit);
  const used = toNumber(value.used) ?? difference(limit, toNumber(value.remaining));
  const usedPercent = percentOf(value) ?? toNumber(share(used, limit));
  if (usedPercent === undefined)
    return {state: 'unknown', why: 'neither a percentage nor usage and limit were reported'};
  return {state: 'known', usedPercent, ...(used === undefined ? {} : {used}), ...(limit === undefined ? {} : {limit})};
}

const share = (used: number | undefined, limit: number | undefined): number | undefined =>
  used === undefined || limit === undefined ? undefined : (used / limit) * 100;
