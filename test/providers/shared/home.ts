import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {onTestFinished} from 'vitest';
import type {Machine} from '../../../src/core/provider.ts';
import {pathVariables} from '../../../src/providers/index.ts';
import {createMachine, type MachineOptions} from '../../../src/system/machine.ts';

/** 2026-09-01T22:00:00Z, the moment at which the samples were taken. */
export const now = 1_788_300_000_000;

export type Home = {
  path: string;
  write(path: string, content: unknown): Promise<void>;
  machine(options?: Partial<MachineOptions>): Machine;
};

/** A home directory of its own for one test, with files by path; anything but text is written as JSON. */
export async function withHome(files: Record<string, unknown> = {}): Promise<Home> {
  const path = await mkdtemp(join(tmpdir(), 'mystatus-home-'));
  onTestFinished(() => rm(path, {recursive: true, force: true}));
  const home: Home = {
    path,
    async write(name, content) {
      await mkdir(dirname(join(path, name)), {recursive: true});
      await writeFile(join(path, name), typeof content === 'string' ? content : JSON.stringify(content));
    },
    machine: (options = {}) =>
      createMachine({env: {}, pathVariables, platform: 'linux', home: path, now: () => now, ...options}),
  };
  for (const [name, content] of Object.entries(files)) await home.write(name, content);
  return home;
}

export type StoreRow = {
  id: string;
  integration?: string;
  value: unknown;
  active?: number | null;
  updated?: number;
};

export const storePath = '.local/share/opencode/opencode.db';

/**
 * An opencode 2 store as opencode keeps it: WAL mode, and still open, so that the newest rows stand in the log. Rows get
 * `idColumn` as the name of the column that holds the provider's id.
 */
export async function writeStore(
  home: Home,
  rows: StoreRow[],
  {path = storePath, idColumn = 'integration_id'}: {path?: string; idColumn?: string} = {},
): Promise<DatabaseSync> {
  await mkdir(dirname(join(home.path, path)), {recursive: true});
  const database = new DatabaseSync(join(home.path, path));
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  database.exec(`pragma journal_mode = wal; create table credential (id text primary key, ${idColumn} text,
    method_id text, label text, value text, active integer, time_created integer, time_updated integer)`);
  const insert = database.prepare(
    `insert into credential (id, ${idColumn}, value, active, time_created, time_updated) values (?, ?, ?, ?, ?, ?)`,
  );
  for (const {id, integration = 'openai', value, active = null, updated = 1} of rows)
    insert.run(id, integration, typeof value === 'string' ? value : JSON.stringify(value), active, 1, updated);
  return database;
}
