import type {Account, Machine} from '../../core/provider.ts';
import {type Held, hint, nothing, sharedProblem, together} from '../shared/held.ts';
import {discoverKeys, held, isOn} from '../shared/keys.ts';
import {inPi, isPlainKey} from '../shared/pi.ts';
import {listOf, recordOf, toText} from '../shared/values.ts';
import {factoryPlace, factorySettings, piIds, piModels, site} from './site.ts';

/** Every key on this machine. Never throws. */
export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverKeys(site, machine, names, {pi: inPiFiles, [factoryPlace]: inFactory});

async function inPiFiles(machine: Machine): Promise<Held> {
  const logins = piIds.map(id => inPi(site, machine, id));
  const models = keysIn(machine, piModels, 'pi models.json', file => [
    recordOf(recordOf(recordOf(file).providers)[site.id]).apiKey,
  ]);
  return together(await Promise.all([...logins, models]));
}

/** Models that the user added, each with an address and a key of its own. */
const inFactory = (machine: Machine): Promise<Held> =>
  keysIn(machine, factorySettings, 'factory settings.json', file =>
    listOf(recordOf(file).customModels)
      .map(recordOf)
      .filter(({baseUrl}) => isOn(site.hosts, toText(baseUrl) ?? ''))
      .map(({apiKey}) => apiKey),
  );

async function keysIn(
  machine: Machine,
  path: string,
  source: string,
  keysOf: (file: unknown) => unknown[],
): Promise<Held> {
  const file = await machine.readJson(`${machine.home}/${path}`);
  if (file.state === 'missing') return nothing;
  if (file.state === 'unreadable')
    return hint(
      await sharedProblem(machine, site.id, {source, path: `${machine.home}/${path}`, words: [site.id]}, file),
    );
  return together(
    keysOf(file.value)
      .filter(isPlainKey)
      .map(key => held(site, machine, source, key)),
  );
}
