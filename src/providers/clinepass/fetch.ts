import {type Amount, ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire, WireResponse} from '../../core/provider.ts';
import {beside} from '../shared/beside.ts';
import {serverReason} from '../shared/http.ts';
import {askWithKey, type Meaning} from '../shared/key-fetch.ts';
import {requireAlive} from '../shared/token-login.ts';
import type {Member} from './discover.ts';
import {parseBalance, parseLimits, parseUserId} from './parse.ts';
import {site} from './site.ts';

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

const call = (account: Account, wire: Wire, path: string): Promise<unknown> =>
  askWithKey(account, wire, {url: `https://${site.hosts[0]}${path}`, meaningOf: response => noPassIn(response)});

const noPass: Meaning = {code: 'no_plan', remedy: {code: 'subscribe', name: 'ClinePass', url: 'https://app.cline.bot'}};

/** A moved address is a 404 as well, in other words. */
const noPassIn = ({status, text}: WireResponse): Meaning | undefined =>
  status === 404 && /no plan/i.test(serverReason(text) ?? '') ? noPass : undefined;
