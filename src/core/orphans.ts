import {accountKey, type Machine, type Provider, type StoredCredential, storeIds} from './provider.ts';
import type {Orphan} from './services.ts';
import {mask} from './text/redact.ts';
import {revealing} from './text/reveal.ts';

type Known = {providers: readonly Provider[]; machine: Pick<Machine, 'sha256'>};

/** Of what is stored: what no provider uses. */
export const orphansIn = (stored: readonly StoredCredential[], {providers, machine}: Known): Orphan[] =>
  stored.filter(entry => !isUsed(entry, providers)).map(entry => orphanFrom(machine, entry));

/** What was bound to the address of a provider of the user's own is for no other one that has its id now. */
function isUsed({provider, fields}: StoredCredential, providers: readonly Provider[]): boolean {
  if (storeIds.includes(provider)) return true;
  const owner = providers.find(({id}) => id === provider);
  return owner !== undefined && (fields.boundTo === undefined || owner.login?.boundTo !== undefined);
}

function orphanFrom(machine: Known['machine'], {id, provider, label, secret}: StoredCredential): Orphan {
  const isShowable = label !== undefined && revealing(label, [secret]) === null;
  return {storedId: id, key: accountKey(machine, provider, secret), provider, label: isShowable ? label : mask(secret)};
}
