import type {Reading, Remedy} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import type {KeyCredential} from '../shared/keys.ts';
import {requireAlive} from '../shared/token-login.ts';
import {parseUsages} from './parse.ts';
import type {Site} from './sites.ts';

export const openKimi: Remedy = {code: 'open', name: 'kimi'};

/** Requests the limits once. Throws only `ProviderError`. */
export async function fetchUsages(site: Site, account: Account, wire: Wire): Promise<Reading> {
  requireAlive(account, wire);
  const {renew} = account.credential as KeyCredential;
  const body = await askWithKey(account, wire, {
    url: site.usagesUrl,
    remedy: renew ?? {code: 'check-key', url: site.usageUrl},
    meanings: {402: {code: 'no_plan', remedy: {code: 'subscribe', name: site.name, url: site.usageUrl}}},
  });
  return parseUsages(body, wire.now());
}
