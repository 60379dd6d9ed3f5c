import type {Reading, Remedy} from '../../core/model.ts';
import type {Account, Wire, WireResponse} from '../../core/provider.ts';
import {maybeJson} from '../shared/http.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import type {KeyCredential} from '../shared/keys.ts';
import {recordOf} from '../shared/values.ts';
import {minute} from '../shared/windows.ts';
import {parseUsage} from './parse.ts';
import {site} from './site.ts';

/** `isZen`: found where opencode keeps the key for paying per use. */
export type Credential = KeyCredential & {isZen?: true};

const signIn: Remedy = {code: 'run', command: 'opencode auth login'};

/** Requests the usage once. Throws only `ProviderError`. */
export async function fetchUsage(account: Account, wire: Wire): Promise<Reading> {
  const {isZen = false} = account.credential as Credential;
  const body = await askWithKey(account, wire, {
    url: 'https://opencode.ai/zen/go/v1/usage',
    leastWaitMs: 5 * minute,
    ...(account.place === 'opencode' && {remedy: signIn}),
    meaningOf: response => (hasNoPlan(response) ? {...noPlan, aside: isZen} : undefined),
  });
  return parseUsage(body, wire.now());
}

/** A good key without the plan: nothing is wrong with the key. */
const noPlan = {code: 'no_plan', remedy: {code: 'subscribe', name: site.name, url: site.usageUrl}} as const;

const hasNoPlan = ({status, text}: WireResponse): boolean =>
  status === 403 && recordOf(recordOf(maybeJson(text)).error).type === 'EntitlementError';
