import type {Account, Machine} from '../../core/provider.ts';
import {problemAccount} from '../shared/accounts.ts';
import {type Held, nothing, remedyFor, trouble} from '../shared/held.ts';
import {maybeJson} from '../shared/http.ts';
import {jwtClaims} from '../shared/jwt.ts';
import {held} from '../shared/keys.ts';
import {discoverOwnKeys} from '../shared/own-keys.ts';
import {heldToken} from '../shared/token-login.ts';
import {recordOf, toEpochMs, toText} from '../shared/values.ts';
import {files, places, runDroid, site, variable} from './names.ts';
import {opened} from './sealed.ts';

/** Every Factory login on this machine (docs/providers/factory.md#where-logins-are-found). Never throws. */
export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverOwnKeys(site, machine, names, {[places.envFile]: inEnvFile, [places.droid]: inDroid});

const assignment = new RegExp(String.raw`^\s*(?:export\s+)?${variable}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s#]*))`, 'gm');

async function inEnvFile(machine: Machine): Promise<Held> {
  const source = 'factory .env';
  const file = await machine.readText(`${machine.home}/${files.env}`);
  if (file.state === 'missing') return nothing;
  if (file.state === 'unreadable')
    return trouble(problemAccount(machine, site.id, {source, why: file.why, remedy: remedyFor(file)}));
  // As a shell reads it: the last one counts.
  const [, double, single, bare] = [...file.text.matchAll(assignment)].at(-1) ?? [];
  return held(site, machine, source, double ?? single ?? bare);
}

/** Droid's own sign-in: sealed, with the key beside it. A token of a week, which Droid renews. */
async function inDroid(machine: Machine): Promise<Held> {
  const source = 'droid auth.v2.file';
  const broken = (why: string, remedy = remedyFor({reason: 'broken'}, runDroid)): Held =>
    trouble(problemAccount(machine, site.id, {source, why, remedy}));
  const [login, key] = await Promise.all([files.login, files.key].map(at => machine.readText(`${machine.home}/${at}`)));
  if (login === undefined || key === undefined || login.state === 'missing') return nothing;
  if (login.state === 'unreadable') return broken(login.why, remedyFor(login));
  if (key.state === 'missing') return broken('the key beside it is missing');
  if (key.state === 'unreadable') return broken(`the key beside it: ${key.why}`, remedyFor(key));
  const text = await opened(login.text, key.text);
  return text === null ? broken('the key beside it does not open it') : inSession(machine, source, maybeJson(text));
}

function inSession(machine: Machine, source: string, session: unknown): Held {
  const {access_token, refresh_token, active_organization_id: organization} = recordOf(session);
  const token = toText(access_token);
  if (token === undefined) return nothing;
  const {sub, exp, email} = jwtClaims(token) ?? {};
  const user = toText(sub);
  const login = {
    ...{source, token, renew: runDroid, label: toText(email) ?? places.droid, expiresAt: toEpochMs(exp)},
    identity: user === undefined ? `source ${source}` : `${user}\n${toText(organization) ?? ''}`,
    secrets: [refresh_token, organization],
  };
  return heldToken(machine, site.id, login);
}
