import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import {problemAccount} from '../shared/accounts.ts';
import {remedyFor} from '../shared/held.ts';
import {isRecord, toText} from '../shared/values.ts';
import {bl, id, names as programs} from './program.ts';

/** Whoever is signed in to the console with bl, where there is somebody. Never throws. */
export async function discover(machine: Machine, names?: readonly string[]): Promise<Account[]> {
  if (names !== undefined && !names.includes(bl.name)) return [];
  const path = await findProgram(machine);
  if (path === null) return [];
  const given = toText(machine.env.DASHSCOPE_ACCESS_TOKEN);
  if (given !== undefined) return [accountOf(machine, path, [given])];
  const directory = toText(machine.env.BAILIAN_CONFIG_DIR) ?? `${machine.home}/.bailian`;
  const file = await machine.readJson(`${directory}/config.json`);
  if (file.state === 'missing') return [];
  if (file.state === 'unreadable')
    return [problemAccount(machine, id, {source: 'bl config.json', why: file.why, remedy: remedyFor(file)})];
  const tokens = tokensIn(file.value);
  return tokens.length === 0 ? [] : [accountOf(machine, path, tokens)];
}

async function findProgram(machine: Machine): Promise<string | null> {
  for (const name of programs) {
    const path = await machine.which(name);
    if (path !== null) return path;
  }
  return null;
}

/** The tokens are bl's: here they only tell that somebody is signed in, and whether it is a new sign-in. */
function accountOf(machine: Machine, path: string, tokens: readonly string[]): Account {
  return {
    ...{key: accountKey(machine, id, bl.name), provider: id, label: bl.name, source: bl.name, place: bl.name},
    ...{credential: {path}, secrets: tokens, expiresAt: null, stored: false},
    fingerprint: fingerprintOf(machine, path, ...tokens),
  };
}

/** Of the login of the console, in the settings themselves or in those of a name. */
function tokensIn(value: unknown, depth = 3): string[] {
  if (!isRecord(value) || depth === 0) return [];
  const own = [value.access_token, value.accessToken].flatMap(each => toText(each) ?? []);
  return [...new Set([...own, ...Object.values(value).flatMap(each => tokensIn(each, depth - 1))])];
}
