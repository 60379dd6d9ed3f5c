import type {Reading, Share, Use, Window} from '../../core/model.ts';
import type {Account, Machine, Wire} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {discoverKeys} from '../shared/keys.ts';
import {inPi} from '../shared/pi.ts';
import {percentUse} from '../shared/use.ts';
import {isRecord, type Json, recordOf, tidy, toNumber, toText} from '../shared/values.ts';
import {hour, nextMonday, slug, week} from '../shared/windows.ts';
import {site} from './site.ts';

export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverKeys(site, machine, names, {pi: there => inPi(site, there, site.id)});

/** A good key of an account that has no plan. */
const noPlan = {
  code: 'no_plan',
  remedy: {code: 'subscribe', name: 'Ollama Cloud', url: 'https://ollama.com'},
} as const;

/** Requests the usage once. Throws only `ProviderError`. */
export async function fetchUsage(account: Account, wire: Wire): Promise<Reading> {
  const body = await askWithKey(account, wire, {
    url: 'https://ollama.com/api/usage',
    meaningOf: ({status}) => (status === 403 ? noPlan : undefined),
  });
  return parseUsage(body, wire.now());
}

/** Pure. Throws `ProviderError` for a response in any other form. */
export function parseUsage(body: unknown, now: number): Reading {
  const {limits} = recordOf(body);
  if (!isRecord(limits)) throw unexpectedShape('no limits', body);
  const told = Object.entries(limits).filter(([, limit]) => limit !== null);
  const windows = told.map(([name, limit]) => toWindow(name, recordOf(limit), now));
  // Of two that come to one name the first counts.
  const byId = new Map(windows.reverse().map(window => [window.id, window]));
  return {plan: null, windows: [...byId.values()].reverse(), amounts: [], notes: []};
}

/** No reset is reported: blocks and weeks of the older plans end at the same moments for everybody. */
function kindOf(name: string, now: number): Pick<Window, 'id' | 'pool' | 'windowMs' | 'resetsAt'> {
  const block = 5 * hour;
  switch (name) {
    case 'session':
      return {id: '5h', pool: null, windowMs: block, resetsAt: (Math.floor(now / block) + 1) * block};
    case 'weekly':
      return {id: 'weekly', pool: null, windowMs: week, resetsAt: nextMonday(now)};
    case 'monthly':
      return {id: 'monthly', pool: null, windowMs: null, resetsAt: null};
    default:
      return {id: slug(name), pool: slug(name), windowMs: null, resetsAt: null};
  }
}

function toWindow(name: string, {usage, models}: Json, now: number): Window {
  const shares = sharesOf(models);
  return {...kindOf(name, now), use: fractionOf(usage), unit: 'percent', ...(shares.length > 0 && {shares})};
}

/** 0.046 is 4.6 %, and 1.02 is more than everything. */
function fractionOf(usage: unknown): Use {
  const fraction = toNumber(usage);
  return percentUse(fraction === undefined ? undefined : tidy(fraction * 100));
}

/** Requests by model: a list with names, or a record by name. */
function sharesOf(models: unknown): Share[] {
  const rows = Array.isArray(models)
    ? models.map(row => [recordOf(row).name, row] as const)
    : Object.entries(recordOf(models));
  return rows.flatMap(([model, row]) => {
    const name = sanitize(toText(model) ?? '', 80);
    const value = toNumber(recordOf(row).request_count);
    return name === '' || value === undefined || value < 0 ? [] : [{name, value, unit: 'requests' as const}];
  });
}
