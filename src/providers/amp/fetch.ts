import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Machine, Wire} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {type Held, inJsonFile} from '../shared/held.ts';
import {serverReason} from '../shared/http.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {held} from '../shared/keys.ts';
import {discoverOwnKeys} from '../shared/own-keys.ts';
import {firstOf, recordOf, toText} from '../shared/values.ts';
import {parseUsage} from './parse.ts';
import {host, place, secretsFile, site} from './site.ts';

export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverOwnKeys(site, machine, names, {[place]: inSecrets});

/** What Amp itself signed in with. A key for another address is not for this one. */
function inSecrets(machine: Machine): Promise<Held> {
  const source = 'amp secrets.json';
  const names = [`apiKey@https://${host}/`, `apiKey@https://${host}`];
  return inJsonFile(machine, site.id, {source, path: `${machine.home}/${secretsFile}`}, value =>
    held({id: site.id}, machine, source, firstOf(recordOf(value), names, toText)),
  );
}

const method = 'userDisplayBalanceInfo';
const remedy = {code: 'replace-credential', name: site.id} as const;

/** Asks once what `amp usage` prints (docs/providers/amp.md#requests). Throws only `ProviderError`. */
export async function fetchUsage(account: Account, wire: Wire): Promise<Reading> {
  const url = `https://${host}/api/internal?${method}`;
  return parseUsage(await askWithKey(account, wire, {url, body: {method, params: {}}, refuse}), wire.now());
}

/** A refusal comes with a status of success. */
function refuse(body: unknown): void {
  const {ok, error} = recordOf(body);
  if (ok !== false) return;
  const code = sanitize(toText(recordOf(error).code) ?? '', 40);
  const reason = serverReason(JSON.stringify(body));
  const detail = [code, reason].filter(Boolean).join(': ') || 'the request was refused';
  if (code === 'auth-required') throw new ProviderError('auth_rejected', {detail, remedy});
  throw new ProviderError('bad_response', {detail});
}
