import type {Reading, Remedy} from '../../core/model.ts';
import type {Account, Machine, Wire} from '../../core/provider.ts';
import {problemAccount} from '../shared/accounts.ts';
import {beside} from '../shared/beside.ts';
import {type Held, nothing, remedyFor, trouble} from '../shared/held.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import type {KeyCredential} from '../shared/keys.ts';
import {discoverOwnKeys} from '../shared/own-keys.ts';
import {heldToken, type TokenCredential} from '../shared/token-login.ts';
import {recordOf, toText} from '../shared/values.ts';
import {parseCredits, parseSubscription} from './parse.ts';
import {credentialsFile, host, place, site} from './site.ts';

export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverOwnKeys(site, machine, names, {[place]: inCredentials});

const signIn: Remedy = {code: 'run', command: 'codebuff'};

/** What Codebuff itself signed in with; a token that may end. */
async function inCredentials(machine: Machine): Promise<Held> {
  const source = 'codebuff credentials.json';
  const file = await machine.readJson(`${machine.home}/${credentialsFile}`);
  if (file.state === 'missing') return nothing;
  if (file.state === 'unreadable')
    return trouble(problemAccount(machine, site.id, {source, why: file.why, remedy: remedyFor(file)}));
  const whole = recordOf(file.value);
  const login = [recordOf(whole.default), whole].find(each => toText(each.authToken) !== undefined);
  const token = toText(login?.authToken);
  if (token === undefined) return nothing;
  const told = {source, token, renew: signIn, label: toText(login?.email) ?? place, identity: `source ${source}`};
  return heldToken(machine, site.id, told, {key: token} satisfies KeyCredential);
}

/** Asks for the credits and, with a login, for the subscription (docs/providers/codebuff.md#requests). Throws only `ProviderError`. */
export async function fetchCredits(account: Account, wire: Wire): Promise<Reading> {
  const reading = parseCredits(await ask(account, wire, '/api/v1/usage', {fingerprintId: 'mystatus-tui'}), wire.now());
  if (renewOf(account) === undefined) return reading;
  const subscription = await beside(wire, `codebuff subscription ${account.key}`, () =>
    ask(account, wire, '/api/user/subscription'),
  );
  const {windows, ...more} = parseSubscription(subscription, wire.now());
  return {...reading, ...more, windows: [...reading.windows, ...windows]};
}

/** A key has none: it does not end. */
const renewOf = ({credential}: Account): Remedy | undefined => (credential as Partial<TokenCredential>).renew;

function ask(account: Account, wire: Wire, path: string, body?: object): Promise<unknown> {
  const renew = renewOf(account);
  return askWithKey(account, wire, {
    url: `https://${host}${path}`,
    remedy: renew ?? {code: 'replace-credential', name: site.id},
    isToken: renew !== undefined,
    ...(body !== undefined && {body}),
  });
}
