import {ProviderError, type Reading, type Remedy} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import type {KeyCredential} from '../shared/keys.ts';
import {parseUsages} from './parse.ts';
import type {Site} from './sites.ts';

/** `isToken`: of the login of Kimi's own tool, which ends by itself and is renewed by that tool alone. */
export type Credential = KeyCredential & {isToken?: true};

export const openKimi: Remedy = {code: 'open', name: 'kimi'};
const skewMs = 5000;

/** Requests the limits once. Throws only `ProviderError`. */
export async function fetchUsages(site: Site, account: Account, wire: Wire): Promise<Reading> {
  const {isToken = false} = account.credential as Credential;
  if (isToken && account.expiresAt !== null && account.expiresAt - skewMs <= wire.now())
    throw new ProviderError('expired', {detail: 'the login has expired', remedy: openKimi});
  const body = await askWithKey(account, wire, {
    url: site.usagesUrl,
    remedy: isToken ? openKimi : {code: 'check-key', url: site.usageUrl},
    meanings: {402: {code: 'no_plan', remedy: {code: 'subscribe', name: site.name, url: site.usageUrl}}},
    isToken,
  });
  return parseUsages(body, wire.now());
}
