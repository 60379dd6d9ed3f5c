import {createHash} from 'node:crypto';
import type {Binding} from '../../core/custom/binding.ts';
import type {CustomProvider} from '../../core/custom/definition.ts';
import {expanded, needsTrust} from '../../core/custom/gate.ts';
import {prepareForSecrets} from '../credentials/file.ts';
import {
  BrokenFileError,
  changeJson,
  isRecord,
  type Json,
  type JsonFile,
  parseJson,
  pathOf,
  readJson,
} from '../files/json-store.ts';
import {ignoreErrors} from '../files/private-file.ts';
import {networkOf} from './network.ts';
import {troubleWith} from './permissions.ts';

/**
 * Which definitions the user trusts with a variable or lets run a program: `trust.json` beside the credentials, a hash of
 * what was agreed to for each. Whatever of that changes in the definition ends the trust.
 */

/** Null where there is nothing to agree to. `~` is written out: two homes are two programs. */
export function bindingOf(definition: CustomProvider, home: string): Binding | null {
  const {http, command} = definition;
  if (!needsTrust(definition)) return null;
  if (command !== undefined) {
    const [program, ...args] = command.run;
    const secretEnv = command.secretEnv ?? null;
    return {kind: 'command', run: [expanded(program, home), ...args], passEnv: command.passEnv, secretEnv};
  }
  const {header = '', scheme = '', env = ''} = http?.auth ?? {};
  const url = http?.url ?? '';
  return {kind: 'http', url, header, scheme, env, network: networkOf(new URL(url).hostname)};
}

/** Where the address leads follows from it. */
const agreedTo = (binding: Binding): readonly unknown[] =>
  binding.kind === 'http'
    ? ['http', binding.url, binding.header, binding.scheme, binding.env]
    : ['command', binding.run, binding.passEnv, binding.secretEnv];

const hashOf = (id: string, binding: Binding): string =>
  createHash('sha256')
    .update(JSON.stringify(['mystatus trust 1', id, ...agreedTo(binding)]))
    .digest('hex');

const fileIn = (directory: string): JsonFile => ({directory, name: 'trust', parse});

function parse(text: string): Json {
  const value = parseJson(text);
  if (!isRecord(value)) throw new BrokenFileError('not a JSON object');
  return value;
}

const recordsIn = (value: Json | null): Json => (isRecord(value?.trusted) ? value.trusted : {});

/** True also where there is nothing to agree to. What cannot be read, or was written by somebody else, is no trust. */
export function isTrusted(directory: string, definition: CustomProvider, home: string): boolean {
  const binding = bindingOf(definition, home);
  if (binding === null) return true;
  const file = fileIn(directory);
  if (troubleWith(pathOf(file)) !== null) return false;
  const records = ignoreErrors(() => recordsIn(readJson(file)), {});
  return Object.hasOwn(records, definition.id) && records[definition.id] === hashOf(definition.id, binding);
}

/** From now on it is trusted as it is. Throws what the file system throws. */
export async function trust(directory: string, definition: CustomProvider, home: string, now: number): Promise<void> {
  const binding = bindingOf(definition, home);
  if (binding === null) return;
  prepareForSecrets(directory);
  await change(directory, now, records => ({...records, [definition.id]: hashOf(definition.id, binding)}));
}

/** False when it was not trusted. Throws what the file system throws. */
export async function untrust(directory: string, id: string, now: number): Promise<boolean> {
  if (!Object.hasOwn(recordsIn(readJson(fileIn(directory))), id)) return false;
  await change(directory, now, ({[id]: _gone, ...others}) => others);
  return true;
}

const change = (directory: string, now: number, work: (records: Json) => Json): Promise<void> =>
  changeJson<Json>(fileIn(directory), {now, isLost: () => true, onAside: () => {}}, conf => {
    conf.store = {version: 1, trusted: work(recordsIn(conf.store))};
  });
