import type {Amount, AmountId, Note, Reading, Use, Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {fractionUse} from '../shared/use.ts';
import {difference, isRecord, type Json, recordOf, tidy, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {day} from '../shared/windows.ts';
import {type Period, periodOf} from './periods.ts';

/** What `/key` says, and what is needed to judge the account's balance by. */
export type KeyReading = Reading & {isManagement: boolean; usage: number | undefined};

/** Pure. Throws `ProviderError` for a response in any other form. */
export function parseKey(body: unknown, now: number): KeyReading {
  const data = recordOf(body).data;
  if (!isRecord(data)) throw unexpectedShape('no data of the key', body);
  const {amounts, note} = spendIn(data);
  const expiresAt = toEpochMs(data.expires_at);
  const name = nameIn(data);
  return {
    plan: null,
    windows: [...capIn(data, now), ...freeIn(data, now)],
    amounts,
    notes: [...note, ...(expiresAt === null ? [] : [{code: 'openrouter/expires', at: expiresAt} as const])],
    ...(name === undefined ? {} : {label: name}),
    isManagement: data.is_management_key === true || data.is_provisioning_key === true,
    usage: toNumber(data.usage),
  };
}

/** A masked key in the name's place tells no more than our own mask of it. */
function nameIn({label}: Json): string | undefined {
  const name = sanitize(toText(label) ?? '', 80);
  return name === '' || name.startsWith('sk-') ? undefined : name;
}

/** The cap of this key. Without one there is no window: the balance ends all the same. */
function capIn(data: Json, now: number): Window[] {
  if (data.limit === null || data.limit === undefined) return [];
  const period = periodOf(data.limit_reset, now);
  const limit = toNumber(data.limit);
  const {id, windowMs, resetsAt} = period;
  const use: Use =
    limit === undefined || limit < 0
      ? {state: 'unknown', why: 'the limit was not a number'}
      : usageOf(usedOf(data, limit, period), limit);
  return [{id: `key/${id}`, pool: 'key', windowMs, resetsAt, use, unit: 'usd'}];
}

/** What is left may be more than the cap, where that was raised, and less than nothing. */
function usedOf(data: Json, limit: number, {spendName}: Period): number | undefined {
  const left = toNumber(data.limit_remaining);
  return left === undefined ? spent(data, spendName) : notNegative(difference(limit, left));
}

/** Spent in the period itself: all time's spend says nothing of a cap that resets. */
function spent(data: Json, name: string | undefined): number | undefined {
  if (name === undefined) return undefined;
  const own = toNumber(data[name]);
  if (data.include_byok_in_limit !== true || own === undefined) return own;
  const others = toNumber(data[`byok_${name}`]);
  return others === undefined ? undefined : toNumber(tidy(own + others));
}

const notNegative = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Math.max(0, value);

/** A cap of nothing is used up. */
function usageOf(used: number | undefined, limit: number): Use {
  const isTold = used !== undefined && used >= 0;
  if (limit === 0) return {state: 'known', usedPercent: 100, limit, ...(isTold ? {used} : {})};
  return fractionUse(used, limit);
}

/** Requests to free models: for who pays this is no wall that matters before it is used. */
function freeIn(data: Json, now: number): Window[] {
  const {used: told, limit: most, remaining} = recordOf(data.free_model_daily_requests);
  const [limit, left] = [toNumber(most), toNumber(remaining)];
  if (limit === undefined || limit <= 0) return [];
  const used = toNumber(told) ?? notNegative(difference(limit, left));
  if (data.is_free_tier !== true && !(used !== undefined && used > 0)) return [];
  const {resetsAt} = periodOf('daily', now);
  return [{id: 'free/1d', pool: 'free', windowMs: day, resetsAt, use: usageOf(used, limit), unit: 'requests'}];
}

/** This month's spend, else all time's, with the word for which it is. */
function spendIn(data: Json): {amounts: Amount[]; note: Note[]} {
  const month = toNumber(data.usage_monthly);
  const spend = month ?? toNumber(data.usage);
  if (spend === undefined) return {amounts: [], note: []};
  const byok = toNumber(month === undefined ? data.byok_usage : data.byok_usage_monthly);
  const values: [AmountId, number | undefined][] = [
    ['spend', spend],
    ['spend/daily', toNumber(data.usage_daily)],
    ['spend/weekly', toNumber(data.usage_weekly)],
    ['spend/own-keys', byok === 0 ? undefined : byok],
  ];
  return {
    amounts: values.flatMap(([id, value]) => (value === undefined ? [] : [{id, value: value + 0, unit: 'usd'}])),
    note: [{code: month === undefined ? 'openrouter/all-time' : 'openrouter/this-month'}],
  };
}
