import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Machine, Wire} from '../../core/provider.ts';
import {beside} from '../shared/beside.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {discoverKeys} from '../shared/keys.ts';
import {parseBalance, parsePlan, subscribe} from './parse.ts';
import {places, site} from './site.ts';

export const discover = (machine: Machine, names = places.map(({name}) => name)): Promise<Account[]> =>
  discoverKeys(
    site,
    machine,
    names.filter(name => places.some(place => place.name === name)),
  );

/** Requests the plan's limits, and the balance beside it. Throws only `ProviderError`. */
export async function fetchLimits(account: Account, wire: Wire): Promise<Reading> {
  const plan = await call(account, wire, 'subscription/detail')
    .then(body => parsePlan(body, wire.now()))
    .catch(noPlanIn);
  const amounts = await beside(wire, `zenmux balance ${account.key}`, async () =>
    parseBalance(await call(account, wire, 'payg/balance')),
  );
  if (!(plan instanceof ProviderError)) return {...plan, amounts: amounts ?? []};
  if (amounts === undefined) throw plan;
  return {plan: null, windows: [], amounts, notes: []};
}

/** Who pays as they go may have no plan; any other failure is thrown on. */
function noPlanIn(error: unknown): ProviderError {
  if (error instanceof ProviderError && error.code === 'no_plan') return error;
  throw error;
}

const call = (account: Account, wire: Wire, path: string): Promise<unknown> =>
  askWithKey(account, wire, {
    url: `https://zenmux.ai/api/v1/management/${path}`,
    meanings: {404: {code: 'no_plan', remedy: subscribe}, 422: {code: 'rate_limited'}},
  });
