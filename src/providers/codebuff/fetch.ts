import type {Reading, Remedy} from '../../core/model.ts';
import type {Account, Machine, Wire} from '../../core/provider.ts';
import {beside} from '../shared/beside.ts';
import {type Held, inJsonFile, nothing} from '../shared/held.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import type {KeyCredential} from '../shared/keys.ts';
import {discoverOwnKeys} from '../shared/own-keys.ts';
import {heldToken} from '../shared/token-login.ts';
import {recordOf, toText} from '../shared/values.ts';
import {parseCredits, parseSubscription} from './parse.ts';
import {credentialsFile, host, place, site} from './site.ts';

export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverOwnKeys(site, machine, names, {[place]: inCredentials});

const source = 'codebuff credentials.json';
const signIn: Remedy = {code: 'run', command: 'codebuff'};

/** What Codebuff itself signed in with; a token that may end. */
const inCredentials = (machine: Machine): Promise<Held> =>
  inJsonFile(machine, site.id, {source, path: `${machine.home}/${credentialsFile}`}, file => {
    const whole = recordOf(file);
    const login = [recordOf(whole.default), whole].find(each => toText(each.authToken) !== undefined);
    const token = toText(login?.authToken);
    if (token === undefined) return nothing;
    const label = toText(login?.email) ?? place;
    return heldToken(machine, site.id, {source, token, renew: signIn, label, identity: `source ${source}`});
  });

/** Asks for the credits and, with a login, for the subscription (docs/providers/codebuff.md#requests). Throws only `ProviderError`. */
export async function fetchCredits(account: Account, wire: Wire): Promise<Reading> {
  const reading = parseCredits(await ask(account, wire, '/api/v1/usage', {fingerprintId: 'mystatus-tui'}), wire.now());
  // A key cannot ask for it.
  if ((account.credential as KeyCredential).renew === undefined) return reading;
  const subscription = await beside(wire, `codebuff subscription ${account.key}`, () =>
    ask(account, wire, '/api/user/subscription'),
  );
  const {windows, ...more} = parseSubscription(subscription, wire.now());
  return {...reading, ...more, windows: [...reading.windows, ...windows]};
}

const ask = (account: Account, wire: Wire, path: string, body?: object): Promise<unknown> =>
  askWithKey(account, wire, {url: `https://${host}${path}`, ...(body !== undefined && {body})});
