import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire, WireResponse} from '../../core/provider.ts';
import {failureOf, jsonOf, maybeJson, retryAtOf} from '../shared/http.ts';
import {refusalOf} from './errors.ts';
import {parseQuota} from './parse.ts';
import type {Site} from './sites.ts';

/** What `discover` puts into an account and `fetchQuota` takes out of it. */
export type Credential = {key: string; team: Team | null};
export type Team = {organization: string; project: string};

/** Asks the site once. Throws `ProviderError`, nothing else. */
export async function fetchQuota(site: Site, account: Account, wire: Wire): Promise<Reading> {
  const {key, team} = account.credential as Credential;
  const url = team === null ? site.quotaUrl : `${site.quotaUrl}?type=2`;
  const response = await wire.send({url, headers: headersOf(key, team, wire.version)});
  const around = {retryAt: retryAtOf(response, wire.now()), url: site.usageUrl};
  // The body knows better than the status what is wrong, and is the only one to say it under HTTP 200.
  const refusal = refusalOf(maybeJson(response.text), around);
  if (refusal !== undefined) throw refusal;
  requireAnswer(response, wire.now(), site);
  return parseQuota(jsonOf(response), wire.now(), around);
}

function headersOf(key: string, team: Team | null, version: string): Record<string, string> {
  return {
    // The key as it is: `Bearer` before it is refused by at least one of the sites.
    Authorization: key,
    Accept: 'application/json',
    'Accept-Language': 'en-US,en',
    'Content-Type': 'application/json',
    'User-Agent': `OpenCode-Status-Plugin/1.0 mystatus-tui/${version}`,
    ...(team === null ? {} : {'Bigmodel-Organization': team.organization, 'Bigmodel-Project': team.project}),
  };
}

/** As every provider reads a status, except that these keys do not expire: one that gets a 401 is refused. */
function requireAnswer(response: WireResponse, now: number, {usageUrl}: Site): void {
  if (response.status >= 200 && response.status < 300) return;
  const remedy = {code: 'check-key', url: usageUrl} as const;
  const failure = failureOf(response, now, {auth_rejected: remedy});
  if (failure.code !== 'expired') throw failure;
  throw new ProviderError('auth_rejected', {detail: failure.message, remedy});
}
