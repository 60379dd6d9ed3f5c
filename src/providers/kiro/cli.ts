import type {Machine, Rows} from '../../core/provider.ts';
import {type Held, hint, nothing} from '../shared/held.ts';
import {maybeJson} from '../shared/http.ts';
import {knownRows} from '../shared/known-rows.ts';
import {type Json, recordOf, toEpochMs, toText} from '../shared/values.ts';
import {type Found, loginIn, unreadable} from './login.ts';
import {places} from './names.ts';

/** The command line's store: where KIROCLI_DB_PATH says and nowhere else, or among the platform's data. */
export const inCli = (machine: Machine): Promise<Held> =>
  inStore(machine, machine.env.KIROCLI_DB_PATH || dataPath(machine, 'kiro-cli', machine.env.KIRO_DATA_DIR), {
    ...{source: 'kiro-cli data.sqlite3', label: places.cli},
    renew: {code: 'run', command: 'kiro-cli'},
  });

/** The program that Kiro's command line grew out of: what it left behind counts only where that has no login. */
export async function inAmazonQ(machine: Machine, cli: Promise<Held>): Promise<Held> {
  const {logins, problems} = await cli;
  if (logins.length + problems.length > 0) return nothing;
  return inStore(machine, dataPath(machine, 'amazon-q'), {
    ...{source: 'amazon-q data.sqlite3', label: places.amazonQ},
    renew: {code: 'run', command: 'q'},
  });
}

function dataPath({env, home, platform}: Machine, directory: string, root?: string): string {
  const own =
    platform === 'darwin'
      ? `${home}/Library/Application Support`
      : platform === 'win32'
        ? env.APPDATA || `${home}/AppData/Roaming`
        : env.XDG_DATA_HOME || `${home}/.local/share`;
  return `${root || own}/${directory}/data.sqlite3`;
}

// 'odic' is how the programs spell it.
const tokenKeys = ['kirocli:odic:token', 'kirocli:oidc:token', 'kirocli:social:token', 'codewhisperer:odic:token'];
const tokens = `select cast(value as text) as value from auth_kv where key in ('${tokenKeys.join("', '")}')`;
const profile = "select cast(value as text) as value from state where key = 'api.codewhisperer.profile'";

async function inStore(machine: Machine, path: string, found: Found): Promise<Held> {
  const read = await knownRows(machine, path, tokens);
  if (read.state === 'unreadable') return hint(unreadable(machine, found.source, read));
  const newest = valuesIn(read).sort((a, b) => endOf(b) - endOf(a))[0];
  if (newest === undefined) return nothing;
  const [told] = valuesIn(await knownRows(machine, path, profile));
  return loginIn(machine, newest, {...found, profileArn: toText(told?.arn)});
}

const valuesIn = (read: Rows): Json[] =>
  read.state === 'ok' ? read.rows.map(({value}) => recordOf(maybeJson(String(value)))) : [];

/** Of several ways to sign in the one that was used last. */
const endOf = (login: Json): number => toEpochMs(login.expires_at) ?? 0;
