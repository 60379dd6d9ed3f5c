import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Machine, Wire} from '../../core/provider.ts';
import {type Held, together} from '../shared/held.ts';
import {unexpectedShape} from '../shared/http.ts';
import {askWithKey, type KeyRequest} from '../shared/key-fetch.ts';
import {held, type KeyCredential} from '../shared/keys.ts';
import {discoverOwnKeys} from '../shared/own-keys.ts';
import {recordOf, tidy, toNumber, toText} from '../shared/values.ts';
import {host, site} from './site.ts';

/** Keys in a variable, with the team that stands beside it, and those that were given to `login`. Never throws. */
export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverOwnKeys(site, machine, names, {environment: async () => inEnvironment(machine)});

function inEnvironment(machine: Machine): Held {
  const {env} = machine;
  const teamId = toText(env.XAI_TEAM_ID);
  const fields = teamId === undefined ? {} : {teamId};
  return together(site.variables.map(source => held(site, machine, source, env[source], {}, fields)));
}

/** Requests the balance of the key's team. Throws only `ProviderError`. */
export async function fetchBalance(account: Account, wire: Wire): Promise<Reading> {
  const team = encodeURIComponent(await teamOf(account, wire));
  const meanings = {404: {code: 'auth_rejected', remedy: 'xai/team'}} as const;
  return parseBalance(await ask(account, wire, `/v1/billing/teams/${team}/prepaid/balance`, meanings));
}

/** As it was told, else as the key says of itself, which is asked once. */
async function teamOf(account: Account, wire: Wire): Promise<string> {
  const {fields} = account.credential as KeyCredential;
  const slot = `xai team ${account.key}`;
  const known = fields?.teamId ?? wire.memory.get(slot);
  if (typeof known === 'string') return known;
  const team = parseTeam(await ask(account, wire, '/auth/management-keys/validation'));
  wire.memory.set(slot, team);
  return team;
}

const ask = (account: Account, wire: Wire, path: string, meanings: KeyRequest['meanings'] = {}): Promise<unknown> =>
  askWithKey(account, wire, {url: `https://${host}${path}`, remedy: 'xai/management-key', meanings});

/** A key of an organization can see several teams: which one is meant has to be said. */
export function parseTeam(body: unknown): string {
  const {scope, scopeId, teamId} = recordOf(body);
  if (scope === 'SCOPE_ORGANIZATION')
    throw new ProviderError('no_credentials', {detail: 'the key is of an organization', remedy: 'xai/team'});
  const team = scope === 'SCOPE_TEAM' ? (toText(scopeId) ?? toText(teamId)) : undefined;
  if (team === undefined) throw unexpectedShape('no team of the key', body);
  return team;
}

/** A ledger in cents in which money that was paid is below zero. */
export function parseBalance(body: unknown): Reading {
  const cents = toNumber(recordOf(recordOf(body).total).val);
  if (cents === undefined) throw unexpectedShape('no total', body);
  const amounts: Reading['amounts'] = [{id: 'balance', value: tidy(0 - cents / 100), unit: 'usd'}];
  return {plan: null, windows: [], amounts, notes: [{code: 'xai/posted'}]};
}
