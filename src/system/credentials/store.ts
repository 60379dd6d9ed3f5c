import {statSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import type {CredentialStore} from '../../core/credentials.ts';
import type {Notice} from '../../core/model.ts';
import type {StoredCredential} from '../../core/provider.ts';
import {isPrivate, restrictOwnDirectory} from '../files/private-directory.ts';
import {ignoreErrors, restrictFile} from '../files/private-file.ts';
import {explained, reasonOf} from '../files/trouble.ts';
import {isNamedAfterUs} from '../paths.ts';
import {idOf, inKeychain, type NewCredential, newId, patched, tidy, toEntry} from './entries.ts';
import {
  type CredentialsRead,
  changeCredentials,
  credentialsPath,
  eraseFromAsides,
  isLost,
  prepareForSecrets,
  readCredentials,
  setBrokenAside,
} from './file.ts';

const directoryVariable = 'MYSTATUS_CONFIG_DIR';
// A broken file may be one that somebody's editor is just writing.
const secondLookMs = 100;

/** An `id` that is given is kept, and stands for the entry that has it already. */
export type FileStore = Omit<CredentialStore, 'add'> & {
  add(entry: NewCredential & {id?: string}): Promise<StoredCredential>;
};

/**
 * The credentials that `login` stored, in `credentials.json` (see file.ts for its shape).
 *
 * `list` reads plainly and quickly, as it is done before each poll; it never rejects: what is wrong is said once. `add`
 * keeps the same secret of the same provider once, and renews its label and fields. `update` takes a label away when it
 * is empty, and rejects for an id that is not there. All that write reject when they cannot, and for an empty secret.
 *
 * Of an entry whose secret lies in the keychain (keychain-store.ts) the file knows everything but the secret.
 */
export function createCredentialStore(
  directory: string,
  onNotice: (notice: Notice) => void,
  now: () => number = Date.now,
): FileStore {
  const said = new Set<string>();
  const say = (code: Notice['code'], text: string) => {
    if (said.has(text)) return;
    said.add(text);
    onNotice({code, text});
  };
  const sayAside = (aside: string) =>
    say(
      'credentials',
      `credentials.json could not be read. It was renamed to ${aside}; its credentials are unavailable.`,
    );
  const all = forOneTurn(async () => {
    closeToOthers(directory, say);
    return entriesOf(await readPatiently(directory, now, sayAside), say);
  });
  async function change(work: Change): Promise<void> {
    await explaining(() => changeCredentials(directory, now(), work, sayAside));
    all.forget();
    // The file may have been there before, open to others.
    closeToOthers(directory, say);
  }
  /** As `change`, for what puts a secret into the file. */
  async function keep(work: Change): Promise<void> {
    if (await explaining(() => prepareForSecrets(directory))) sayClosed(say);
    await change(work);
  }

  return {
    async list(provider) {
      try {
        const entries = await all.read();
        return provider === undefined ? entries : entries.filter(entry => entry.provider === provider);
      } catch (error) {
        say('credentials', explained('credentials.json cannot be used', error, directoryVariable));
        return [];
      }
    },
    async add(entry) {
      if (entry.secret === '' && !entry.keychain) throw new TypeError('a credential needs a secret');
      let kept: StoredCredential | undefined;
      await keep(credentials => {
        const same = credentials.map(toEntry).find(old => old !== null && isSame(old, entry));
        kept = {...tidy(entry), id: same?.id ?? entry.id ?? newId(credentials)};
        const {id} = kept;
        const toRow = entry.keychain ? inKeychain : (row: Record<string, unknown>) => row;
        if (!same) return [...credentials, toRow({...kept, createdAt: new Date(now()).toISOString()})];
        return credentials.map(old => (idOf(old) === id ? toRow(patched(old, {label: '', ...tidy(entry)})) : old));
      });
      if (!kept) throw new Error('the credential was not written');
      return kept;
    },
    async update(id, patch) {
      if (patch.secret === '') throw new TypeError('a credential needs a secret');
      let isThere = false;
      await keep(credentials => {
        isThere = credentials.some(old => idOf(old) === id);
        return isThere ? credentials.map(old => (idOf(old) === id ? patched(old, patch) : old)) : null;
      });
      if (!isThere) throw new Error(`there is no stored credential ${id}`);
    },
    async remove(id) {
      let isThere = false;
      let secrets: string[] = [];
      await change(credentials => {
        const going = credentials.filter(old => idOf(old) === id);
        isThere = going.length > 0;
        secrets = going.flatMap(old => toEntry(old)?.secret || []);
        return isThere ? credentials.filter(old => idOf(old) !== id) : null;
      });
      for (const secret of secrets) eraseFromAsides(directory, secret);
      return isThere;
    },
  };
}

/** All providers look at once: together they read the file once. */
function forOneTurn<T>(read: () => Promise<T>): {read(): Promise<T>; forget(): void} {
  let reading: Promise<T> | null = null;
  const forget = (): void => {
    reading = null;
  };
  return {
    forget,
    read() {
      if (reading === null) setImmediate(forget);
      reading ??= read();
      return reading;
    },
  };
}

type Change = (credentials: unknown[]) => unknown[] | null;

/** Without the system's own words: they carry the path, and that the user's name. */
async function explaining<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Error(explained('credentials.json cannot be written', cause, directoryVariable), {cause});
  }
}

const isSame = (old: StoredCredential, entry: NewCredential & {id?: string}): boolean =>
  entry.id === undefined ? old.provider === entry.provider && old.secret === entry.secret : old.id === entry.id;

type Say = (code: Notice['code'], text: string) => void;

async function readPatiently(
  directory: string,
  now: () => number,
  onAside: (aside: string) => void,
): Promise<CredentialsRead> {
  const cures = [() => pause(secondLookMs), () => setBrokenAside(directory, now(), onAside)];
  for (const cure of cures)
    try {
      return readCredentials(directory);
    } catch (error) {
      if (!isLost(error)) throw error;
      await cure();
    }
  return readCredentials(directory);
}

const sayClosed = (say: Say): void =>
  say('permissions', 'The configuration directory was open to other users; its mode is now 0700.');

/** A file that others may read is taken away from them, which is said: they may have read it before. */
function closeToOthers(directory: string, say: Say): void {
  const path = credentialsPath(directory);
  if (!ignoreErrors(() => statSync(path).isFile(), false)) return;
  if (ignoreErrors(() => restrictOwnDirectory(directory), false)) sayClosed(say);
  try {
    if (restrictFile(path)) say('permissions', 'credentials.json was open to other users; its mode is now 0600.');
  } catch (error) {
    say('permissions', `credentials.json is open to other users, and its mode cannot be changed: ${reasonOf(error)}.`);
  }
  if (!isNamedAfterUs(directory) && !ignoreErrors(() => isPrivate(directory), true))
    say('permissions', 'credentials.json is in a directory that is open to other users: close it (chmod 700).');
}

function entriesOf({credentials, isNewer}: CredentialsRead, say: Say): StoredCredential[] {
  if (isNewer)
    say('credentials', 'credentials.json was written by a newer version of mystatus-tui: it is read, but not changed.');
  const entries = credentials.map(toEntry).filter(entry => entry !== null);
  const strange = credentials.length - entries.length;
  if (strange > 0) say('credentials', `credentials.json has ${strange} unreadable entries, which are skipped.`);
  return entries;
}
