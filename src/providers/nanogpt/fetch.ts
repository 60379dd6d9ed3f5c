import {type Amount, ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {beside} from '../shared/beside.ts';
import {askWithKey, type KeyRequest} from '../shared/key-fetch.ts';
import {parseBalance, parseUsage} from './parse.ts';
import {site} from './site.ts';

/** Requests the plan's limits and the balance (docs/providers/nanogpt.md#requests). Throws only `ProviderError`. */
export async function fetchUsage(account: Account, wire: Wire): Promise<Reading> {
  const usage = await ask(account, wire, {path: '/api/subscription/v1/usage'})
    .then(body => parseUsage(body, wire.now()))
    .catch(noPlanIn);
  const balance = await balanceOf(account, wire);
  const amounts = balance === undefined ? [] : [balance];
  if (!(usage instanceof ProviderError)) return {...usage, amounts};
  if (balance === undefined) throw usage;
  return {plan: null, windows: [], amounts, notes: []};
}

/** Who has no plan may still have a balance; any other failure is thrown on. */
function noPlanIn(error: unknown): ProviderError {
  if (error instanceof ProviderError && error.code === 'no_plan') return error;
  throw error;
}

/** Undefined where it cannot be had. The call only reads, for all that it is a POST. */
const balanceOf = (account: Account, wire: Wire): Promise<Amount | undefined> =>
  beside(wire, `nanogpt balance ${account.key}`, async () =>
    parseBalance(await ask(account, wire, {path: '/api/check-balance', method: 'POST', keyHeader: 'x-api-key'})),
  );

type Call = {path: string} & Pick<KeyRequest, 'method' | 'keyHeader'>;

const ask = (account: Account, wire: Wire, {path, ...call}: Call): Promise<unknown> =>
  askWithKey(account, wire, {url: `https://${site.hosts[0]}${path}`, ...call});
