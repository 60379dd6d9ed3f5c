import type {RemedyInit} from '../../core/model.ts';
import type {Account, Machine} from '../../core/provider.ts';
import {problemAccount} from '../shared/accounts.ts';
import {type Held, nothing, remedyFor, trouble} from '../shared/held.ts';
import {maybeJson} from '../shared/http.ts';
import {discoverKeys, held} from '../shared/keys.ts';
import {inPi} from '../shared/pi.ts';
import {firstOf, isRecord, toText} from '../shared/values.ts';
import {type KeyFile, keyFiles, site} from './site.ts';

/** Every key on this machine. Never throws. */
export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverKeys(site, machine, names, {
    pi: each => inPi(site, each, 'openrouter'),
    ...Object.fromEntries(keyFiles.map(file => [file.place, (each: Machine) => inKeyFile(each, file)])),
  });

async function inKeyFile(machine: Machine, {path, source}: KeyFile): Promise<Held> {
  const file = await machine.readText(`${machine.home}/${path}`);
  if (file.state === 'missing') return nothing;
  const problem = (why: string, remedy: RemedyInit) => trouble(problemAccount(machine, site.id, {source, why, remedy}));
  if (file.state === 'unreadable') return problem(file.why, remedyFor(file));
  const value = maybeJson(file.text);
  if (isRecord(value)) return held(site, machine, source, firstOf(value, ['apiKey', 'api_key', 'key'], toText));
  // A bare key may stand there in place of an object.
  if (/^\s*[[{]/.test(file.text)) return problem('it is not a JSON object', 'fix-file');
  return held(site, machine, source, toText(value) ?? file.text);
}
