import {type Amount, ProviderError, type Reading, type Remedy} from '../../core/model.ts';
import type {Account, Wire, WireResponse} from '../../core/provider.ts';
import {beside} from '../shared/beside.ts';
import {failureOf, jsonOf, serverReason} from '../shared/http.ts';
import type {KeyCredential} from '../shared/keys.ts';
import {requireAlive, type TokenCredential} from '../shared/token-login.ts';
import type {Member} from './discover.ts';
import {parseBalance, parseLimits, parseUserId} from './parse.ts';
import {site} from './site.ts';

/** A key does not end; Cline's own sign-in does. */
type Credential = KeyCredential | (TokenCredential & Member);

/** Asks for the limits and the credits (docs/providers/clinepass.md#requests). Throws only `ProviderError`. */
export async function fetchLimits(account: Account, wire: Wire): Promise<Reading> {
  requireAlive(account, wire);
  const limits = await call(account, wire, '/api/v1/users/me/plan/usage-limits').then(
    body => parseLimits(body, wire.now()),
    noPlanIn,
  );
  const balance = await balanceOf(account, wire);
  if (limits instanceof ProviderError) {
    if (balance === undefined) throw limits;
    return {plan: null, windows: [], amounts: [balance], notes: []};
  }
  if (balance === undefined) return {...limits, notes: [...limits.notes, {code: 'clinepass/no-balance'}]};
  return {...limits, amounts: [balance]};
}

/** A login without the pass may still have credits; any other failure is thrown on. */
function noPlanIn(error: unknown): ProviderError {
  if (error instanceof ProviderError && error.code === 'no_plan') return error;
  throw error;
}

/** Undefined when it cannot be had: the limits are what matters. */
const balanceOf = (account: Account, wire: Wire): Promise<Amount | undefined> =>
  beside(wire, `clinepass balance ${account.key}`, async () => {
    const user = encodeURIComponent(await userOf(account, wire));
    return parseBalance(await call(account, wire, `/api/v1/users/${user}/balance`));
  });

/** A key does not say whose it is: that is asked once. */
async function userOf(account: Account, wire: Wire): Promise<string> {
  const {accountId} = account.credential as Member;
  const slot = `clinepass user ${account.key}`;
  const known = accountId ?? wire.memory.get(slot);
  if (typeof known === 'string') return known;
  const user = parseUserId(await call(account, wire, '/api/v1/users/me'));
  wire.memory.set(slot, user);
  return user;
}

async function call(account: Account, wire: Wire, path: string): Promise<unknown> {
  const credential = account.credential as Credential;
  const response = await wire.send({
    url: `https://${site.hosts[0]}${path}`,
    headers: {
      Authorization: `Bearer ${'key' in credential ? credential.key : credential.token}`,
      Accept: 'application/json',
      'User-Agent': `mystatus-tui/${wire.version}`,
    },
  });
  if (response.status >= 200 && response.status < 300) return jsonOf(response);
  throw refusalOf(response, wire.now(), credential);
}

const pass: Remedy = {code: 'subscribe', name: 'ClinePass', url: 'https://app.cline.bot'};

function refusalOf(response: WireResponse, now: number, credential: Credential): ProviderError {
  const remedy: Remedy = 'key' in credential ? {code: 'replace-credential', name: site.id} : credential.renew;
  const failure = failureOf(response, now, {expired: remedy, auth_rejected: remedy});
  const {message: detail} = failure;
  // A moved address is a 404 as well, in other words.
  if (response.status === 404 && /no plan/i.test(serverReason(response.text) ?? ''))
    return new ProviderError('no_plan', {detail, remedy: pass});
  return failure.code === 'expired' && 'key' in credential
    ? new ProviderError('auth_rejected', {detail, remedy})
    : failure;
}
