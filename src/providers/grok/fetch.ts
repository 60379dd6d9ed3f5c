import type {Reading, Remedy} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {beside} from '../shared/beside.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {requireAlive} from '../shared/token-login.ts';
import {hour} from '../shared/windows.ts';
import {host} from './names.ts';
import {parseBilling, planOf} from './parse.ts';

/** What `discover` puts into an account beside its token: what helps where xAI itself refuses it. */
export type Refused = {refused: Remedy};

/** Asks for the billing figures (docs/providers/grok.md#requests). Throws only `ProviderError`. */
export async function fetchBilling(account: Account, wire: Wire): Promise<Reading> {
  requireAlive(account, wire);
  const reading = parseBilling(await ask(account, wire, '/v1/billing?format=credits'));
  return {...reading, plan: reading.plan ?? (await askedPlan(account, wire))};
}

// A plan changes once in a month, if ever.
const keptMs = hour;

/** The plan where the figures do not name it, asked once an hour at most; a failure is none of the reading's. */
async function askedPlan(account: Account, wire: Wire): Promise<string | null> {
  const slot = `grok plan ${account.key}`;
  const held = wire.memory.get(slot) as {at: number; plan: string | null} | undefined;
  if (held !== undefined && Math.abs(wire.now() - held.at) < keptMs) return held.plan;
  const settings = await beside(wire, slot, () => ask(account, wire, '/v1/settings'));
  const plan = planOf(settings) ?? held?.plan ?? null;
  wire.memory.set(slot, {at: wire.now(), plan});
  return plan;
}

function ask(account: Account, wire: Wire, path: string): Promise<unknown> {
  const {refused: remedy} = account.credential as Refused;
  // Says what kind of token it is: without it there is no such address.
  const headers = {'x-xai-token-auth': 'xai-grok-cli'};
  return askWithKey(account, wire, {url: `https://${host}${path}`, remedy, headers});
}
