import type {Remedy, RemedyInit} from '../../core/model.ts';
import type {Machine} from '../../core/provider.ts';
import {isNamedIn, remedyFor} from './held.ts';
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
/** Against a store that cannot be read: opencode mends its own. */
const restartOpencode: Remedy = {code: 'restart', name: 'opencode'};

/** `isNamed`: what cannot be read surely holds something under one of the ids that were looked for. */
export type OpencodeProblem = {source: string; why: string; remedy: RemedyInit; isNamed: boolean};
/** `isBusy`: its owner keeps the store locked and nothing is known of it; that is no problem, the next look will tell. */
export type OpencodeFind = {entry: OpencodeEntry | null; problem: OpencodeProblem | null; isBusy?: true};

/**
 * The login that opencode would use for the first of `ids` that has one. In order: `OPENCODE_AUTH_CONTENT`, opencode 2's
 * SQLite store, opencode 1's auth.json. The store wins because version 2 imports auth.json once and then leaves it
 * behind, stale; for the same reason a store that cannot be read is a problem, not a reason to look at the old file, and
 * what was switched off or signed out there does not come back from it. The variable stands for the whole auth.json:
 * where it is set, that file is not looked at.
 */
export const findOpencode = (machine: Machine, ids: readonly string[]): Promise<OpencodeFind> =>
  openOpencode(machine).find(ids);

/** The same where it matters to those alone whose logins are surely there. */
export const asideUnlessNamed = (problem: OpencodeProblem) => ({...problem, aside: !problem.isNamed});

export type Opencode = {find(ids: readonly string[]): Promise<OpencodeFind>};

/** For who looks for several logins: the stores are read once, when they are needed. */
export function openOpencode(machine: Machine): Opencode {
  const given = environmentEntries(machine);
  let stores: Promise<Stores> | undefined;
  return {
    async find(ids) {
      const entry = given === null ? null : pick(given, ids, 'OPENCODE_AUTH_CONTENT');
      if (entry !== null) return {entry, problem: null};
      stores ??= readStores(machine);
      const {find, isLastWordOn} = await stores;
      const stored = find(ids);
      if (stored.entry !== null || stored.problem !== null || given !== null) return stored;
      const left = ids.filter(id => !isLastWordOn(id));
      return left.length === 0 ? stored : findInAuthFile(machine, left);
    },
  };
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
    const path = `${directory}/auth.json`;
    const file = await machine.readJson(path);
    if (file.state === 'missing') continue;
    if (file.state === 'unreadable' || !isRecord(file.value)) {
      const {why, remedy} = file.state === 'unreadable' ? {why: file.why, remedy: remedyFor(file)} : noObject;
      return {entry: null, problem: {source, why, remedy, isNamed: await isNamedIn(machine, path, quoted(ids))}};
    }
    const entry = pick(file.value, ids, source);
    if (entry !== null) return {entry, problem: null};
  }
  return {entry: null, problem: null};
}

const noObject = {why: 'it does not contain a JSON object', remedy: 'fix-file'} as const;
const quoted = (ids: readonly string[]): string[] => ids.map(id => `"${id}`);

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
type Stores = {find(ids: readonly string[]): OpencodeFind; isLastWordOn(id: string): boolean};

async function readStores(machine: Machine): Promise<Stores> {
  const stores: OpencodeStore[] = [];
  let rest: OpencodeFind = nothing;
  for (const path of await opencodeStorePaths(machine)) {
    const read = await readOpencodeStore(machine, path);
    if (read.state === 'missing') continue;
    if (read.state === 'ok') {
      stores.push(read.store);
      continue;
    }
    // Nothing is known yet, which is not the same as nothing there: no weaker place answers in its stead.
    rest =
      read.state === 'busy'
        ? {...nothing, isBusy: true}
        : {entry: null, problem: {source, why: read.why, remedy: remedyFor(read, restartOpencode), isNamed: false}};
    break;
  }
  return {
    find: ids => stores.map(store => inStore(store, ids)).find(isTold) ?? rest,
    isLastWordOn: id => rest.isBusy === true || stores.some(store => store.isLastWordOn(id)),
  };
}

const nothing: OpencodeFind = {entry: null, problem: null};
const isTold = ({entry, problem}: OpencodeFind): boolean => entry !== null || problem !== null;

const source = 'opencode store';

function inStore({logins}: OpencodeStore, ids: readonly string[]): OpencodeFind {
  const id = ids.find(id => logins.has(id));
  if (id === undefined) return {entry: null, problem: null};
  const entry = toEntry(id, parsed(logins.get(id)), source);
  return {
    entry,
    problem:
      entry === null
        ? {source, why: `its login for ${id} has an unknown format`, remedy: restartOpencode, isNamed: true}
        : null,
  };
}

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return null;
  }
}
