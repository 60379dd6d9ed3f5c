import type {CredentialStore} from '../../core/credentials.ts';
import type {StoredCredential} from '../../core/provider.ts';
import {newId} from './entries.ts';
import {type Keychain, type KeychainAnswer, keychainService} from './keychain.ts';
import type {FileStore} from './store.ts';

/**
 * The stored credentials, of which some have their secret in the keychain: those are in the file without it. The keychain
 * is asked only for them. One whose secret cannot be had is listed with the reason, and with no secret.
 *
 * The same secret stays where it is when it is added again; with `keychain` it moves there.
 */
export function withKeychain(file: FileStore, keychain: Keychain): CredentialStore {
  async function list(provider?: string): Promise<StoredCredential[]> {
    const entries = await file.list(provider);
    const ids = entries.filter(isElsewhere).map(({id}) => id);
    if (ids.length === 0) return entries;
    const answers = await keychain.read(ids);
    return entries.map(entry =>
      isElsewhere(entry) ? {...entry, ...secretFrom(answers[ids.indexOf(entry.id)])} : entry,
    );
  }

  const find = async (id: string): Promise<StoredCredential | undefined> =>
    (await file.list()).find(entry => entry.id === id);

  async function addToKeychain(entry: Parameters<CredentialStore['add']>[0], same: StoredCredential | undefined) {
    const id = same?.id ?? newId(await file.list());
    await keep(id, entry.secret);
    try {
      const kept = await file.add({...entry, id, secret: '', keychain: true});
      return {...kept, secret: entry.secret};
    } catch (error) {
      if (same?.keychain !== true) await keychain.remove(id);
      throw error;
    }
  }

  async function keep(id: string, secret: string): Promise<void> {
    const why = await keychain.write(id, secret);
    if (why !== null) throw new Error(why);
  }

  return {
    list,
    async add(entry) {
      if (entry.secret === '') return file.add(entry);
      const same = (await list(entry.provider)).find(({secret}) => secret === entry.secret);
      return entry.keychain || same?.keychain ? addToKeychain(entry, same) : file.add(entry);
    },
    async update(id, patch) {
      const {secret, ...rest} = patch;
      if (!secret || (await find(id))?.keychain !== true) return file.update(id, patch);
      await keep(id, secret);
      await file.update(id, rest);
    },
    async remove(id) {
      const entry = await find(id);
      const isRemoved = await file.remove(id);
      // The file first: an entry must not stay for ever because its keychain is gone.
      const why = isRemoved && entry?.keychain ? await keychain.remove(id) : null;
      if (why !== null) throw new Error(`${why}; its entry "${id}" of ${keychainService} may still be there`);
      return isRemoved;
    },
  };
}

const isElsewhere = ({keychain}: StoredCredential): boolean => keychain === true;

const secretFrom = (answer: KeychainAnswer | undefined): Pick<StoredCredential, 'secret' | 'problem'> =>
  answer !== undefined && 'secret' in answer ? answer : {secret: '', problem: answer?.problem ?? 'it has no secret'};
