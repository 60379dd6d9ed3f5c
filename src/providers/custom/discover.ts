import {boundTo, type CustomProvider, takesLogin} from '../../core/custom/definition.ts';
import {type CustomGate, refusal} from '../../core/custom/gate.ts';
import type {Failure} from '../../core/model.ts';
import {type Account, accountKey, fingerprintOf, type Machine, type StoredCredential} from '../../core/provider.ts';
import {mask} from '../../core/text/redact.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {storedPlace} from '../shared/login-places.ts';
import {sentBy} from './request.ts';

/** `secret`: what `login` stored, and where alone it may go. */
export type CustomCredential = {secret?: string; boundTo?: string | undefined};

/** The accounts of a definition: one, or one for each credential that `login` stored for it. Never throws. */
export async function discover(definition: CustomProvider, gate: CustomGate, machine: Machine): Promise<Account[]> {
  const problem = await gate.refusalOf(definition);
  if (!takesLogin(definition)) return [accountAlone(definition, gate, machine, problem)];
  const stored = await machine.stored(definition.id);
  if (stored.length === 0 && problem !== null) return [accountAlone(definition, gate, machine, problem)];
  return stored.map(entry => accountOf(definition, entry, machine, problem));
}

/** Without a credential of our own: one in a variable, or none. */
function accountAlone(
  definition: CustomProvider,
  {env}: CustomGate,
  machine: Machine,
  refused: Failure | null,
): Account {
  const {id, http} = definition;
  const variable = http?.auth?.env;
  // It is looked at only where its definition is trusted, and is kept nowhere.
  const value = variable === undefined || refused !== null ? '' : env[variable]?.trim();
  const unset = value === undefined || (value === '' && variable !== undefined && refused === null);
  const problem = refused ?? (unset ? refusal({code: 'not-set', name: id, place: variable ?? ''}) : null);
  return {
    ...common(definition),
    // Figures of another place are those of another account, whatever the definition is called.
    key: accountKey(machine, id, `alone ${boundTo(definition)}`),
    label: variable === undefined ? sentBy(definition) : `$${variable}`,
    source: variable === undefined ? 'config.json' : 'environment',
    fingerprint: fingerprintOf(machine, boundTo(definition), value ?? '', problem?.detail ?? ''),
    stored: false,
    secrets: [],
    ...(problem && {problem}),
  };
}

function accountOf(
  definition: CustomProvider,
  entry: StoredCredential,
  machine: Machine,
  refused: Failure | null,
): Account {
  const {id} = definition;
  const {secret, label, fields} = entry;
  const credential: CustomCredential = {secret, boundTo: fields.boundTo};
  const problem = refused ?? (fields.boundTo === boundTo(definition) ? null : givenElsewhere(id, fields.boundTo));
  return {
    ...common(definition),
    key: accountKey(machine, id, secret),
    label: label ?? mask(secret),
    source: storedPlace.name,
    credential,
    fingerprint: fingerprintOf(machine, boundTo(definition), secret),
    stored: true,
    secrets: [secret],
    ...(problem && {problem}),
  };
}

const common = ({id}: CustomProvider) => ({provider: id, credential: {} as CustomCredential, expiresAt: null});

export const givenElsewhere = (id: string, place: string | undefined): Failure =>
  refusal(
    {code: 'given-elsewhere', name: id, ...(place !== undefined && {place: sanitize(place, 100)})},
    {code: 'replace-credential', name: id},
  );
