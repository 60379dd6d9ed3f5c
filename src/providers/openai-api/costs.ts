import type {Reading} from '../../core/model.ts';
import type {Account, Machine, Wire, WireResponse} from '../../core/provider.ts';
import {monthStart, parsePage, spendOf} from '../shared/cost-report.ts';
import {serverReason} from '../shared/http.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {discoverOwnKeys} from '../shared/own-keys.ts';
import {recordOf, toNumber} from '../shared/values.ts';
import {host, site} from './site.ts';

export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverOwnKeys(site, machine, names, {});

/** Requests this month's costs, page by page. Throws only `ProviderError`. */
export async function fetchCosts(account: Account, wire: Wire): Promise<Reading> {
  const start = monthStart(wire.now()) / 1000;
  const url = `https://${host}/v1/organization/costs?start_time=${start}&bucket_width=1d&limit=31`;
  const amounts = await spendOf(async cursor => {
    const body = await askWithKey(account, wire, {
      url: cursor === null ? url : `${url}&page=${encodeURIComponent(cursor)}`,
      meaningOf: response => (isScopeMissing(response) ? scopeMissing : undefined),
    });
    return parsePage(body, costOf);
  });
  return {plan: null, windows: [], amounts, notes: [{code: 'openai-api/this-month'}]};
}

const keysUrl = 'https://platform.openai.com';
const scopeMissing = {code: 'scope_missing', remedy: {code: 'grant', name: 'api.usage.read', url: keysUrl}} as const;

/** A good key that may not read costs: 403, and sometimes 401. */
const isScopeMissing = ({status, text}: WireResponse): boolean =>
  (status === 401 || status === 403) && /missing scopes|insufficient permissions/i.test(serverReason(text) ?? '');

/** In dollars, as a number or a decimal text. */
export function costOf(result: unknown): {value: number | undefined; currency: unknown} {
  const {value, currency} = recordOf(recordOf(result).amount);
  return {value: toNumber(value), currency};
}
