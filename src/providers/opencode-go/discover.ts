import type {Account, Machine} from '../../core/provider.ts';
import {uniqueAccounts} from '../shared/accounts.ts';
import {discoverKeys} from '../shared/keys.ts';
import {openOpencode} from '../shared/opencode.ts';
import {inPi} from '../shared/pi.ts';
import type {Credential} from './fetch.ts';
import {site, zenSite} from './site.ts';

const opencode = 'opencode';

/** Every key, those that may be of no Go plan last. Never throws. */
export async function discover(machine: Machine, names?: readonly string[]): Promise<Account[]> {
  const stores = openOpencode(machine);
  const own = await discoverKeys(site, machine, names, {pi: there => inPi(site, there, site.id)}, stores);
  const isWanted = names === undefined || names.includes(opencode);
  const zen = isWanted ? await discoverKeys(zenSite, machine, [opencode], {}, stores) : [];
  return uniqueAccounts([...own, ...zen.map(marked)], machine.now());
}

const marked = (account: Account): Account =>
  account.credential === null
    ? account
    : {...account, credential: {...(account.credential as Credential), isZen: true}};
