import type {Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {beside} from '../shared/beside.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {parseBalance, parseQuota, parseSubscription} from './parse.ts';
import {host} from './site.ts';

/** Requests the plan's limits, and beside them the day's requests and the balance. Throws only `ProviderError`. */
export async function fetchLimits(account: Account, wire: Wire): Promise<Reading> {
  const now = wire.now();
  const reading = parseSubscription(await ask(account, wire, '/users/me/subscription_usage'), now);
  const daily = await also(account, wire, '/users/me/quota_usage/me', body => parseQuota(body, now));
  const balance = await also(account, wire, '/users/me', parseBalance);
  return {...reading, windows: [...reading.windows, ...(daily ?? [])], amounts: balance ?? []};
}

/** Undefined where it cannot be had: the plan's limits are what matters. */
const also = <T>(account: Account, wire: Wire, path: string, parse: (body: unknown) => T): Promise<T | undefined> =>
  beside(wire, `chutes ${path} ${account.key}`, async () => parse(await ask(account, wire, path)));

const ask = (account: Account, wire: Wire, path: string): Promise<unknown> =>
  askWithKey(account, wire, {url: `https://${host}${path}`});
