import type {Machine} from '../../core/provider.ts';
import {problemAccount} from '../shared/accounts.ts';
import {type Held, hint, nothing, remedyFor, trouble} from '../shared/held.ts';
import {jwtClaims} from '../shared/jwt.ts';
import {parseJsonc} from '../shared/opencode-config.ts';
import {heldToken} from '../shared/token-login.ts';
import {isRecord, type Json, recordOf, toEpochMs, toText} from '../shared/values.ts';
import type {Login} from './fetch.ts';
import {cliFiles, id, places} from './names.ts';

const source = 'gemini oauth_creds.json';
const [loginFile, accountsFile, settingsFile] = cliFiles;

/** The command line's login, unless it signs in in a way that has no quota of a plan. */
export async function inCli(machine: Machine, project: string | undefined): Promise<Held> {
  const directory = `${machine.env.GEMINI_CLI_HOME || machine.home}/.gemini`;
  const way = await signInWay(machine, directory);
  if (way !== undefined && way !== 'oauth-personal') return hint(otherWay(machine));
  const file = await machine.readJson(`${directory}/${loginFile}`);
  if (file.state === 'unreadable')
    return trouble(problemAccount(machine, id, {source, why: file.why, remedy: remedyFor(file)}));
  // Without a file, signed in all the same: then the login is where it is not read.
  if (file.state === 'missing') return way === undefined ? nothing : hint(hidden(machine));
  return isRecord(file.value) ? loginIn(machine, file.value, await activeEmail(machine, directory), project) : nothing;
}

/** 'oauth-personal', 'gemini-api-key', 'vertex-ai' and others, as the settings of today or of older versions name them. */
async function signInWay(machine: Machine, directory: string): Promise<string | undefined> {
  const file = await machine.readText(`${directory}/${settingsFile}`);
  const settings = recordOf(file.state === 'ok' ? parseJsonc(file.text) : undefined);
  return toText(recordOf(recordOf(settings.security).auth).selectedType) ?? toText(settings.selectedAuthType);
}

const otherWay = (machine: Machine) =>
  problemAccount(machine, id, {
    source: 'gemini settings.json',
    why: 'an API key or Vertex AI has no plan quota',
    remedy: 'gemini/other-sign-in',
  });

const hidden = (machine: Machine) =>
  problemAccount(machine, id, {
    source,
    why: 'it is missing; the login is encrypted or in the system keychain, which is not read',
    remedy: {code: 'replace-credential', name: id},
  });

async function activeEmail(machine: Machine, directory: string): Promise<string | undefined> {
  const file = await machine.readJson(`${directory}/${accountsFile}`);
  return file.state === 'ok' ? toText(recordOf(file.value).active) : undefined;
}

function loginIn(machine: Machine, file: Json, email: string | undefined, project: string | undefined): Held {
  const token = toText(file.access_token);
  if (token === undefined) return nothing;
  const claims = jwtClaims(toText(file.id_token) ?? '') ?? {};
  const known = toText(claims.email) ?? email;
  const login = {
    ...{
      source,
      token,
      label: known ?? places.cli,
      identity: toText(claims.sub) ?? known?.toLowerCase() ?? `source ${source}`,
    },
    ...{expiresAt: toEpochMs(file.expiry_date), secrets: [file.refresh_token, file.id_token]},
  };
  const more = {project, isWorkspace: toText(claims.hd) !== undefined} satisfies Login;
  return heldToken(machine, id, {...login, renew: {code: 'gemini/renew'}}, more);
}
