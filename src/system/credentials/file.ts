import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {withLock} from '../files/file-lock.ts';
import {makePrivateDirectory, requirePrivate, restrictOwnDirectory} from '../files/private-directory.ts';
import {ignoreErrors, quarantine, readOwnText} from '../files/private-file.ts';
import {codeOf, Trouble} from '../files/trouble.ts';

/**
 * credentials.json, which only its owner may read:
 *
 *     {"version": 1, "credentials": [
 *       {"id": "3f2a91c0", "provider": "zai", "label": "work", "secret": "…", "fields": {}, "createdAt": "2026-11-22T…Z"}
 *     ]}
 *
 * `label` may be missing. `"keychain": true` stands in place of `secret` where that lies in the keychain; versions that do
 * not know of it skip such an entry and leave it as it is, so the version stays. Entries and keys that this version does not know stay as they are.
 */
export type CredentialsFile = Record<string, unknown> & {version: number; credentials: unknown[]};

/** `broken`: it is not what it should be. A file of a later version is read as far as it is understood, but never written. */
export type CredentialsRead = {state: 'ok'; file: CredentialsFile} | {state: 'broken'};

const name = 'credentials.json';
const currentVersion = 1;
export const credentialsPath = (directory: string): string => join(directory, name);

/** An empty file when there is none. Throws what the file system throws for a file that is there and unreadable. */
export function readCredentials(directory: string): CredentialsRead {
  try {
    return parse(readOwnText(credentialsPath(directory)));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return {state: 'ok', file: emptyFile()};
    throw error;
  }
}

const emptyFile = (): CredentialsFile => ({version: currentVersion, credentials: []});

function parse(text: string): CredentialsRead {
  const json = text.replace(/^\ufeff/, '');
  if (json.trim() === '') return {state: 'ok', file: emptyFile()};
  try {
    const value: unknown = JSON.parse(json);
    return isCredentialsFile(value) ? {state: 'ok', file: value} : {state: 'broken'};
  } catch {
    return {state: 'broken'};
  }
}

const isCredentialsFile = (value: unknown): value is CredentialsFile =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  typeof value.version === 'number' &&
  'credentials' in value &&
  Array.isArray(value.credentials);

/**
 * Makes the directory, or closes one of ours to others: true when that was needed. Throws where secrets would lie in a
 * directory that is open to others and not ours to close, and what the file system throws.
 */
export function prepareForSecrets(directory: string): boolean {
  makePrivateDirectory(directory);
  const wasOpen = restrictOwnDirectory(directory);
  requirePrivate(directory);
  return wasOpen;
}

/**
 * Changes the file while no other process does, on what stands in it at that moment; nothing is written when `change`
 * returns null, or without a directory. `onAside` hears the new name of a broken file. Throws for a file of a later version,
 * and what the file system throws.
 */
export async function changeCredentials(
  directory: string,
  now: number,
  change: (credentials: unknown[]) => unknown[] | null,
  onAside: (aside: string) => void,
): Promise<void> {
  if (!existsSync(directory)) return;
  const {default: Conf} = await import('conf');
  await withLock(credentialsPath(directory), () => {
    const file = usable(directory, now, onAside);
    if (file.version > currentVersion) throw new Trouble('it was written by a newer version of this program', '');
    const credentials = change(file.credentials);
    if (!credentials) return;
    const options = {cwd: directory, configName: 'credentials', configFileMode: 0o600, deserialize: () => file};
    new Conf<Record<string, unknown>>(options).store = {...file, credentials};
  });
}

/** Takes a secret out of the broken files that were set aside: to forget it means everywhere. Throws nothing. */
export function eraseFromAsides(directory: string, secret: string): void {
  const asides = ignoreErrors(() => readdirSync(directory), []).filter(each => each.startsWith(`${name}.bad-`));
  const written = JSON.stringify(secret).slice(1, -1);
  for (const aside of asides)
    ignoreErrors(() => {
      const text = readOwnText(join(directory, aside));
      const rest = text.replaceAll(written, '').replaceAll(secret, '');
      if (rest !== text) writeFileSync(join(directory, aside), rest);
    }, undefined);
}

/** Sets a broken file aside, unless another process already did. Throws what the file system throws. */
export async function setBrokenAside(directory: string, now: number, onAside: (aside: string) => void): Promise<void> {
  await withLock(credentialsPath(directory), () => void usable(directory, now, onAside));
}

function usable(directory: string, now: number, onAside: (aside: string) => void): CredentialsFile {
  const read = readCredentials(directory);
  if (read.state === 'ok') return read.file;
  onAside(basename(quarantine(credentialsPath(directory), 'bad', now)));
  return emptyFile();
}
