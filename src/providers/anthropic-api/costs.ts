import type {Reading} from '../../core/model.ts';
import type {Account, Machine, Wire} from '../../core/provider.ts';
import {monthStart, parsePage, spendOf} from '../shared/cost-report.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {discoverOwnKeys} from '../shared/own-keys.ts';
import {recordOf, toNumber} from '../shared/values.ts';
import {host, site} from './site.ts';

export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverOwnKeys(site, machine, names, {});

/** Requests this month's costs, page by page. Throws only `ProviderError`. */
export async function fetchCosts(account: Account, wire: Wire): Promise<Reading> {
  const start = new Date(monthStart(wire.now())).toISOString().replace('.000', '');
  const url = `https://${host}/v1/organizations/cost_report?starting_at=${start}&bucket_width=1d&limit=31`;
  const amounts = await spendOf(async cursor => {
    const body = await askWithKey(account, wire, {
      url: cursor === null ? url : `${url}&page=${encodeURIComponent(cursor)}`,
      keyHeader: 'x-api-key',
      headers: {'anthropic-version': '2023-06-01'},
    });
    return parsePage(body, costOf);
  });
  return {plan: null, windows: [], amounts, notes: [{code: 'anthropic-api/this-month'}]};
}

/** In cents, as a decimal text. */
export function costOf(result: unknown): {value: number | undefined; currency: unknown} {
  const {amount, currency} = recordOf(result);
  const cents = toNumber(amount);
  return {value: cents === undefined ? undefined : cents / 100, currency};
}
