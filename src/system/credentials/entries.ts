import {randomBytes} from 'node:crypto';
import type {CredentialStore} from '../../core/credentials.ts';
import type {StoredCredential} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isRecord} from '../files/json-store.ts';

/** The entries of credentials.json: from what stands in the file to what we work with, and back. Pure. */

export type NewCredential = Omit<StoredCredential, 'id' | 'problem'>;
export type Patch = Parameters<CredentialStore['update']>[1];

export const idOf = (value: unknown): unknown => (isRecord(value) ? value.id : undefined);

/** Null for what this version does not know. The secret of one in the keychain is still to be read. */
export function toEntry(value: unknown): StoredCredential | null {
  if (!isRecord(value)) return null;
  const {id, provider, label, secret, fields} = value;
  const named = typeof label === 'string' ? {label} : {};
  if (typeof id !== 'string' || typeof provider !== 'string') return null;
  if (typeof secret === 'string' && secret !== '')
    return tidy({id, provider, secret, fields: textsOf(fields), ...named});
  return value.keychain === true
    ? tidy({id, provider, secret: '', fields: textsOf(fields), keychain: true, ...named})
    : null;
}

/** Without an empty label, and with one that is safe to draw. */
export function tidy<T extends NewCredential>({label = '', ...rest}: T) {
  const safe = sanitize(label);
  return {...rest, fields: textsOf(rest.fields), ...(safe ? {label: safe} : {})};
}

const textsOf = (fields: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(isRecord(fields) ? fields : {}).filter(
      (field): field is [string, string] => typeof field[1] === 'string',
    ),
  );

export function patched(old: unknown, {label, ...rest}: Patch): Record<string, unknown> {
  const {label: before, ...kept} = isRecord(old) ? old : {};
  const safe = label === undefined ? before : sanitize(label);
  return {...kept, ...rest, ...(safe ? {label: safe} : {})};
}

/** The same entry, when its secret lies in the keychain: without it. */
export function inKeychain(entry: Record<string, unknown>): Record<string, unknown> {
  const {secret: _elsewhere, ...rest} = entry;
  return {...rest, keychain: true};
}

export function newId(credentials: readonly unknown[]): string {
  const id = randomBytes(4).toString('hex');
  return credentials.some(entry => idOf(entry) === id) ? newId(credentials) : id;
}
