import {ProviderError, type Reading, type Remedy} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import type {KeyCredential} from '../shared/keys.ts';
import {parseBalance} from './balance.ts';
import {parsePlan} from './plan.ts';
import {refuse} from './refusals.ts';
import type {Site} from './sites.ts';

/** `isToken`: of a login of the vendor's own tool, which ends by itself and is renewed by that tool alone. */
export type Credential = KeyCredential & {isToken?: true};

export const runMmx: Remedy = {code: 'run', command: 'mmx'};
const skewMs = 5000;

/** One request, chosen by what the key is for: a plan, or paying as you go. Throws only `ProviderError`. */
export async function fetchReading(site: Site, account: Account, wire: Wire): Promise<Reading> {
  const {key, isToken = false} = account.credential as Credential;
  if (isToken && account.expiresAt !== null && account.expiresAt - skewMs <= wire.now())
    throw new ProviderError('expired', {detail: 'the login has expired', remedy: runMmx});
  const isPaidPerUse = key.startsWith('sk-api-');
  const remedy: Remedy = isToken ? runMmx : {code: 'check-key', url: site.usageUrl};
  const plan = isPaidPerUse ? {} : {plan: {name: site.name, url: site.usageUrl}};
  const body = await askWithKey(account, wire, {
    url: `https://${site.host}${isPaidPerUse ? '/account/query_balance' : '/v1/token_plan/remains'}`,
    headers: {'Content-Type': 'application/json'},
    remedy,
    isToken,
    refuse: (body, retryAt) => refuse(body, {remedy, isToken, retryAt, ...plan}),
  });
  return isPaidPerUse ? parseBalance(body, site) : parsePlan(body, site, wire.now());
}
