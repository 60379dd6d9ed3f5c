import type {Machine} from '../../core/provider.ts';
import {opencodeDataDirectories} from './opencode-places.ts';
import {type OpencodeStore, opencodeStorePaths, readOpencodeStore} from './opencode-store.ts';
import {isRecord, type Json, toEpochMs, toText} from './values.ts';

export {opencodeConfigDirectories, opencodeDataDirectories} from './opencode-places.ts';

/** A login in one of opencode's stores, in one shape whatever version wrote it. */
export type OpencodeEntry = {
  /** The provider id under which it stands ('zai-coding-plan'). */
  id: string;
  kind: 'oauth' | 'api' | 'other';
  access?: string;
  refresh?: string;
  key?: string;
  /** Epoch ms; null: not told. */
  expires: number | null;
  accountId?: string;
  enterpriseUrl?: string;
  /** Where it stands, for the user: 'opencode auth.json'. */
  source: string;
};
export type OpencodeProblem = {source: string; why: string};
/** `isBusy`: its owner keeps the store locked and nothing is known of it; that is no problem, the next look will tell. */
export type OpencodeFind = {entry: OpencodeEntry | null; problem: OpencodeProblem | null; isBusy?: true};

/**
 * The login that opencode would use for the first of `ids` that has one. In order: `OPENCODE_AUTH_CONTENT`, opencode 2's
 * SQLite store, opencode 1's auth.json. The store wins because version 2 imports auth.json once and then leaves it
 * behind, stale; for the same reason a store that cannot be read is a problem, not a reason to look at the old file, and
 * what was switched off or signed out there does not come back from it. The variable stands for the whole auth.json:
 * where it is set, that file is not looked at.
 */
export async function findOpencode(machine: Machine, ids: readonly string[]): Promise<OpencodeFind> {
  const given = environmentEntries(machine);
  const entry = given === null ? null : pick(given, ids, 'OPENCODE_AUTH_CONTENT');
  if (entry !== null) return {entry, problem: null};
  const {isLastWordOn, ...stored} = await findInStores(machine, ids);
  if (stored.entry !== null || stored.problem !== null || given !== null) return stored;
  const left = ids.filter(id => !isLastWordOn(id));
  return left.length === 0 ? stored : findInAuthFile(machine, left);
}

function environmentEntries({env}: Machine): Json | null {
  try {
    const value: unknown = JSON.parse(env.OPENCODE_AUTH_CONTENT || 'null');
    return isRecord(value) ? value : null;
  } catch {
    return null; // opencode itself falls back to the file
  }
}

async function findInAuthFile(machine: Machine, ids: readonly string[]): Promise<OpencodeFind> {
  const source = 'opencode auth.json';
  for (const directory of opencodeDataDirectories(machine)) {
    const file = await machine.readJson(`${directory}/auth.json`);
    if (file.state === 'unreadable') return {entry: null, problem: {source, why: file.why}};
    if (file.state === 'missing') continue;
    if (!isRecord(file.value)) return {entry: null, problem: {source, why: 'it holds no JSON object'}};
    const entry = pick(file.value, ids, source);
    if (entry !== null) return {entry, problem: null};
  }
  return {entry: null, problem: null};
}

function pick(entries: Json, ids: readonly string[], source: string): OpencodeEntry | null {
  const byId = new Map(Object.entries(entries).map(([id, value]) => [id.replace(/\/+$/, ''), value]));
  for (const id of ids) {
    const entry = toEntry(id, byId.get(id), source);
    if (entry !== null) return entry;
  }
  return null;
}

/** Both spellings: version 1 (`type: api`, `accountId`) and version 2 (`type: key`, `metadata.accountID`). */
function toEntry(id: string, value: unknown, source: string): OpencodeEntry | null {
  if (!isRecord(value)) return null;
  const metadata = isRecord(value.metadata) ? value.metadata : {};
  const kind = value.type === 'oauth' ? 'oauth' : value.type === 'api' || value.type === 'key' ? 'api' : 'other';
  const texts = {
    access: toText(value.access),
    refresh: toText(value.refresh),
    key: toText(value.key),
    accountId:
      toText(value.accountId) ?? toText(value.accountID) ?? toText(metadata.accountID) ?? toText(metadata.accountId),
    enterpriseUrl:
      toText(value.enterpriseUrl) ??
      toText(value.enterpriseURL) ??
      toText(metadata.enterpriseURL) ??
      toText(metadata.enterpriseUrl),
  };
  const told = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));
  return {id, kind, expires: toEpochMs(value.expires), source, ...told};
}

/** What the stores say; `isLastWordOn`: whether an old auth.json must not be asked about an id. */
type Stored = OpencodeFind & {isLastWordOn(id: string): boolean};

async function findInStores(machine: Machine, ids: readonly string[]): Promise<Stored> {
  const read: OpencodeStore[] = [];
  const isLastWordOn = (id: string): boolean => read.some(store => store.isLastWordOn(id));
  for (const path of await opencodeStorePaths(machine)) {
    const found = await readOpencodeStore(machine, path);
    if (found.state === 'missing') continue;
    // Nothing is known yet, which is not the same as nothing there: the old file must not answer in its place.
    if (found.state === 'busy') return {entry: null, problem: null, isBusy: true, isLastWordOn: () => true};
    if (found.state === 'unreadable') return {entry: null, problem: {source, why: found.why}, isLastWordOn};
    const login = inStore(found.store, ids);
    if (login.entry !== null || login.problem !== null) return {...login, isLastWordOn};
    read.push(found.store);
  }
  return {entry: null, problem: null, isLastWordOn};
}

const source = 'opencode store';

function inStore({logins}: OpencodeStore, ids: readonly string[]): OpencodeFind {
  const id = ids.find(id => logins.has(id));
  if (id === undefined) return {entry: null, problem: null};
  const entry = toEntry(id, parsed(logins.get(id)), source);
  return {entry, problem: entry === null ? {source, why: `its login for ${id} has an unknown form`} : null};
}

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return null;
  }
}
