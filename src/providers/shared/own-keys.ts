import type {LoginPlace} from '../../core/login-place.ts';
import type {Account, Machine} from '../../core/provider.ts';
import {uniqueAccounts} from './accounts.ts';
import {readPlaces, together} from './held.ts';
import {held, type KeyOwner, type MorePlaces, storedKeys} from './keys.ts';
import {storedPlace} from './login-places.ts';

/** A service whose keys no other tool keeps: they stand in its own variables and files. */
export type OwnKeySite = KeyOwner & {variables: readonly string[]};

export const ownKeyPlaces = ({variables}: Pick<OwnKeySite, 'variables'>): LoginPlace[] => [
  {name: 'environment', variables},
  storedPlace,
];

/** Every key in these places and in `more`; a key in several places is one account. Never throws. */
export async function discoverOwnKeys(
  site: OwnKeySite,
  machine: Machine,
  names: readonly string[] | undefined,
  more: MorePlaces,
): Promise<Account[]> {
  const rest = Object.entries(more).map(([name, read]) => [name, () => read(machine)] as const);
  const readers = {
    environment: () => together(site.variables.map(source => held(site, machine, source, machine.env[source]))),
    [storedPlace.name]: () => storedKeys(site, machine),
    ...Object.fromEntries(rest),
  };
  const {logins, problems, hints} = await readPlaces(readers, names);
  return uniqueAccounts([...logins, ...problems, ...(logins.length === 0 ? hints : [])], machine.now());
}
