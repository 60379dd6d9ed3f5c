import type {Machine} from '../../core/provider.ts';
import {type Held, hint, nothing, sharedProblem} from './held.ts';
import {held, type KeySite} from './keys.ts';
import {recordOf, toText} from './values.ts';

export const piPlace = {name: 'pi', files: ['~/.pi/agent/auth.json']} as const;

/** The key that pi keeps for one of its providers. */
export async function inPi(
  site: KeySite,
  machine: Machine,
  id: string,
  suits: (key: string) => boolean = () => true,
): Promise<Held> {
  const source = 'pi auth.json';
  const path = `${machine.home}/.pi/agent/auth.json`;
  const file = await machine.readJson(path);
  if (file.state === 'missing') return nothing;
  if (file.state === 'unreadable')
    return hint(await sharedProblem(machine, site.id, {source, path, words: [`"${id}"`]}, file));
  const key = toText(recordOf(recordOf(file.value)[id]).key);
  return isPlainKey(key) && suits(key) ? held(site, machine, source, key) : nothing;
}

/** In a key's place may also stand a command or the name of a variable. */
export function isPlainKey(value: unknown): value is string {
  const text = toText(value);
  return text !== undefined && !/^[!$]|^[A-Z][A-Z0-9_]*$/.test(text);
}
