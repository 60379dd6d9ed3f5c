import type {Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {beside} from '../shared/beside.ts';
import {jsonOf} from '../shared/http.ts';
import {requireAlive, type TokenCredential} from '../shared/token-login.ts';
import {hour} from '../shared/windows.ts';
import {connectFailure, isConnectSuccess} from './connect.ts';
import type {Membership} from './discover.ts';
import {host} from './names.ts';
import {membershipName, parseGrants, parsePlan, parseUsage} from './parse.ts';

/** Asks for the usage, and for what may stand beside it (docs/providers/cursor.md#requests). Throws only `ProviderError`. */
export async function fetchUsage(account: Account, wire: Wire): Promise<Reading> {
  requireAlive(account, wire);
  const reading = parseUsage(await call(account, wire, 'GetCurrentPeriodUsage'));
  const [plan, grants] = await Promise.all([
    planOf(account, wire),
    beside(wire, `cursor grants ${account.key}`, () => call(account, wire, 'GetCreditGrantsBalance')),
  ]);
  return {...reading, plan, amounts: parseGrants(grants)};
}

// A plan changes once in a month, if ever.
const keptMs = hour;

async function planOf(account: Account, wire: Wire): Promise<string | null> {
  const slot = `cursor plan ${account.key}`;
  const held = wire.memory.get(slot) as {at: number; plan: string | null} | undefined;
  const noted = membershipName((account.credential as Membership).membership);
  if (held !== undefined && Math.abs(wire.now() - held.at) < keptMs) return held.plan ?? noted;
  const plan = parsePlan(await beside(wire, slot, () => call(account, wire, 'GetPlanInfo'))) ?? held?.plan ?? null;
  wire.memory.set(slot, {at: wire.now(), plan});
  return plan ?? noted;
}

async function call(account: Account, wire: Wire, method: string): Promise<unknown> {
  const {key, renew} = account.credential as TokenCredential;
  const response = await wire.send({
    method: 'POST',
    url: `https://${host}/aiserver.v1.DashboardService/${method}`,
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'Connect-Protocol-Version': '1',
      'User-Agent': `mystatus-tui/${wire.version}`,
    },
    body: '{}',
  });
  if (isConnectSuccess(response)) return jsonOf(response);
  throw connectFailure(response, wire.now(), renew);
}
