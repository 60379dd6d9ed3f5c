import {basename, join} from 'node:path';
import {withLock} from './file-lock.ts';
import {codeOf, makePrivateDirectory, readOwnText, setAside} from './private-file.ts';

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

/** Why the file cannot be used: `broken` is not what it should be, `newer` is of a later version. */
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
 * Changes the file while no other process does, on what stands in it at that moment; nothing is written when `change`
 * returns null. `onAside` hears the new name of a broken file. Throws for a file of a later version, and what the file
 * system throws.
 */
export async function changeCredentials(
  directory: string,
  now: number,
  change: (credentials: unknown[]) => unknown[] | null,
  onAside: (aside: string) => void,
): Promise<void> {
  const {default: Conf} = await import('conf');
  makePrivateDirectory(directory);
  await withLock(credentialsPath(directory), () => {
    const file = usable(directory, now, onAside);
    if (file.version > currentVersion) throw new Error('it was written by a newer version of this program');
    const credentials = change(file.credentials);
    if (!credentials) return;
    const options = {cwd: directory, configName: 'credentials', configFileMode: 0o600, deserialize: () => file};
    new Conf<Record<string, unknown>>(options).store = {...file, credentials};
  });
}

/** Sets a broken file aside, unless another process already did. Throws what the file system throws. */
export async function setBrokenAside(directory: string, now: number, onAside: (aside: string) => void): Promise<void> {
  await withLock(credentialsPath(directory), () => void usable(directory, now, onAside));
}

function usable(directory: string, now: number, onAside: (aside: string) => void): CredentialsFile {
  const read = readCredentials(directory);
  if (read.state === 'ok') return read.file;
  onAside(basename(setAside(credentialsPath(directory), 'bad', now)));
  return emptyFile();
}
