import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import {type SearchedPlace, searchPlaces} from '../../src/core/login-search/search.ts';
import {createDiscovery} from '../../src/core/polling/discovery.ts';
import type {Provider, StoredCredential} from '../../src/core/provider.ts';
import {createRedactor} from '../../src/core/text/redact.ts';
import {catalogue, pathVariables} from '../../src/providers/index.ts';
import {onKeychain} from '../../src/providers/shared/stored.ts';
import {demoFiles} from '../../src/system/demo-files.ts';
import {createMachine} from '../../src/system/machine.ts';
import {writeDemoStores} from '../support/demo-stores.ts';
import {createFakeClock} from '../support/fake-clock.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mystatus-'));
});
afterEach(() => rmSync(home, {recursive: true, force: true}));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(home, path)), {recursive: true});
  writeFileSync(join(home, path), text);
};
/** A program on PATH that prints what belongs to its arguments. */
function install(name: string, outputs: Readonly<Record<string, string>>): void {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const cases = Object.entries(outputs).map(([args, text]) => `${quoted(args)}) printf %s ${quoted(text)};;`);
  write(`bin/${name}`, `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\nesac\n`);
  chmodSync(join(home, 'bin', name), 0o755);
}
const providerOf = (id: string): Provider => {
  const provider = catalogue.find(each => each.id === id);
  if (provider === undefined) throw new Error(`no provider ${id}`);
  return onKeychain(provider);
};

const machineWith = (env: Record<string, string> = {}, stored: StoredCredential[] = []) =>
  createMachine({
    env: {PATH: join(home, 'bin'), ...env},
    platform: 'linux',
    home,
    pathVariables,
    stored: async () => stored,
  });

/** What a real machine with this home directory says. */
function search(id: string, env: Record<string, string> = {}, stored: StoredCredential[] = []) {
  const machine = machineWith(env, stored);
  const redactor = createRedactor();
  const discovery = createDiscovery({machine, clock: createFakeClock(), redactor});
  return searchPlaces({discovery, redactor}, providerOf(id));
}
const of = (places: readonly SearchedPlace[], name: string): SearchedPlace => {
  const found = places.find(({place}) => place.name === name);
  if (found === undefined) throw new Error(`no place ${name}`);
  return found;
};
const items = (place: SearchedPlace): Record<string, string> =>
  Object.fromEntries(place.items.map(({what, found, why}) => [what, why === undefined ? found : `${found}: ${why}`]));
const there = (place: SearchedPlace): Record<string, string> =>
  Object.fromEntries(Object.entries(items(place)).filter(([, found]) => !found.startsWith('absent')));

const ids = catalogue.map(({id}) => id);

describe('of every provider', () => {
  it.each(ids)('%s: nothing is there on an empty home, and everything that the catalogue names is said', async id => {
    const places = await search(id);
    expect(places.map(({place}) => place)).toEqual(providerOf(id).places);
    expect(places.map(({found}) => found)).toEqual(places.map(() => 'absent'));
    for (const {place, items} of places) {
      const named = [...(place.variables ?? []), ...(place.files ?? []), ...(place.programs ?? [])];
      expect(items.map(({what}) => what)).toEqual([...(place.stored ? ['what it stored'] : []), ...named]);
      expect([...new Set(items.map(({found}) => found))]).toEqual(items.length === 0 ? [] : ['absent']);
    }
  });

  it.each(ids)('%s: the login of its demo is found, in something that is named; no secret is said', async id => {
    const demo = await providerOf(id).demo();
    for (const [path, text] of demoFiles([demo], Date.now())) write(path, text);
    writeDemoStores(demo, home, Date.now());
    for (const [name, outputs] of Object.entries(demo.programs?.(Date.now()) ?? {})) install(name, outputs);
    const places = await search(id, demo.env);
    const holding = places.filter(({found}) => found === 'login');
    expect(holding).not.toEqual([]);
    for (const {items} of holding) expect(items.map(({found}) => found)).toContain('login');
    const accounts = await providerOf(id).discover(machineWith(demo.env));
    for (const secret of accounts.flatMap(({secrets}) => secrets)) expect(JSON.stringify(places)).not.toContain(secret);
  });

  it.each(ids)('%s: files that are none of its own stop nothing, and are called unreadable', async id => {
    const files = providerOf(id)
      .places.flatMap(place => place.files ?? [])
      .filter(file => file.startsWith('~/') && !file.includes('*'));
    for (const file of files) mkdirSync(join(home, file.slice(2)), {recursive: true});
    const places = await search(id);
    const said = places.flatMap(({items}) => items).filter(({what}) => files.includes(what));
    expect(said.filter(({found}) => found === 'absent' || found === 'login')).toEqual([]);
    expect(places.filter(({found}) => found === 'login' && files.length > 0)).toEqual([]);
  });
});

