import type {Account, Machine} from '../../core/provider.ts';
import {uniqueAccounts} from '../shared/accounts.ts';
import {type Held, readPlaces} from '../shared/held.ts';
import {storedPlace} from '../shared/login-places.ts';
import {storedTokens} from '../shared/token-login.ts';
import {toText} from '../shared/values.ts';
import {inAmazonQ, inCli} from './cli.ts';
import {inIde} from './ide.ts';
import {heldLogin} from './login.ts';
import {id, places} from './names.ts';

/** Every Kiro login on this machine (docs/providers/kiro.md#where-logins-are-found). Never throws. */
export async function discover(machine: Machine, names?: readonly string[]): Promise<Account[]> {
  let cli: Promise<Held> | undefined;
  const readCli = (): Promise<Held> => {
    cli ??= inCli(machine);
    return cli;
  };
  const readers = {
    [storedPlace.name]: () =>
      storedTokens(machine, id, (login, fields) =>
        heldLogin(machine, {...login, identity: `token ${login.token}`}, {profileArn: toText(fields.profileArn)}),
      ),
    [places.ide]: () => inIde(machine),
    [places.cli]: readCli,
    [places.amazonQ]: () => inAmazonQ(machine, readCli()),
  };
  const {logins, problems, hints} = await readPlaces(readers, names);
  const accounts = uniqueAccounts([...logins, ...problems], machine.now());
  return accounts.length > 0 ? accounts : hints.slice(0, 1);
}
