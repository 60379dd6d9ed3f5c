import {chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {manifest} from '../../scripts/release/variables.ts';
import type {Notice} from '../../src/core/model.ts';
import {createCredentialStore} from '../../src/system/credentials/store.ts';
import {openLedgerFile} from '../../src/system/ledger/file.ts';
import {migrations} from '../../src/system/ledger/schema.ts';
import {readSettings} from '../../src/system/settings/file.ts';
import {run} from '../support/run.ts';
import {known} from './settings/support.ts';

const fixtures = 'test/fixtures/upgrades';
const versions = readdirSync(fixtures, {withFileTypes: true}).flatMap(entry => (entry.isDirectory() ? entry.name : []));

let home: string;
const config = (): string => join(home, '.config/mystatus-tui');
const state = (): string => join(home, '.local/state/mystatus-tui');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mystatus-upgrade-'));
});
afterEach(() => rmSync(home, {recursive: true}));

/** The files of a version where they were, with their modes, which git does not keep. */
function restore(version: string): void {
  for (const directory of [config(), state()]) mkdirSync(directory, {recursive: true, mode: 0o700});
  for (const name of ['config.json', 'credentials.json', 'state.db']) {
    const to = join(name.endsWith('.db') ? state() : config(), name);
    cpSync(join(fixtures, version, name), to);
    chmodSync(to, 0o600);
  }
}

const parsed = (json: unknown): unknown => (typeof json === 'string' ? JSON.parse(json) : null);

/** Advice may be called otherwise by now, but is still there, with its link. */
const inTodaysWords = (failure: unknown): unknown => {
  const {remedy, ...rest} = (failure ?? {remedy: null}) as {remedy: {url?: string} | null};
  if (remedy === null) return failure;
  return {...rest, remedy: expect.objectContaining(remedy.url === undefined ? {} : {url: remedy.url})};
};

it('the files of every version that was released before this one are kept', () => {
  const changes = readFileSync('CHANGELOG.md', 'utf8').matchAll(/^## \[?(\d+\.\d+\.\d+)/gm);
  const before = [...changes].map(([, name]) => name).filter(name => name !== manifest().version);
  expect(versions).toEqual(expect.arrayContaining(before));
  expect(versions).toContain('0.1.0');
});

describe.each(versions)('what %s left', version => {
  beforeEach(() => restore(version));

  it('are settings of which every value still holds', async () => {
    const {settings, problems} = await readSettings(config(), known);
    expect(problems).toEqual([]);
    expect(settings).toMatchObject(read(join(config(), 'config.json')) as object);
  });

  it('are logins that are all there, and stay when one is added', async () => {
    const {credentials} = read(join(config(), 'credentials.json')) as {credentials: object[]};
    const notices: Notice[] = [];
    const store = createCredentialStore(config(), notice => notices.push(notice));
    expect(await store.list()).toMatchObject(
      credentials.map(({createdAt: _, ...entry}: {createdAt?: string}) => entry),
    );
    await store.add({provider: 'zai', secret: 'test-another-key', fields: {}});
    expect(read(join(config(), 'credentials.json'))).toMatchObject({credentials: [...credentials, {provider: 'zai'}]});
    expect(notices).toEqual([]);
  });

  it('is a ledger of which no row and no figure is lost', () => {
    const path = join(state(), 'state.db');
    const before = new DatabaseSync(path, {readOnly: true});
    const records = before.prepare('SELECT * FROM account ORDER BY key').all();
    before.close();
    const now = Math.max(...records.map(({touched_at}) => Number(touched_at)));
    const ledger = openLedgerFile(path, {owner: 'test', now, keepsHistory: () => true});
    const rows = ledger.rows().sort((one, other) => (one.key < other.key ? -1 : 1));
    ledger.close();
    expect(rows).toEqual(
      records.map(({key, provider, label, source, fingerprint, failures, ...record}) => ({
        ...{key, provider, label, source, fingerprint, failures},
        ...{readAt: record.read_at, lastAttemptAt: record.asked_at, dueAt: record.due_at},
        ...{reading: parsed(record.reading), failure: inTodaysWords(parsed(record.failure))},
      })),
    );
    expect(rows.some(({reading}) => reading !== null)).toBe(true);
    expect(rows.some(({failure}) => failure !== null)).toBe(true);
  });

  it('is used by the program without a word', async () => {
    const {code, stdout, stderr} = await run(['accounts', '--json'], {HOME: home, PATH: process.env.PATH ?? ''});
    expect([code, stderr]).toEqual([0, '']);
    const found = JSON.parse(stdout) as {accounts: {stored: boolean}[]};
    const {credentials} = read(join(config(), 'credentials.json')) as {credentials: object[]};
    expect(found.accounts.filter(({stored}) => stored)).toHaveLength(credentials.length);
  });
});

describe('files of a newer version', () => {
  beforeEach(() => restore(versions[0] ?? ''));
  const newer = /^mystatus-tui: .*newer version.*$/m;
  const ask = (...args: string[]) => run(args, {HOME: home, PATH: process.env.PATH ?? ''});

  it('are said in one line each, and left as they are', async () => {
    const credentials = {version: 2, credentials: [], vault: {of: 'a later version'}};
    writeFileSync(join(config(), 'credentials.json'), JSON.stringify(credentials));
    const db = new DatabaseSync(join(state(), 'state.db'));
    db.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    db.close();
    const {stderr} = await ask('--json');
    const lines = stderr.split('\n').filter(line => newer.test(line));
    expect(lines.map(line => /credentials\.json|state\.db/.exec(line)?.[0]).sort()).toEqual([
      'credentials.json',
      'state.db',
    ]);
    expect(read(join(config(), 'credentials.json'))).toEqual(credentials);
  });
});