describe('what was found', () => {
  const key = 'an-opaque-key-0123456789.Fake';

  it('in a variable is a login, or not set', async () => {
    const environment = of(await search('zai', {ZAI_API_KEY: key}), 'environment');
    expect(environment.found).toBe('login');
    expect(items(environment)).toMatchObject({ZAI_API_KEY: 'login', Z_AI_API_KEY: 'absent'});
  });

  it('in a file is a login, none, or why it cannot be read', async () => {
    write('.claude/settings.json', '{"env": {}}');
    write('.zcode/v2/config.json', '{broken');
    write('.config/zai/key.json', JSON.stringify({apiKey: key}));
    const places = await search('zai');
    expect(of(places, 'Claude Code')).toMatchObject({found: 'no-login'});
    expect(there(of(places, 'Claude Code'))).toEqual({'~/.claude/settings.json': 'no-login'});
    expect(of(places, 'ZCode').found).toBe('unreadable');
    expect(there(of(places, 'ZCode'))).toEqual({'~/.zcode/v2/config.json': 'unreadable: it is not valid JSON'});
  });

  it('is said with the reason that discovery gives where a login is of no use', async () => {
    write('.codex/auth.json', '{"OPENAI_API_KEY": "sk-fake-0123456789"}');
    expect(of(await search('openai'), 'Codex')).toMatchObject({
      found: 'no-login',
      why: 'codex auth.json: an API key login has no plan quota',
    });
  });

  it('in a directory that a variable names is said in the words of the catalogue', async () => {
    write('elsewhere/auth.json', '{}');
    const codex = of(await search('openai', {CODEX_HOME: join(home, 'elsewhere')}), 'Codex');
    expect(there(codex)).toEqual({'$CODEX_HOME/auth.json': 'no-login'});
    expect(items(of(await search('openai'), 'Codex'))['$CODEX_HOME/auth.json']).toBe('absent: CODEX_HOME is not set');
  });

  it('in a store with a name of its own is found there', async () => {
    write('.local/share/opencode/opencode-beta.db', '');
    const store = new DatabaseSync(join(home, '.local/share/opencode/opencode-beta.db'));
    store.exec(
      'create table credential (id text, integration_id text, value text, active integer, time_updated integer)',
    );
    const value = JSON.stringify({type: 'key', key});
    store.prepare("insert into credential values ('a', 'zai-coding-plan', ?, 1, 1)").run(value);
    store.close();
    const opencode = of(await search('zai'), 'opencode');
    expect(opencode.found).toBe('login');
    expect(there(opencode)).toEqual({'~/.local/share/opencode/opencode-beta.db': 'login'});
    expect(of(await search('openai'), 'opencode').found).toBe('no-login');
  });

  it('below directories of any name is said with its whole path', async () => {
    write('.config/JetBrains/GoLand2026.1/options/other.xml', '');
    expect(there(of(await search('jetbrains'), 'JetBrains IDEs'))).toEqual({});
    write('.config/JetBrains/GoLand2026.1/options/AIAssistantQuotaManager2.xml', '<application/>');
    expect(there(of(await search('jetbrains'), 'JetBrains IDEs'))).toEqual({
      '~/.config/JetBrains/GoLand2026.1/options/AIAssistantQuotaManager2.xml': 'no-login',
    });
  });

  it('in opencode’s configuration counts for that place too, which has no reader of its own', async () => {
    const provider = {'zai-coding-plan': {options: {apiKey: key}}};
    write('.config/opencode/opencode.json', JSON.stringify({provider}));
    const configuration = of(await search('zai'), 'opencode’s configuration');
    expect(configuration.found).toBe('login');
    expect(there(configuration)).toEqual({'~/.config/opencode/opencode.json': 'login'});
  });

  it('in our own store is said entry by entry, with what is wrong in the keychain', async () => {
    const entry = {id: 'a', provider: 'zai', fields: {}};
    const stored: StoredCredential[] = [
      {...entry, secret: key},
      {...entry, id: 'b', secret: '', keychain: true, problem: 'the keychain is locked'},
    ];
    const places = await search('zai', {}, stored);
    expect(of(places, 'mystatus-tui login').items).toEqual([
      {kind: 'stored', what: 'what it stored', found: 'login'},
      {kind: 'stored', what: 'what it stored (keychain)', found: 'unreadable', why: 'the keychain is locked'},
    ]);
    expect(of(places, 'environment').found).toBe('absent');
  });

  it('of a program is that it is there', async () => {
    write('bin/agy', '#!/bin/sh\n');
    expect(there(of(await search('google'), 'the agy command'))).toEqual({});
    chmodSync(join(home, 'bin/agy'), 0o755);
    expect(there(of(await search('google'), 'the agy command'))).toHaveProperty('agy');
  });
});
