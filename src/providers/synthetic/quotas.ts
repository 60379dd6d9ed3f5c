import type {Note, Reading, Use, Window} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {unexpectedShape} from '../shared/http.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {fractionUse, percentUse} from '../shared/use.ts';
import {difference, isRecord, type Json, recordOf, toEpochMs, toNumber} from '../shared/values.ts';
import {hour, possibleReset, week} from '../shared/windows.ts';

/** Requests the quotas once. Throws only `ProviderError`. */
export async function fetchQuotas(account: Account, wire: Wire): Promise<Reading> {
  return parseQuotas(await askWithKey(account, wire, {url: 'https://api.synthetic.new/v2/quotas'}), wire.now());
}

const limits = ['rollingFiveHourLimit', 'weeklyTokenLimit', 'search', 'subscription'] as const;

/** Pure. A key without a plan gets an empty object. Throws `ProviderError` for a response in any other form. */
export function parseQuotas(body: unknown, now: number): Reading {
  const root = isRecord(body) && isRecord(body.data) ? body.data : body;
  if (!isRecord(root)) throw unexpectedShape('no object', body);
  if (Object.keys(root).length > 0 && limits.every(name => !(name in root))) throw unexpectedShape('no quota', body);
  const plan = [...blockIn(root), ...weekIn(root)];
  const windows = [...(plan.length > 0 ? plan : requestsIn(root, now)), ...searchIn(root, now)];
  return {plan: null, windows, amounts: [], notes: notesIn(root, plan)};
}

function notesIn({rollingFiveHourLimit}: Json, plan: readonly Window[]): Note[] {
  return [
    ...(recordOf(rollingFiveHourLimit).limited === true ? [{code: 'limit-reached'} as const] : []),
    ...(plan.length > 0 ? [{code: 'synthetic/regenerates'} as const] : []),
  ];
}

/** A few per cent come back every few minutes: the time of the next few is no reset. */
function blockIn({rollingFiveHourLimit: block}: Json): Window[] {
  if (block === null || block === undefined) return [];
  const {remaining, max} = recordOf(block);
  const use = leftUse(toNumber(remaining), toNumber(max));
  return [{id: '5h', pool: null, windowMs: 5 * hour, resetsAt: null, use, unit: 'requests'}];
}

function weekIn({weeklyTokenLimit: told}: Json): Window[] {
  if (told === null || told === undefined) return [];
  const {remainingCredits, maxCredits, percentRemaining} = recordOf(told);
  const inDollars = leftUse(toDollars(remainingCredits), toDollars(maxCredits));
  const use = inDollars.state === 'known' ? inDollars : percentLeft(percentRemaining);
  return [{id: 'weekly', pool: null, windowMs: week, resetsAt: null, use, unit: 'usd'}];
}

/** 0.6 is not 60: it is told in per cent, not as a fraction. */
function percentLeft(value: unknown): Use {
  const used = difference(100, toNumber(value));
  return percentUse(used === undefined ? undefined : Math.max(0, used));
}

/** There may be more left than the limit, where that was raised. */
function leftUse(left: number | undefined, limit: number | undefined): Use {
  const used = difference(limit, left);
  return fractionUse(used === undefined ? undefined : Math.max(0, used), limit);
}

const dollars = /^-?\$?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/;
/** '$1,200.00'. */
function toDollars(value: unknown): number | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return dollars.test(text) ? toNumber(text.replace(/[$,]/g, '')) : toNumber(value);
}

/** Older plans count requests. Newer ones still have the object, but it stays at 0 for ever. */
function requestsIn({subscription}: Json, now: number): Window[] {
  return isRecord(subscription) ? countedIn(subscription, {id: '5h', pool: null, windowMs: 5 * hour}, now) : [];
}

function searchIn({search}: Json, now: number): Window[] {
  const {hourly} = recordOf(search);
  return isRecord(hourly) ? countedIn(hourly, {id: 'search/1h', pool: 'search', windowMs: hour}, now) : [];
}

/** A limit of nothing is none: who pays per use has no plan. */
function countedIn(told: Json, window: Pick<Window, 'id' | 'pool' | 'windowMs'>, now: number): Window[] {
  const limit = toNumber(told.limit);
  if (limit === 0) return [];
  const resetsAt = possibleReset(toEpochMs(told.renewsAt), window.windowMs, now);
  return [{...window, resetsAt, use: fractionUse(toNumber(told.requests), limit), unit: 'requests'}];
}
