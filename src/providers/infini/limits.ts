import {ProviderError, type Reading, type Use, type Window} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {maybeJson, unexpectedShape} from '../shared/http.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {fractionUse} from '../shared/use.ts';
import {difference, isRecord, recordOf, toNumber, toText} from '../shared/values.ts';
import {day, hour, week} from '../shared/windows.ts';
import {site} from './site.ts';

const remedy = {code: 'replace-credential', name: site.id} as const;

/** Requests the limits once. Throws only `ProviderError`. */
export async function fetchLimits(account: Account, wire: Wire): Promise<Reading> {
  const body = await askWithKey(account, wire, {
    url: 'https://cloud.infini-ai.com/maas/coding/usage',
    meaningOf: ({text}) => (isRefused(maybeJson(text)) ? {code: 'auth_rejected', remedy} : undefined),
  });
  return parseLimits(body);
}

/** The code for an unknown key, which may come with HTTP 200. */
const isRefused = (body: unknown): boolean => toNumber(recordOf(body).code) === 10_021;

/** The month is any 30 days, not a calendar's. */
const parts = [
  {name: '5_hour', id: '5h', windowMs: 5 * hour},
  {name: '7_day', id: 'weekly', windowMs: week},
  {name: '30_day', id: '30d', windowMs: 30 * day},
] as const;

/** Pure. No resets are told, and no plan. Throws `ProviderError` for a response in any other form. */
export function parseLimits(body: unknown): Reading {
  if (isRefused(body)) {
    const parts = ['code 10021', sanitize(toText(recordOf(body).msg) ?? '')];
    throw new ProviderError('auth_rejected', {detail: parts.filter(Boolean).join(': '), remedy});
  }
  if (!isRecord(body) || !parts.some(({name}) => name in body)) throw unexpectedShape('no limits', body);
  const told = parts.filter(({name}) => body[name] !== null && body[name] !== undefined);
  const windows = told.map(
    ({name, id, windowMs}): Window => ({
      ...{id, pool: null, windowMs, resetsAt: null, unit: 'requests'},
      use: useIn(body[name]),
    }),
  );
  return {plan: null, windows, amounts: [], notes: []};
}

function useIn(part: unknown): Use {
  const {quota, used, remain} = recordOf(part);
  const limit = toNumber(quota);
  return fractionUse(toNumber(used) ?? difference(limit, toNumber(remain)), limit);
}
