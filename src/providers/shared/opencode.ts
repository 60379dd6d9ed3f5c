import type {Machine} from '../../core/provider.ts';
import {isRecord, type Json, toEpochMs, toText} from './values.ts';

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
export type OpencodeFind = {entry: OpencodeEntry | null; problem: OpencodeProblem | null};

/**
 * The login that opencode would use for the first of `ids` that has one. In order: `OPENCODE_AUTH_CONTENT`, opencode 2's
 * SQLite store, opencode 1's auth.json. The store wins because version 2 imports auth.json once and then leaves it
 * behind, stale; for the same reason a store that cannot be read is a problem, not a reason to look at the old file.
 * The variable stands for the whole auth.json: where it is set, that file is not looked at.
 */
export async function findOpencode(machine: Machine, ids: readonly string[]): Promise<OpencodeFind> {
  const given = environmentEntries(machine);
  const entry = given === null ? null : pick(given, ids, 'OPENCODE_AUTH_CONTENT');
  if (entry !== null) return {entry, problem: null};
  const store = await findInStores(machine, ids);
  if (store.entry !== null || store.problem !== null || given !== null) return store;
  return findInAuthFile(machine, ids);
}

/** Directories in which opencode may keep its data, likeliest first. */
export function opencodeDataDirectories({env, home, platform}: Pick<Machine, 'env' | 'home' | 'platform'>): string[] {
  if (env.XDG_DATA_HOME) return [`${env.XDG_DATA_HOME}/opencode`];
  const own = platform === 'darwin' ? [`${home}/Library/Application Support/opencode`] : [];
  const roaming =
    platform === 'win32' ? [env.LOCALAPPDATA, env.APPDATA].filter(Boolean).map(root => `${root}/opencode`) : [];
  return [`${home}/.local/share/opencode`, ...own, ...roaming];
}

/** Directories of opencode's configuration (plugins keep account files there), likeliest first. */
export function opencodeConfigDirectories({env, home, platform}: Pick<Machine, 'env' | 'home' | 'platform'>): string[] {
  const roots = [
    env.OPENCODE_CONFIG_DIR,
    env.XDG_CONFIG_HOME && `${env.XDG_CONFIG_HOME}/opencode`,
    `${home}/.config/opencode`,
  ];
  const legacy = platform === 'win32' && env.APPDATA ? [`${env.APPDATA}/opencode`] : [];
  return [...new Set([...roots, ...legacy].filter((root): root is string => Boolean(root)))];
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

async function findInStores(machine: Machine, ids: readonly string[]): Promise<OpencodeFind> {
  for (const path of await storePaths(machine)) {
    const found = await findInStore(machine, path, ids);
    if (found.entry !== null || found.problem !== null) return found;
  }
  return {entry: null, problem: null};
}

async function storePaths(machine: Machine): Promise<string[]> {
  const {env} = machine;
  const [first = ''] = opencodeDataDirectories(machine);
  if (env.OPENCODE_DB && env.OPENCODE_DB !== ':memory:')
    return [/^([/\\]|[A-Za-z]:)/.test(env.OPENCODE_DB) ? env.OPENCODE_DB : `${first}/${env.OPENCODE_DB}`];
  const paths = await Promise.all(opencodeDataDirectories(machine).map(directory => storesIn(machine, directory)));
  return paths.flat();
}

const mainStore = /^opencode\.db$/;
const anyStore = /^opencode(-[\w.-]+)?\.db$/;

/** 'opencode.db' first: builds of other channels keep 'opencode-<channel>.db' beside it. */
async function storesIn(machine: Machine, directory: string): Promise<string[]> {
  const isStore = /^(?:1|true)$/.test(machine.env.OPENCODE_DISABLE_CHANNEL_DB ?? '') ? mainStore : anyStore;
  const names = (await machine.list(directory)).filter(name => isStore.test(name));
  return names.sort((a, b) => a.length - b.length || a.localeCompare(b)).map(name => `${directory}/${name}`);
}

const source = 'opencode store';

async function findInStore(machine: Machine, path: string, ids: readonly string[]): Promise<OpencodeFind> {
  // The file proves nothing: since 1.2 a store of that name holds sessions and no credentials.
  const columns = await machine.query(path, "select name from pragma_table_info('credential')");
  if (columns.state === 'unreadable') return {entry: null, problem: {source, why: columns.why}};
  if (columns.state === 'missing' || columns.rows.length === 0) return {entry: null, problem: null};
  const names = new Set(columns.rows.map(row => String(row.name)));
  const idColumn = names.has('integration_id') ? 'integration_id' : names.has('connector_id') ? 'connector_id' : null;
  if (idColumn === null || !names.has('value'))
    return {entry: null, problem: {source, why: 'its table of logins has an unknown form'}};
  return readRows(machine, path, ids, idColumn, names);
}

/** The active row of an id, else the newest: older accounts stay in the table as inactive rows. */
async function readRows(
  machine: Machine,
  path: string,
  ids: readonly string[],
  idColumn: string,
  names: Set<string>,
): Promise<OpencodeFind> {
  const active = names.has('active') ? 'coalesce(active, 0) desc,' : '';
  const updated = names.has('time_updated') ? 'time_updated desc,' : '';
  const sql = `select ${idColumn} as id, value from credential where rtrim(${idColumn}, '/') in (${ids.map(() => '?').join(',')}) order by ${active} ${updated} rowid desc`;
  const found = await machine.query(path, sql, ...ids);
  if (found.state !== 'ok')
    return {entry: null, problem: found.state === 'unreadable' ? {source, why: found.why} : null};
  for (const id of ids) {
    const row = found.rows.find(row => String(row.id).replace(/\/+$/, '') === id);
    if (row === undefined) continue;
    const entry = toEntry(id, parsed(row.value), source);
    return {entry, problem: entry === null ? {source, why: `its login for ${id} has an unknown form`} : null};
  }
  return {entry: null, problem: null};
}

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return null;
  }
}
