import {type Note, ProviderError, type Reading, type Use, type Window} from '../../core/model.ts';
import {unexpectedShape} from '../shared/http.ts';
import {fractionUse, fullest, percentUse} from '../shared/use.ts';
import {isRecord, type Json, listOf, recordOf, titleCase, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {hour, pooledId, possibleReset, week} from '../shared/windows.ts';
import {signIn, usageUrl} from './program.ts';

const products = new Map<unknown, {name: string; pool: string | null}>([
  ['coding-plan', {name: 'Coding Plan', pool: null}],
  ['agent-plan', {name: 'Agent Plan', pool: 'agent'}],
  ['coding-plan-team', {name: 'Coding Plan Team', pool: 'coding-team'}],
  ['agent-plan-team', {name: 'Agent Plan Team', pool: 'agent-team'}],
]);

/** A month runs from the day of purchase, so it has no length of its own. */
const periods = new Map<unknown, {id: string; windowMs: number | null}>([
  ['session', {id: '5h', windowMs: 5 * hour}],
  ['5h', {id: '5h', windowMs: 5 * hour}],
  ['weekly', {id: 'weekly', windowMs: week}],
  ['monthly', {id: 'monthly', windowMs: null}],
]);
// The console shows none either.
const hidden = 'daily';

/** Pure. What is said of one product costs the others nothing. Throws `ProviderError` where none is told. */
export function parseUsage(body: Json, now: number): Reading {
  if (recordOf(body.viewer).auth_method === 'none')
    throw new ProviderError('expired', {detail: 'nobody is signed in to arkcli', remedy: signIn});
  if (!Array.isArray(body.items)) throw unexpectedShape('no list of plans', body);
  const items = body.items.filter(isRecord).filter(({subscribed}) => subscribed !== false);
  if (items.length === 0 && body.items.every(isRecord)) throw noPlan();
  const known = items.filter(({product}) => products.has(product));
  if (known.length === 0) throw unexpectedShape('no plan of a known kind', body);
  if (known.every(isFailed)) throw failureOf(known);
  const rows = known.flatMap(item => listOf(item.periods).map(period => toWindow(item, recordOf(period), now)));
  const windows = rows.filter(row => row !== null && row !== 'hidden');
  const isSkipped = known.length < body.items.filter(each => recordOf(each).subscribed !== false).length;
  return {
    plan: planIn(known),
    windows: fullest(windows),
    amounts: [],
    notes: [...known.flatMap(noteOn), ...(isSkipped || rows.includes(null) ? [{code: 'skipped-rows'} as const] : [])],
  };
}

const isFailed = ({error, periods: told}: Json): boolean => toText(error) !== undefined && listOf(told).length === 0;

const noPlan = (): ProviderError =>
  new ProviderError('no_plan', {remedy: {code: 'subscribe', name: 'Volcengine Ark', url: usageUrl}});

export const scopeMissing = (): ProviderError =>
  new ProviderError('scope_missing', {
    detail: 'this user may not read the usage',
    remedy: {code: 'grant', name: 'ark:GetCodingPlanUsage, ark:GetAFPUsage'},
  });

/** Its own words may name people. */
const failureOf = (items: readonly Json[]): ProviderError =>
  items.some(({error}) => isDenied(error))
    ? scopeMissing()
    : new ProviderError('server_error', {detail: 'arkcli could read none of the plans'});

const isDenied = (error: unknown): boolean => /AccessDenied|not authorized/i.test(toText(error) ?? '');

function noteOn({product, error}: Json): Note[] {
  const words = toText(error);
  const text = products.get(product)?.name ?? '';
  if (words === undefined) return [];
  return [{code: /no seat/i.test(words) ? 'volcengine/no-seat' : 'volcengine/unread', text}];
}

/** The first tier that is told. */
function planIn(items: readonly Json[]): string | null {
  const item = items.find(({tier}) => toText(tier) !== undefined);
  const tier = toText(item?.tier);
  return tier === undefined ? null : `${products.get(item?.product)?.name} ${titleCase(tier)}`;
}

/** Null for a length that nobody knows. A total of nothing is no limit. */
function toWindow({product}: Json, period: Json, now: number): Window | 'hidden' | null {
  const length = periods.get(period.label);
  const pool = products.get(product)?.pool ?? null;
  const limit = toNumber(period.total);
  if (period.label === hidden || (limit !== undefined && limit <= 0)) return 'hidden';
  if (length === undefined) return null;
  const resetsAt = possibleReset(toEpochMs(period.reset_at), length.windowMs, now);
  const use = usageIn(period, limit);
  const isUnused = use.state === 'known' && use.usedPercent === 0 && toEpochMs(period.reset_at) === null;
  return {
    ...{id: pooledId(pool, length.id), pool, windowMs: length.windowMs, resetsAt},
    use: isUnused ? {state: 'not-started'} : use,
    unit: limit === undefined ? 'percent' : 'credits',
  };
}

/** Counts have more digits than the percentage; a count of nothing is left out. */
function usageIn({used, percent}: Json, limit: number | undefined): Use {
  const told = toNumber(used) ?? (toNumber(percent) === 0 ? 0 : undefined);
  const counted = fractionUse(told, limit);
  return counted.state === 'known' ? counted : percentUse(percent);
}
