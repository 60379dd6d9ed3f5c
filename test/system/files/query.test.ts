import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {createMachine} from '../../../src/system/machine.ts';

let directory: string;
let path: string;
const machine = createMachine({env: {}, home: '/nowhere'});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mystatus-query-'));
  path = join(directory, 'store with #odd? name%20.db');
});
afterEach(() => rm(directory, {recursive: true, force: true}));

function store(mode: 'wal' | 'delete' = 'wal'): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(`pragma journal_mode = ${mode}; create table credential (id text, value text, time_updated integer)`);
  database.prepare('insert into credential values (?, ?, ?)').run('openai', '{"a":1}', 1_788_901_234_567);
  return database;
}

const read = () => machine.query(path, 'select id, time_updated from credential where id = ?', 'openai');
const row = {id: 'openai', time_updated: 1_788_901_234_567};

it.each(['wal', 'delete'] as const)(
  'reads a store that nobody has open (%s) and leaves its directory untouched',
  async mode => {
    store(mode).close();
    const before = await readdir(directory);
    expect(await read()).toEqual({state: 'ok', rows: [row]});
    expect(await readdir(directory)).toEqual(before);
  },
);

it('reads what another connection has committed to the log and not yet to the file', async () => {
  const writer = store();
  try {
    writer.exec("insert into credential values ('openai', '{}', 2)");
    expect(await read()).toEqual({state: 'ok', rows: [row, {id: 'openai', time_updated: 2}]});
    writer.exec("begin immediate; insert into credential values ('openai', '{}', 3)");
    expect(await read()).toMatchObject({rows: [{}, {}]});
    writer.exec('commit');
    expect(await read()).toMatchObject({rows: [{}, {}, {}]});
  } finally {
    writer.close();
  }
});

it('waits for a store that another program holds locked for a moment', async () => {
  const writer = store('delete');
  writer.exec('begin exclusive');
  const reading = read();
  setTimeout(() => writer.exec('commit'), 30);
  expect(await reading).toEqual({state: 'ok', rows: [row]});
  writer.close();
});

it('says so when the store stays locked', async () => {
  const writer = store('delete');
  writer.exec('begin exclusive');
  expect(await read()).toEqual({state: 'unreadable', why: 'another program has locked it', reason: 'locked'});
  writer.close();
});

it('creates nothing for a missing path', async () => {
  expect(await read()).toEqual({state: 'missing'});
  expect(await readdir(directory)).toEqual([]);
});

it('cannot write', async () => {
  store().close();
  const written = await machine.query(path, "insert into credential values ('x', 'y', 1)");
  expect(written.state).toBe('unreadable');
  expect(await machine.query(path, 'select count(*) as n from credential')).toEqual({state: 'ok', rows: [{n: 1}]});
});

it('says in plain words why a file cannot be read, without its content', async () => {
  expect(await machine.query(directory, 'select 1')).toEqual({
    state: 'unreadable',
    why: 'it is not a regular file',
    reason: 'broken',
  });
  await writeFile(path, 'secret-value '.repeat(100));
  expect(await machine.query(path, 'select * from credential')).toEqual({
    state: 'unreadable',
    why: 'it is not a SQLite file',
    reason: 'broken',
  });
});

it('says in plain words that a table is not there, without the query', async () => {
  store().close();
  const found = await machine.query(path, "select 'secret-value' from elsewhere");
  expect(found).toEqual({state: 'unreadable', why: 'its tables have an unknown format', reason: 'broken'});
});

it('gives rows that compare and spread like any object', async () => {
  store().close();
  const found = await read();
  expect(found.state === 'ok' && Object.getPrototypeOf(found.rows[0])).toBe(Object.prototype);
});
