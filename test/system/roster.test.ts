import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {rowOf} from '../../src/core/ledger.ts';
import type {Notice} from '../../src/core/model.ts';
import {rosterOf, stateFrom} from '../../src/core/roster.ts';
import {knownIn} from '../../src/first-frame/known.ts';
import {openLedger} from '../../src/system/ledger/ledger.ts';
import {type SeenEnvironment, watchEnvironment} from '../../src/system/roster/environment.ts';
import {lookedAt, writeRoster} from '../../src/system/roster/file.ts';
import {createRosterKeeper} from '../../src/system/roster/keep.ts';
import {readSettings} from '../../src/system/settings/file.ts';
import {fresh, someNow} from '../support/state.ts';

let home: string;
const paths = () => ({configDirectory: join(home, 'config'), stateDirectory: join(home, 'state')});
const at = (path: string) => join(home, path);
const version = '1.2.3';
const state = fresh();

const env = {CODEX_HOME: '/home/somebody/.codex'};
/** Of a look that read one variable. */
function environment(): SeenEnvironment {
  const watched = watchEnvironment(env);
  expect(watched.env.CODEX_HOME).toBe(env.CODEX_HOME);
  return watched.seen();
}

/** As a monitor leaves them: settings, a login of our own, a ledger, and who stands on the screen. */
async function leave(notices: Notice[] = []): Promise<(lookedAt: number) => void> {
  const {configDirectory, stateDirectory} = paths();
  mkdirSync(at('config/themes'), {recursive: true});
  writeFileSync(at('config/config.json'), '{"display": {"theme": "mine"}, "providers": {"zai": {"enabled": true}}}');
  writeFileSync(at('config/themes/mine.json'), '{"colors": {"ok": "#00ff00"}}');
  writeFileSync(at('config/credentials.json'), '{"credentials": []}', {mode: 0o600});
  const ledger = openLedger({directory: stateDirectory, onNotice: () => {}});
  for (const account of Object.values(state.accounts)) ledger.settle(rowOf(account), someNow);
  const roster = rosterOf(state, ledger.row);
  ledger.close();
  if (roster === null) throw new Error('there is no roster');
  const settings = await readSettings(configDirectory, {providers: [{id: 'zai'}]});
  expect(settings.problems).toEqual([]);
  const from = {roster, state: {...state, notices}, settings, environment: environment()};
  const keep = createRosterKeeper({configDirectory, stateDirectory, version});
  keep({...from, lookedAt: someNow});
  return lookedAt => keep({...from, lookedAt});
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mystatus-roster-'));
});
afterEach(() => rmSync(home, {recursive: true, force: true}));

const inLedger = (sql: string): void => {
  const db = new DatabaseSync(at('state/state.db'));
  db.exec(sql);
  db.close();
};

describe('who stood on the screen last', () => {
  it('is found again by the next start, for its owner alone', async () => {
    await leave();
    const known = knownIn(paths(), version, env);
    expect(known && stateFrom(known.roster.roster, known.rows)).toEqual(state);
    expect(known?.roster.theme?.colors).toEqual({ok: '#00ff00'});
    expect((statSync(at('state/roster.json')).mode & 0o777).toString(8)).toBe('600');
  });

  it('is nobody where logins are looked for elsewhere than then', async () => {
    await leave();
    expect(knownIn(paths(), version, {...env, EDITOR: 'vi'})).not.toBeNull();
    expect(knownIn(paths(), version, {CODEX_HOME: '/home/somebody/work'})).toBeNull();
    expect(knownIn(paths(), version, {})).toBeNull();
  });

  it('is as old as the last look that found the same, and is written again where another copy wrote its own', async () => {
    const keep = await leave();
    const {stateDirectory} = paths();
    const ino = () => statSync(at('state/roster.json')).ino;
    const first = ino();
    expect(lookedAt(stateDirectory)).toBe(someNow);
    keep(someNow + 15_000);
    expect([lookedAt(stateDirectory), ino()]).toEqual([someNow + 15_000, first]);
    writeRoster(stateDirectory, '{}');
    keep(someNow + 30_000);
    expect(lookedAt(stateDirectory)).toBe(someNow + 30_000);
    expect(knownIn(paths(), version, env)).not.toBeNull();
  });

  it('has no address, command or option of the settings in its file', async () => {
    await leave();
    const {settings} = JSON.parse(readFileSync(at('state/roster.json'), 'utf8'));
    expect(Object.keys(settings)).toEqual(['display', 'layout', 'thresholds', 'keys', 'history', 'intervals']);
  });

  let holder: DatabaseSync | null = null;
  afterEach(() => {
    holder?.close();
    holder = null;
  });
  const edit = (path: string, change: (text: string) => string): void =>
    writeFileSync(at(path), change(readFileSync(at(path), 'utf8')));

  it.each<[string, () => void]>([
    ['there is no ledger', () => rmSync(at('state/state.db'))],
    ['the ledger is of a later version', () => inLedger('PRAGMA user_version = 99')],
    ['the ledger is broken', () => writeFileSync(at('state/state.db'), 'no database at all '.repeat(100))],
    ['the ledger is an empty file', () => truncateSync(at('state/state.db'), 0)],
    ['the ledger has no rows', () => inLedger('DELETE FROM account')],
    ['the ledger is huge', () => truncateSync(at('state/state.db'), 65 * 1_048_576)],
    [
      'the ledger is locked',
      () => {
        inLedger('PRAGMA journal_mode = DELETE');
        holder = new DatabaseSync(at('state/state.db'));
        holder.exec("BEGIN EXCLUSIVE; UPDATE account SET label = 'x'");
      },
    ],
    ['the roster is half written', () => edit('state/roster.json', text => text.slice(0, 500))],
    ['the roster is another version’s', () => edit('state/roster.json', text => text.replace(version, '1.2.4'))],
    ['the roster is open to others', () => chmodSync(at('state/roster.json'), 0o644)],
    ['the roster is gone', () => rmSync(at('state/roster.json'))],
    ['a name in it carries an escape', () => edit('state/roster.json', text => text.replace('octo', 'oc\\u001b[2Jto'))],
    ['config.json was changed', () => edit('config/config.json', text => `${text} `)],
    ['config.json is gone', () => rmSync(at('config/config.json'))],
    ['the theme was changed', () => edit('config/themes/mine.json', text => text.replace('00ff00', '0000ff'))],
    ['a login was stored', () => writeFileSync(at('config/credentials.json'), '{"credentials": [{}]}')],
  ])('is not believed where %s', async (_, spoil) => {
    await leave();
    expect(knownIn(paths(), version, env)).not.toBeNull();
    spoil();
    expect(knownIn(paths(), version, env)).toBeNull();
  });

  it('is not believed where there was something to say beside it', async () => {
    await leave([{code: 'permissions', text: 'others can read it'}]);
    expect(knownIn(paths(), version, env)).toBeNull();
  });
});
