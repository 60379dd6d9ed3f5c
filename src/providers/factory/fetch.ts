import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {beside} from '../shared/beside.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {requireAlive} from '../shared/token-login.ts';
import {hour} from '../shared/windows.ts';
import {host} from './names.ts';
import {isOlderPlan, type Member, parseLimits, parseMember, parseTokens} from './parse.ts';

/** Asks for the limits, and for whose they are (docs/providers/factory.md#requests). Throws only `ProviderError`. */
export async function fetchLimits(account: Account, wire: Wire): Promise<Reading> {
  requireAlive(account, wire);
  const body = await ask(account, wire, '/api/billing/limits');
  const limits = parseLimits(body, wire.now());
  const windows = isOlderPlan(body) ? await olderWindows(account, wire) : limits.windows;
  return {...limits, windows, ...(await memberOf(account, wire))};
}

/** Tokens of a plan from before the limits; none where the service does not tell them. */
async function olderWindows(account: Account, wire: Wire): Promise<Reading['windows']> {
  try {
    return parseTokens(await ask(account, wire, '/api/organization/subscription/usage', {useCache: true}));
  } catch (error) {
    if (error instanceof ProviderError && (error.code === 'no_plan' || error.code === 'auth_rejected')) return [];
    throw error;
  }
}

// A plan changes once in a month, if ever.
const keptMs = hour;

/** Asked once an hour at most; a failure is none of the reading's. */
async function memberOf(account: Account, wire: Wire): Promise<Member> {
  const slot = `factory member ${account.key}`;
  const held = wire.memory.get(slot) as {at: number; member: Member} | undefined;
  if (held !== undefined && Math.abs(wire.now() - held.at) < keptMs) return held.member;
  const body = await beside(wire, slot, () => ask(account, wire, '/api/app/auth/me'));
  const member = body === undefined ? (held?.member ?? {}) : parseMember(body);
  wire.memory.set(slot, {at: wire.now(), member});
  return member;
}

// There is no such address for this plan.
const none = {code: 'no_plan'} as const;

const ask = (account: Account, wire: Wire, path: string, body?: object): Promise<unknown> =>
  askWithKey(account, wire, {
    url: `https://${host}${path}`,
    ...(body !== undefined && {body, meanings: {400: none, 404: none, 405: none, 410: none}}),
  });
