import type {Remedy} from '../../core/model.ts';
import type {Account, Machine} from '../../core/provider.ts';
import {type Held, inJsonFile, nothing} from '../shared/held.ts';
import {discoverKeys, held} from '../shared/keys.ts';
import {heldToken} from '../shared/token-login.ts';
import {type Json, recordOf, toEpochMs, toText} from '../shared/values.ts';
import {cliPlace, site, teamOf} from './site.ts';

/** Every key on this machine, and the login of Kilo's command line. Never throws. */
export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverKeys(site, machine, names, {[cliPlace]: inCli});

const source = 'kilo auth.json';

function inCli(machine: Machine): Promise<Held> {
  const path = `${machine.env.XDG_DATA_HOME || `${machine.home}/.local/share`}/kilo/auth.json`;
  return inJsonFile(machine, site.id, {source, path}, value => {
    const entry = recordOf(recordOf(value).kilo);
    return entry.type === 'api' ? held(site, machine, source, entry.key) : signedIn(machine, entry);
  });
}

const signIn: Remedy = {code: 'run', command: 'kilo auth login'};

/** A token that ends by itself; the team that was chosen stands beside it. */
function signedIn(machine: Machine, {access, refresh, expires, accountId}: Json): Held {
  const token = toText(access);
  if (token === undefined) return nothing;
  const fields = teamOf(accountId);
  const identity = ['login', ...Object.values(fields)].join(' ');
  const login = {source, token, identity, label: cliPlace, expiresAt: toEpochMs(expires), secrets: [refresh]};
  return heldToken(machine, site.id, {...login, renew: signIn}, {fields});
}
