import type {Reading} from '../../core/model.ts';
import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import {uniqueAccounts} from '../shared/accounts.ts';
import {readPlaces} from '../shared/held.ts';
import {storedPlace} from '../shared/login-places.ts';
import {storedTokens} from '../shared/token-login.ts';
import {inCli} from './cli.ts';
import {figuresOf, inEditors} from './editors.ts';
import type {Credential} from './fetch.ts';
import {loginOf} from './login.ts';
import {directories, id, places} from './names.ts';

/** The Devin or Windsurf account of this machine, and what `login` saved (docs/providers/devin.md#where-logins-are-found). Never throws. */
export async function discover(machine: Machine, names?: readonly string[]): Promise<Account[]> {
  const readers = {
    [storedPlace.name]: () =>
      storedTokens(machine, id, (login, {product}) =>
        loginOf(machine, {...login, identity: `token ${login.token}`}, product === 'windsurf' ? product : 'devin'),
      ),
    [places.cli]: () => inCli(machine),
    [places.windsurf]: () => inEditors(machine, directories.windsurf, places.windsurf, 'windsurf'),
    [places.devin]: () => inEditors(machine, directories.devin, places.devin, 'devin'),
  };
  const {logins, problems, hints} = await readPlaces(readers, names);
  const stored = logins.filter(login => login.stored);
  const [first, ...others] = logins.filter(login => !login.stored);
  const figures = await figuresOf(machine);
  const mayStandAlone = names?.includes(places.windsurf) ?? true;
  const alone = mayStandAlone && figures !== null ? [noted(machine, figures)] : [];
  const own = first === undefined ? alone : [withFallbacks(machine, first, others, figures)];
  const accounts = uniqueAccounts([...stored, ...own, ...problems], machine.now());
  return accounts.length > 0 ? accounts : hints.slice(0, 1);
}

type Figures = NonNullable<Awaited<ReturnType<typeof figuresOf>>>;
type Login = Account & {place?: string};

/** The programs keep one login, each in its own place: where one has ended, the next may live. */
function withFallbacks(machine: Machine, first: Login, others: readonly Login[], figures: Figures | null): Account {
  const {place, ...account} = first;
  const unlike = others.filter(
    ({secrets}, at) => [first, ...others].findIndex(each => each.secrets[0] === secrets[0]) > at,
  );
  const fallbacks = unlike.map(({credential}) => credential as Credential);
  const secrets = [first, ...unlike].flatMap(each => each.secrets);
  return {
    ...account,
    key: ownKey(machine),
    credential: {...(account.credential as Credential), fallbacks},
    secrets,
    fingerprint: fingerprintOf(machine, ...secrets),
    // Read again at one place alone, it would be another login.
    ...(unlike.length === 0 && place !== undefined && {place}),
    ...(figures !== null && {cached: figures.known}),
  };
}

const ownKey = (machine: Machine): string => accountKey(machine, id, 'this machine');

const nothingNoted: Reading = {
  ...{plan: null, windows: [], amounts: [], notes: []},
  remedy: {code: 'open', name: places.windsurf},
};

/** Figures that an editor noted whose login lies elsewhere. */
const noted = (machine: Machine, {source, known}: Figures): Account => ({
  ...{key: ownKey(machine), provider: id, label: places.windsurf, source, place: places.windsurf},
  ...{credential: null, secrets: [], fingerprint: fingerprintOf(machine, id), expiresAt: null, stored: false},
  ...{passive: nothingNoted, cached: known},
});
