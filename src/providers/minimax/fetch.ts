import type {Reading, Remedy} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import type {KeyCredential} from '../shared/keys.ts';
import {requireAlive} from '../shared/token-login.ts';
import {parseBalance} from './balance.ts';
import {parsePlan} from './plan.ts';
import {refuse} from './refusals.ts';
import type {Site} from './sites.ts';

export const runMmx: Remedy = {code: 'run', command: 'mmx'};

/** One request, chosen by what the key is for: a plan, or paying as you go. Throws only `ProviderError`. */
export async function fetchReading(site: Site, account: Account, wire: Wire): Promise<Reading> {
  requireAlive(account, wire);
  const {key, renew} = account.credential as KeyCredential;
  const isPaidPerUse = key.startsWith('sk-api-');
  const remedy: Remedy = renew ?? {code: 'check-key', url: site.usageUrl};
  const plan = isPaidPerUse ? {} : {plan: {name: site.name, url: site.usageUrl}};
  const body = await askWithKey(account, wire, {
    url: `https://${site.host}${isPaidPerUse ? '/account/query_balance' : '/v1/token_plan/remains'}`,
    headers: {'Content-Type': 'application/json'},
    remedy,
    refuse: (body, retryAt) => refuse(body, {remedy, isToken: renew !== undefined, retryAt, ...plan}),
  });
  return isPaidPerUse ? parseBalance(body, site) : parsePlan(body, site, wire.now());
}
