import type {Machine, Rows, Unreadable} from '../../core/provider.ts';
import {opencodeDataDirectories} from './opencode-places.ts';

/** What opencode 2 keeps in a store of its own: SQLite, one row per login that there is or was. */
export type OpencodeStore = {
  /** The logins in use, by provider id, as they stand there (JSON). */
  logins: ReadonlyMap<string, string>;
  /** Whether an old auth.json must not stand in for a login that is not in use here: it is switched off or signed out. */
  isLastWordOn(id: string): boolean;
};
export type StoreRead =
  | {state: 'ok'; store: OpencodeStore}
  /** No file, or none that holds logins. */
  | {state: 'missing'}
  /** Locked by its owner, and never read before. */
  | {state: 'busy'}
  | Unreadable;

/** Stores by their likelihood. The main channel's comes first: other builds keep 'opencode-<channel>.db' beside it. */
export async function opencodeStorePaths(machine: Machine): Promise<string[]> {
  const {env} = machine;
  const [first = ''] = opencodeDataDirectories(machine);
  if (env.OPENCODE_DB && env.OPENCODE_DB !== ':memory:')
    return [/^([/\\]|[A-Za-z]:)/.test(env.OPENCODE_DB) ? env.OPENCODE_DB : `${first}/${env.OPENCODE_DB}`];
  const paths = await Promise.all(opencodeDataDirectories(machine).map(directory => storesIn(machine, directory)));
  return paths.flat();
}

const mainStore = /^opencode\.db$/;
const anyStore = /^opencode(-[\w.-]+)?\.db$/;

async function storesIn(machine: Machine, directory: string): Promise<string[]> {
  const isStore = /^(?:1|true)$/.test(machine.env.OPENCODE_DISABLE_CHANNEL_DB ?? '') ? mainStore : anyStore;
  const names = (await machine.list(directory)).filter(name => isStore.test(name));
  return names.sort((a, b) => a.length - b.length || a.localeCompare(b)).map(name => `${directory}/${name}`);
}

/** What is known of a store: what was read last, and the read in progress, which all who ask meanwhile share. */
type Memory = {last?: OpencodeStore; lockedAt?: number; reading?: Promise<StoreRead>};

// By the one function that a machine and its copies have in common.
const memories = new WeakMap<Machine['query'], Map<string, Memory>>();

/** The whole store at once. One that its owner keeps locked is waited for; then what was known of it holds. */
export async function readOpencodeStore(machine: Machine, path: string): Promise<StoreRead> {
  const memory = memoryOf(machine, path);
  if (!wasJustLocked(memory, machine.now())) {
    memory.reading ??= readStore(machine, path).finally(() => delete memory.reading);
    const read = await memory.reading;
    if (read.state !== 'busy') return remembered(memory, read);
    memory.lockedAt = machine.now();
  }
  return memory.last === undefined ? {state: 'busy'} : {state: 'ok', store: memory.last};
}

// Several logins are looked for one after the other: not each of them has to wait for the same lock.
const leftAloneMs = 3000;

function wasJustLocked({lockedAt}: Memory, now: number): boolean {
  const age = now - (lockedAt ?? Number.NEGATIVE_INFINITY);
  return age >= 0 && age < leftAloneMs;
}

function remembered(memory: Memory, read: StoreRead): StoreRead {
  delete memory.lockedAt;
  if (read.state === 'ok') memory.last = read.store;
  else delete memory.last;
  return read;
}

function memoryOf({query}: Machine, path: string): Memory {
  const paths = memories.get(query) ?? new Map<string, Memory>();
  memories.set(query, paths);
  const memory = paths.get(path) ?? {};
  paths.set(path, memory);
  return memory;
}

async function readStore(machine: Machine, path: string): Promise<StoreRead> {
  // The file proves nothing: since 1.2 a store of that name holds sessions and no credentials.
  const columns = await queryPatiently(machine, path, columnsOfTables);
  if (columns.state !== 'ok') return withoutRows(columns);
  const named = (table: string) => new Set(columns.rows.filter(row => row.of === table).map(row => String(row.name)));
  const credential = named('credential');
  if (credential.size === 0) return {state: 'missing'};
  if (!credential.has('value') || !(credential.has('integration_id') || credential.has('connector_id')))
    return {state: 'unreadable', why: 'its login table has an unknown format', reason: 'broken'};
  const rows = await queryPatiently(machine, path, loginsOf(credential, named('migration')), importMigration);
  return rows.state === 'ok' ? {state: 'ok', store: storeOf(rows.rows)} : withoutRows(rows);
}

const columnsOfTables = ['credential', 'migration']
  .map(table => `select '${table}' as "of", name from pragma_table_info('${table}')`)
  .join(' union all ');

// Version 2 imports auth.json by this step, once. A new store only notes it and imports nothing.
const importMigration = '20260805200742_import_legacy_credentials';

/** All rows, the one that opencode would use before the others: the active one, else the one written last. */
function loginsOf(credential: ReadonlySet<string>, migration: ReadonlySet<string>): string {
  const ids = ['integration_id', 'connector_id'].filter(name => credential.has(name));
  const order = ['active', 'time_updated', credential.has('id') ? 'id' : 'rowid'];
  const told = order.filter(name => credential.has(name) || name === 'rowid').map(name => `${name} desc`);
  const imported = migration.has('id') ? 'exists (select 1 from migration where id = ?1)' : '?1 is null';
  return `select coalesce(${ids.join(', ')}, '') as provider, value, ${credential.has('active') ? 'active' : 'null'} as active,
    ${imported} as imported from credential order by ${told.join(', ')}`;
}

type Row = Record<string, unknown>;

function storeOf(rows: readonly Row[]): OpencodeStore {
  const logins = new Map<string, string>();
  for (const row of rows.filter(isInUse)) if (!logins.has(idOf(row))) logins.set(idOf(row), String(row.value));
  const known = new Set(rows.map(idOf));
  const isImported = rows.some(row => row.imported === 1);
  return {logins, isLastWordOn: id => isImported || known.has(id)};
}

const idOf = ({provider}: Row): string => String(provider).replace(/\/+$/, '');

/** Imported rows have no mark; 0 marks an account that was left for another one. */
const isInUse = ({active}: Row): boolean => active === null || active === 1;

const withoutRows = (read: Exclude<Rows, {state: 'ok'}>): StoreRead => (isLocked(read) ? {state: 'busy'} : read);
/** By its owner, who is writing: a passing state, not a fault. */
export const isLocked = (read: Rows): boolean => read.state === 'unreadable' && read.reason === 'locked';

// Each query waits for about half a second by itself.
const mostTries = 4;
// Whoever waits for several stores must not wait for each of them that long.
const patienceMs = 2500;

/** opencode locks its store while it writes, which is over in a moment. */
async function queryPatiently(machine: Machine, path: string, sql: string, ...parameters: string[]): Promise<Rows> {
  const startedAt = machine.now();
  for (let tries = 1; tries < mostTries && machine.now() - startedAt < patienceMs; tries += 1) {
    const read = await machine.query(path, sql, ...parameters);
    if (!isLocked(read)) return read;
  }
  return machine.query(path, sql, ...parameters);
}
