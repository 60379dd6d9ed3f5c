import type {Amount, Reading, Use, Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {fractionUse, percentUse, unlimitedUse} from '../shared/use.ts';
import {isRecord, type Json, recordOf, titleCase, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {cycleIdOf, hour, monthUntil, pooledId, possibleReset, week} from '../shared/windows.ts';

/** On a plan from before the limits they mean nothing: what counts there is told elsewhere. */
export const isOlderPlan = (body: unknown): boolean => recordOf(body).usesTokenRateLimitsBilling === false;

/** What the limits call told. Pure. Throws `ProviderError` for a response in any other form. */
export function parseLimits(body: unknown, now: number): Reading {
  if (!isRecord(body)) throw unexpectedShape('not an object', body);
  const reading = {plan: null, amounts: balanceIn(body), notes: []};
  if (isOlderPlan(body)) return {...reading, windows: []};
  const {standard, core} = recordOf(body.limits);
  const windows = [...windowsIn(null, recordOf(standard), now), ...windowsIn('core', recordOf(core), now)];
  if (windows.length === 0) throw unexpectedShape('no limits', body);
  return {...reading, windows};
}

function balanceIn({extraUsageBalanceCents}: Json): Amount[] {
  const cents = toNumber(extraUsageBalanceCents) ?? 0;
  return cents === 0 ? [] : [{id: 'balance', value: cents / 100, unit: 'usd'}];
}

const lengths = [
  {name: 'fiveHour', id: '5h', windowMs: 5 * hour},
  {name: 'weekly', id: 'weekly', windowMs: week},
  {name: 'monthly', id: 'monthly', windowMs: null},
] as const;

const windowsIn = (pool: string | null, rows: Json, now: number): Window[] =>
  lengths.flatMap(({name, id, windowMs}) => {
    const row = rows[name];
    if (!isRecord(row)) return [];
    const resetsAt = resetOf(row, now);
    const use = usageOf(row, resetsAt, now);
    const end =
      windowMs === null ? monthUntil(resetsAt, now) : {windowMs, resetsAt: possibleReset(resetsAt, windowMs, now)};
    return [{id: pooledId(pool, id), pool, ...end, use, unit: 'percent'}];
  });

/** The end that lies ahead, told as a date or as what remains. */
function resetOf({windowEnd, secondsRemaining}: Json, now: number): number | null {
  const [end, left] = [toEpochMs(windowEnd), toNumber(secondsRemaining) ?? 0];
  if (end !== null && end > now) return end;
  return left > 0 ? toEpochMs(now + left * 1000) : null;
}

/** A window that has ended, or has no end and no use, begins with the next request; its old figure is nobody's. */
function usageOf({usedPercent, windowEnd}: Json, resetsAt: number | null, now: number): Use {
  const use = percentUse(usedPercent);
  if (use.state !== 'known' || resetsAt !== null) return use;
  const end = toEpochMs(windowEnd);
  const hasEnded = end !== null && end <= now;
  return hasEnded || (end === null && use.usedPercent === 0) ? {state: 'not-started'} : use;
}

/** Tokens of an older plan, by pool. Pure. Throws `ProviderError` for a response in any other form. */
export function parseTokens(body: unknown): Window[] {
  const {usage} = recordOf(body);
  if (!isRecord(usage)) throw unexpectedShape('no usage', body);
  const pools = [[null, usage.standard] as const, ['premium', usage.premium] as const];
  if (!pools.some(([, tokens]) => isRecord(tokens))) throw unexpectedShape('no usage of a known kind', body);
  const [start, resetsAt] = [toEpochMs(usage.startDate), toEpochMs(usage.endDate)];
  const windowMs = start !== null && resetsAt !== null && resetsAt > start ? resetsAt - start : null;
  const id = cycleIdOf(windowMs ?? 0) ?? 'monthly';
  return pools.flatMap(([pool, tokens]) => {
    // What the plan does not have is told with an allowance of none.
    if (!isRecord(tokens) || toNumber(tokens.totalAllowance) === 0) return [];
    return [{id: pooledId(pool, id), pool, windowMs, resetsAt, use: tokenUse(tokens), unit: 'tokens'}];
  });
}

// No plan has as many: it stands for no limit.
const boundless = 1e12;

function tokenUse({orgTotalTokensUsed, totalAllowance}: Json): Use {
  const [used, limit] = [toNumber(orgTotalTokensUsed), toNumber(totalAllowance)];
  if (limit === undefined || limit <= boundless) return fractionUse(used, limit);
  return unlimitedUse(used);
}

/** Whose the limits are. */
export type Member = Pick<Reading, 'label'> & {plan?: string | null};

export function parseMember(body: unknown): Member {
  const {organization, userProfile} = recordOf(body);
  const {factoryTier, orbSubscription} = recordOf(recordOf(organization).subscription);
  const tier = toText(factoryTier);
  const plan = toText(recordOf(recordOf(orbSubscription).plan).name) ?? (tier && titleCase(tier));
  const label = sanitize(toText(recordOf(userProfile).email) ?? '', 80);
  return {plan: sanitize(plan ?? '', 40) || null, ...(label !== '' && {label})};
}
