import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {
  BrokenFileError,
  changeJson,
  isRecord,
  type Json,
  type JsonFile,
  parseJson,
  pathOf,
  readJson,
  setAside,
} from '../files/json-store.ts';
import {makePrivateDirectory, requirePrivate, restrictOwnDirectory} from '../files/private-directory.ts';
import {ignoreErrors, readOwnText} from '../files/private-file.ts';
import {Trouble} from '../files/trouble.ts';

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
type CredentialsFile = Record<string, unknown> & {version: number; credentials: unknown[]};

const currentVersion = 1;
const fileIn = (directory: string): JsonFile => ({directory, name: 'credentials', parse});
export const credentialsPath = (directory: string): string => pathOf(fileIn(directory));

function parse(text: string): Json {
  const value = parseJson(text);
  if (isRecord(value) && (isCredentialsFile(value) || Object.keys(value).length === 0)) return value;
  throw new BrokenFileError('it is not a file of credentials');
}

const isCredentialsFile = (value: Json): value is CredentialsFile =>
  typeof value.version === 'number' && Array.isArray(value.credentials);

/** What stands in the file. `isNewer`: a later version wrote it, and may have kept there what this one does not see. */
export type CredentialsRead = {credentials: unknown[]; isNewer: boolean};

/** Throws a `BrokenFileError`, and what the file system throws for a file that is there and unreadable. */
export function readCredentials(directory: string): CredentialsRead {
  const {version = currentVersion, credentials = []} = (readJson(fileIn(directory)) ?? {}) as Partial<CredentialsFile>;
  return {credentials, isNewer: version > currentVersion};
}

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
 * which is read as far as it is understood, but never written; and what the file system throws.
 */
export async function changeCredentials(
  directory: string,
  now: number,
  change: (credentials: unknown[]) => unknown[] | null,
  onAside: (aside: string) => void,
): Promise<void> {
  if (!existsSync(directory)) return;
  await changeJson<CredentialsFile>(fileIn(directory), {now, isLost, onAside}, conf => {
    const version = conf.get('version', currentVersion);
    if (version > currentVersion) throw new Trouble('it was written by a newer version of this program', '');
    const credentials = change(conf.get('credentials', []));
    if (credentials) conf.set({version, credentials});
  });
}

export const isLost = (error: unknown): boolean => error instanceof BrokenFileError;

/** Sets a broken file aside, unless another process already did. Throws what the file system throws. */
export const setBrokenAside = (directory: string, now: number, onAside: (aside: string) => void): Promise<void> =>
  setAside(fileIn(directory), {now, isLost, onAside});

/** Takes a secret out of the broken files that were set aside: to forget it means everywhere. Throws nothing. */
export function eraseFromAsides(directory: string, secret: string): void {
  const asides = ignoreErrors(() => readdirSync(directory), []).filter(each =>
    each.startsWith('credentials.json.bad-'),
  );
  const written = JSON.stringify(secret).slice(1, -1);
  for (const aside of asides)
    ignoreErrors(() => {
      const text = readOwnText(join(directory, aside));
      const rest = text.replaceAll(written, '').replaceAll(secret, '');
      if (rest !== text) writeFileSync(join(directory, aside), rest);
    }, undefined);
}
