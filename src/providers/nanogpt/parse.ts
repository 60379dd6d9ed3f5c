import {type Amount, type Note, ProviderError, type Reading, type Use, type Window} from '../../core/model.ts';
import {unexpectedShape} from '../shared/http.ts';
import {fractionUse, percentUse} from '../shared/use.ts';
import {isRecord, type Json, recordOf, tidy, toEpochMs, toNumber} from '../shared/values.ts';
import {day, monthUntil, possibleReset, week} from '../shared/windows.ts';

type Kind = Pick<Window, 'id' | 'pool' | 'unit'> & {name: string; windowMs: number | null};

const kinds: Kind[] = [
  {name: 'weeklyInputTokens', id: 'weekly', pool: null, windowMs: week, unit: 'tokens'},
  {name: 'dailyInputTokens', id: '1d', pool: null, windowMs: day, unit: 'tokens'},
  {name: 'dailyImages', id: 'images/1d', pool: 'images', windowMs: day, unit: 'requests'},
  // Of older plans.
  {name: 'daily', id: '1d', pool: null, windowMs: day, unit: 'requests'},
  {name: 'monthly', id: 'monthly', pool: null, windowMs: null, unit: 'requests'},
];

/** Pure. Throws `ProviderError` where there is no plan, and for a response in any other form. */
export function parseUsage(body: unknown, now: number): Reading {
  if (!isRecord(body)) throw unexpectedShape('no object', body);
  if (body.active === false || body.state === 'inactive') throw noPlan();
  const limits = recordOf(body.limits);
  if (!kinds.some(({name}) => name in body || name in limits)) throw unexpectedShape('no limit', body);
  const windows = kinds
    .filter(({name}) => name !== 'daily' || body.enforceDailyLimit !== false)
    .flatMap(kind => toWindow(kind, body[kind.name], limits[kind.name], now));
  // Of two for one day the first counts.
  const firsts = windows.filter(({id}, at) => windows.findIndex(each => each.id === id) === at);
  return {plan: null, windows: firsts, amounts: [], notes: graceIn(body)};
}

const noPlan = (): ProviderError =>
  new ProviderError('no_plan', {
    detail: 'the account has no subscription',
    remedy: {code: 'subscribe', name: 'NanoGPT', url: 'https://nano-gpt.com'},
  });

function graceIn({state, graceUntil}: Json): Note[] {
  if (state !== 'grace') return [];
  const at = toEpochMs(graceUntil);
  return [{code: 'nanogpt/grace', ...(at !== null && {at})}];
}

/** Neither use nor limit: there is no such limit on this plan. */
function toWindow({name: _, ...kind}: Kind, told: unknown, most: unknown, now: number): Window[] {
  const limit = toNumber(most);
  if (limit === 0 || ((told === null || told === undefined) && limit === undefined)) return [];
  const {used, percentUsed, resetAt} = recordOf(told);
  const end =
    kind.windowMs === null
      ? monthUntil(resetAt, now)
      : {windowMs: kind.windowMs, resetsAt: possibleReset(toEpochMs(resetAt), kind.windowMs, now)};
  return [{...kind, ...end, use: usageOf(toNumber(used), limit, toNumber(percentUsed))}];
}

/** The share is told as a fraction: 0.994 is nearly everything. */
function usageOf(used: number | undefined, limit: number | undefined, fraction: number | undefined): Use {
  const use = fractionUse(used, limit);
  return use.state === 'known' || fraction === undefined ? use : percentUse(tidy(fraction * 100));
}

export function parseBalance(body: unknown): Amount {
  const balance = toNumber(recordOf(body).usd_balance);
  if (balance === undefined) throw unexpectedShape('no balance', body);
  return {id: 'balance', value: balance + 0, unit: 'usd'};
}
