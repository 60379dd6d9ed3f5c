import {randomBytes} from 'node:crypto';
import {setTimeout as pause} from 'node:timers/promises';
import type {CredentialStore} from '../core/credentials.ts';
import type {Notice} from '../core/model.ts';
import type {StoredCredential} from '../core/provider.ts';
import {clean} from '../core/text.ts';
import {
  type CredentialsFile,
  changeCredentials,
  credentialsPath,
  readCredentials,
  setBrokenAside,
} from './credentials-file.ts';
import {mend, reasonOf} from './private-file.ts';

// A broken file may be one that somebody's editor is just writing.
const secondLookMs = 100;

type NewCredential = Omit<StoredCredential, 'id'>;
type Patch = Parameters<CredentialStore['update']>[1];

/**
 * The credentials that `login` stored, in `credentials.json` (see credentials-file.ts for its shape).
 *
 * `list` reads plainly and quickly, as it is done before each poll; it never rejects: what is wrong is said once. `add`
 * keeps the same secret of the same provider once, and renews its label and fields. `update` takes a label away when it
 * is empty, and rejects for an id that is not there. All that write reject when they cannot, and for an empty secret.
 */
export function createCredentialStore(
  directory: string,
  onNotice: (notice: Notice) => void,
  now: () => number = Date.now,
): CredentialStore {
  const said = new Set<string>();
  const say = (code: Notice['code'], text: string) => {
    if (said.has(text)) return;
    said.add(text);
    onNotice({code, text});
  };
  const sayAside = (aside: string) =>
    say('credentials', `credentials.json could not be read. It is kept as ${aside}; stored credentials are missing.`);
  async function change(work: (credentials: unknown[]) => unknown[] | null): Promise<void> {
    try {
      await changeCredentials(directory, now(), work, sayAside);
    } catch (cause) {
      // Without the system's own words: they carry the path, and that the user's name.
      throw new Error(`credentials.json cannot be written: ${reasonOf(cause)}`, {cause});
    }
    // The directory and the file may have been there before, open to others.
    closeToOthers(directory, say);
  }

  return {
    async list(provider) {
      closeToOthers(directory, say);
      try {
        const file = await readPatiently(directory, now, sayAside);
        const entries = entriesOf(file, say);
        return provider === undefined ? entries : entries.filter(entry => entry.provider === provider);
      } catch (error) {
        say('credentials', `credentials.json cannot be used: ${reasonOf(error)}.`);
        return [];
      }
    },
    async add(entry) {
      if (entry.secret === '') throw new TypeError('a credential needs a secret');
      let kept: StoredCredential | undefined;
      await change(credentials => {
        const same = credentials
          .map(toEntry)
          .find(old => old?.provider === entry.provider && old.secret === entry.secret);
        kept = {...tidy(entry), id: same?.id ?? newId(credentials)};
        const createdAt = new Date(now()).toISOString();
        if (!same) return [...credentials, {...kept, createdAt}];
        return credentials.map(old => (idOf(old) === same.id ? patched(old, {label: '', ...tidy(entry)}) : old));
      });
      if (!kept) throw new Error('the credential was not written');
      return kept;
    },
    async update(id, patch) {
      if (patch.secret === '') throw new TypeError('a credential needs a secret');
      let isThere = false;
      await change(credentials => {
        isThere = credentials.some(old => idOf(old) === id);
        return isThere ? credentials.map(old => (idOf(old) === id ? patched(old, patch) : old)) : null;
      });
      if (!isThere) throw new Error(`there is no stored credential ${id}`);
    },
    async remove(id) {
      let isThere = false;
      await change(credentials => {
        isThere = credentials.some(old => idOf(old) === id);
        return isThere ? credentials.filter(old => idOf(old) !== id) : null;
      });
      return isThere;
    },
  };
}

type Say = (code: Notice['code'], text: string) => void;

async function readPatiently(
  directory: string,
  now: () => number,
  onAside: (aside: string) => void,
): Promise<CredentialsFile> {
  const first = readCredentials(directory);
  if (first.state === 'ok') return first.file;
  await pause(secondLookMs);
  const second = readCredentials(directory);
  if (second.state === 'ok') return second.file;
  await setBrokenAside(directory, now(), onAside);
  const third = readCredentials(directory);
  return third.state === 'ok' ? third.file : {version: 1, credentials: []};
}

/** Secrets that others may read are taken away from them, which is said: they may have been read before. */
function closeToOthers(directory: string, say: Say): void {
  const places = [
    [directory, 'The configuration directory', '0700'],
    [credentialsPath(directory), 'credentials.json', '0600'],
  ] as const;
  for (const [path, name, mode] of places) {
    const result = mend(path);
    if (result === 'mended') say('permissions', `${name} was open to other users; its mode is now ${mode}.`);
    if (result === 'refused') say('permissions', `${name} is open to other users, and its mode cannot be changed.`);
  }
}

function entriesOf(file: CredentialsFile, say: Say): StoredCredential[] {
  const entries = file.credentials.map(toEntry).filter(entry => entry !== null);
  const strange = file.credentials.length - entries.length;
  if (strange > 0) say('credentials', `credentials.json has ${strange} entries that cannot be read; they are skipped.`);
  return entries;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const idOf = (value: unknown) => (isRecord(value) ? value.id : undefined);

function toEntry(value: unknown): StoredCredential | null {
  if (!isRecord(value)) return null;
  const {id, provider, label, secret, fields} = value;
  if (typeof id !== 'string' || typeof provider !== 'string' || typeof secret !== 'string' || secret === '')
    return null;
  return tidy({id, provider, secret, fields: textsOf(fields), ...(typeof label === 'string' ? {label} : {})});
}

/** Without an empty label, and with one that is safe to draw. */
function tidy<T extends NewCredential>({label = '', ...rest}: T) {
  const safe = clean(label);
  return {...rest, fields: textsOf(rest.fields), ...(safe ? {label: safe} : {})};
}

const textsOf = (fields: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(isRecord(fields) ? fields : {}).filter(
      (field): field is [string, string] => typeof field[1] === 'string',
    ),
  );

function patched(old: unknown, {label, ...rest}: Patch): Record<string, unknown> {
  const {label: before, ...kept} = isRecord(old) ? old : {};
  const safe = label === undefined ? before : clean(label);
  return {...kept, ...rest, ...(safe ? {label: safe} : {})};
}

function newId(credentials: unknown[]): string {
  const id = randomBytes(4).toString('hex');
  return credentials.some(entry => idOf(entry) === id) ? newId(credentials) : id;
}
