import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {bareToken, isSendable, problemAccount} from '../shared/accounts.ts';
import {type Held, hint, nothing, only, remedyFor} from '../shared/held.ts';
import {discoverKeys, held, type KeyCredential} from '../shared/keys.ts';
import {isRecord, type Json, toEpochMs, toText} from '../shared/values.ts';
import {runMmx} from './fetch.ts';
import {mmxPlace, type Site, siteIdOf} from './sites.ts';

export const discoverLogins = (site: Site, machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverKeys(site, machine, names, {[mmxPlace]: there => inMmx(site, there)});

/** The vendor's own tool: its key, else its login. A configuration that does not say of which site it is, is left alone. */
async function inMmx(site: Site, machine: Machine): Promise<Held> {
  const directory = toText(machine.env.MMX_CONFIG_DIR) ?? `${machine.home}/.mmx`;
  const file = await machine.readJson(`${directory}/config.json`);
  if (file.state === 'missing') return nothing;
  const source = 'mmx config.json';
  if (file.state === 'unreadable')
    return hint(problemAccount(machine, site.id, {source, why: file.why, remedy: remedyFor(file)}));
  if (!isRecord(file.value)) return nothing;
  const {region, base_url, api_key, oauth} = file.value;
  if (siteIdOf(region, base_url) !== site.id) return nothing;
  if (toText(api_key) !== undefined) return held(site, machine, source, api_key);
  if (isRecord(oauth)) return loginOf(site, machine, source, oauth);
  const old = await machine.readJson(`${directory}/credentials.json`);
  return old.state === 'ok' && isRecord(old.value)
    ? loginOf(site, machine, 'mmx credentials.json', old.value)
    : nothing;
}

/** Only mmx renews it. */
function loginOf(site: Site, machine: Machine, source: string, login: Json): Held {
  const written = toText(login.access_token);
  const token = bareToken(written ?? '');
  if (written === undefined || token === '') return nothing;
  if (!isSendable(token)) {
    const why = 'its token contains invalid characters';
    return hint(problemAccount(machine, site.id, {source, why, remedy: runMmx}));
  }
  const credential: KeyCredential = {key: token, renew: runMmx};
  return only({
    key: accountKey(machine, site.id, 'mmx login'),
    provider: site.id,
    label: sanitize(toText(login.account) ?? '', 60) || 'mmx login',
    source,
    credential,
    secrets: [token, written, toText(login.refresh_token)].flatMap(secret => secret ?? []),
    fingerprint: fingerprintOf(machine, token),
    expiresAt: toEpochMs(login.expires_at),
    stored: false,
  });
}
