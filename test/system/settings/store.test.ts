import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {defaultSettings, type Settings, type SettingsProblem} from '../../../src/core/settings.ts';
import {createSettingsStore, readSettings, type SettingsStore} from '../../../src/system/settings/store.ts';

const now = Date.parse('2026-11-22T09:00:00Z');
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

function directory(config?: unknown): string {
  const path = mkdtempSync(join(tmpdir(), 'mystatus-settings-'));
  closers.push(() => rmSync(path, {recursive: true, force: true}));
  if (config !== undefined) write(path, config);
  return path;
}
const file = (path: string) => join(path, 'config.json');
const write = (path: string, config: unknown) =>
  writeFileSync(file(path), typeof config === 'string' ? config : JSON.stringify(config));
const written = (path: string): unknown => JSON.parse(readFileSync(file(path), 'utf8'));
const texts = (problems: SettingsProblem[]) => problems.map(({text}) => text);

describe('reading the settings', () => {
  it('gives the defaults, and no complaint, where there is no file or an empty one', () => {
    for (const path of [directory(), directory(''), directory(' \n'), directory({}), join(directory(), 'nowhere')]) {
      expect(readSettings(path)).toEqual({settings: defaultSettings, problems: []});
    }
  });

  it('takes every setting that is allowed', () => {
    const settings: Settings = {
      providers: {
        openai: {enabled: false, intervalSeconds: 300, url: 'http://127.0.0.1:8080'},
        google: {enabled: true, intervalSeconds: null, url: null, clientId: 'id', clientSecret: 'test-client-secret'},
      },
      order: ['zai', 'openai'],
      display: {
        show: 'left',
        theme: 'colour-blind',
        language: 'ja',
        privacy: true,
        mouse: false,
        ascii: true,
        motion: 'off',
      },
      thresholds: {warn: 50, critical: 99.5},
      keys: {refresh: ['r', 'f5'], quit: []},
      hidden: ['openai:3f2a91c0'],
    };
    expect(readSettings(directory({$schema: 'x', ...settings}))).toEqual({settings, problems: []});
    expect(readSettings(directory(`\ufeff${JSON.stringify(settings)}`))).toEqual({settings, problems: []});
  });

  it('fills what a group leaves out', () => {
    const {settings} = readSettings(directory({providers: {zai: {intervalSeconds: 90}}, display: {theme: 'mono'}}));
    expect(settings.providers).toEqual({zai: {enabled: true, intervalSeconds: 90, url: null}});
    expect(settings.display).toEqual({...defaultSettings.display, theme: 'mono'});
  });

  const bad: [string, unknown, string, Partial<Settings>?][] = [
    ['a list for all', [], 'config.json: must be an object, not a list'],
    ['null for all', null, 'config.json: must be an object, not null'],
    ['a theme nobody has', {display: {theme: 'blue'}}, 'display.theme: "blue" is not one of auto, dark, light, '],
    ['a slip of the finger', {display: {theme: 'drak'}}, 'did you mean "dark"?'],
    ['a number for a word', {display: {show: 3}}, 'display.show: 3 is not one of used, left'],
    ['a text for a switch', {display: {mouse: 'yes'}}, 'display.mouse: must be true or false, not a string'],
    ['a group that is none', {display: 'dark'}, 'display: must be an object, not a string'],
    ['a setting nobody knows', {displays: {}}, 'displays: is not a setting; did you mean "display"?'],
    ['a stranger far from all', {zebra: 1}, 'zebra: is not a setting'],
    ['a stranger in a group', {thresholds: {warning: 3}}, 'thresholds.warning: is not a setting'],
    ['a percentage beyond', {thresholds: {warn: 170}}, 'thresholds.warn: must be a number from 0 to 100, not 170'],
    [
      'a percentage as text',
      {thresholds: {warn: '70'}},
      'thresholds.warn: must be a number from 0 to 100, not a string',
    ],
    ['infinity', '{"thresholds": {"critical": 1e999}}', 'thresholds.critical: must be a number'],
    [
      'thresholds in disorder',
      {thresholds: {warn: 95}},
      'thresholds: warn (95) is above critical (90); using 70 and 90',
    ],
    [
      'an interval of nothing',
      {providers: {zai: {intervalSeconds: '60'}}},
      'providers.zai.intervalSeconds: must be a whole',
    ],
    [
      'a broken interval',
      {providers: {zai: {intervalSeconds: 90.5}}},
      'must be a whole number of seconds from 60 to 86400',
    ],
    ['a provider that is none', {providers: {zai: true}}, 'providers.zai: must be an object, not true'],
    ['an order that is none', {order: 'openai'}, 'order: must be a list, not a string'],
    ['an order of numbers', {order: [1]}, 'order[0]: must be a string, not 1', {order: []}],
    ['one named twice', {order: ['zai', 'zai']}, 'order[1]: is in the list twice', {order: ['zai']}],
    ['one key for a list', {keys: {refresh: 'r'}}, 'keys.refresh: must be a list, not a string'],
    ['control characters', {'\u001b[31mred': 1}, 'red: is not a setting'],
    ['a magic name', '{"__proto__": {"display": {"theme": "dark"}}}', '__proto__: is not a setting'],
  ];

  it.each(bad)('names %s and ignores it', (_, config, text, change) => {
    const {settings, problems} = readSettings(directory(config));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.text).toContain(text);
    expect(problems[0]?.text.startsWith(`${problems[0].path}: `)).toBe(true);
    expect({...settings, providers: {}}).toEqual({...defaultSettings, ...change});
  });

  it('names each bad value, once, and keeps the good ones beside it', () => {
    const {settings, problems} = readSettings(
      directory({display: {theme: 1, language: 'klingon', show: 'left'}, order: ['zai', 7], nothing: 0}),
    );
    expect(problems.map(({path}) => path).sort()).toEqual(['display.language', 'display.theme', 'nothing', 'order[1]']);
    expect(settings.display.show).toBe('left');
    expect(settings.order).toEqual(['zai']);
  });

  it('raises an interval to the floor, lowers it to a day, and says so', () => {
    const {settings, problems} = readSettings(
      directory({providers: {zai: {intervalSeconds: 5}, openai: {intervalSeconds: 1e9}}}),
    );
    expect(settings.providers.zai?.intervalSeconds).toBe(60);
    expect(settings.providers.openai?.intervalSeconds).toBe(86_400);
    expect(texts(problems)).toEqual([
      'providers.zai.intervalSeconds: 5 is not a whole number of seconds from 60 to 86400; using 60',
      'providers.openai.intervalSeconds: 1000000000 is not a whole number of seconds from 60 to 86400; using 86400',
    ]);
  });

  it('names an address that may not be used and keeps it, so that it is refused and not passed over', () => {
    for (const url of ['http://example.com', 'ftp://127.0.0.1', 'nonsense', 'https://user@example.com', 5]) {
      const {settings, problems} = readSettings(directory({providers: {zai: {url}}}));
      expect(texts(problems)).toEqual([
        expect.stringMatching(/^providers\.zai\.url: (must|is not) .*; nothing is sent$/),
      ]);
      expect(settings.providers.zai?.url).toBe(String(url));
    }
    expect(readSettings(directory({providers: {zai: {url: ''}}})).settings.providers.zai?.url).toBeNull();
  });

  it('quotes no text that may be a secret', () => {
    const secret = 'test-client-secret';
    const broken = `{"providers": {"google": {"clientSecret": "${secret}" x}}}`;
    const shapes = [
      broken,
      {providers: {google: {clientSecret: [secret], url: secret}}},
      {order: secret, keys: secret},
    ];
    for (const shape of shapes) {
      const {problems} = readSettings(directory(shape));
      expect(problems.length).toBeGreaterThan(0);
      expect(texts(problems).join(' ')).not.toContain(secret);
    }
  });

  const broken: [string, number, number][] = [
    ['{"display": {"theme": "dark",}}', 1, 30],
    ['{\n  "display": {\n    "theme": dark\n  }\n}', 3, 14],
    ['{\n  // a comment\n}', 2, 3],
    ['{"a": 1', 1, 8],
    ['{"a": 1} {"b": 2}', 1, 10],
    ["{'a': 1}", 1, 2],
    ['{"a": "one\ntwo"}', 1, 7],
    ['{"a": 01}', 1, 8],
    ['[1, 2', 1, 6],
    ['\n\nnull?', 3, 5],
    [`${'['.repeat(200_000)}`, 1, 102],
  ];

  it.each(broken)('says where a file is broken, and uses the defaults (%#)', (text, line, column) => {
    const {settings, problems} = readSettings(directory(text));
    expect(settings).toEqual(defaultSettings);
    expect(texts(problems)).toEqual([
      `config.json: not valid JSON at line ${line}, column ${column}; using the defaults`,
    ]);
  });

  it('says that a file cannot be read, without its path', () => {
    const path = directory();
    mkdirSync(file(path));
    expect(texts(readSettings(path).problems)).toEqual([
      'config.json: cannot be read: a directory is where the file should be',
    ]);
  });

  it.skipIf(process.platform === 'win32')('reads no device, no pipe and nothing endless', () => {
    const path = directory();
    symlinkSync('/dev/zero', file(path));
    expect(texts(readSettings(path).problems)).toEqual(['config.json: cannot be read: it is not a regular file']);
    const large = directory(`{"hidden": ["${'x'.repeat(1_048_576)}"]}`);
    expect(texts(readSettings(large).problems)).toEqual(['config.json: cannot be read: it is larger than 1 MiB']);
  });

  it('sets a file aside that it cannot read before it writes one', async () => {
    const path = directory(' '.repeat(1_048_577));
    const problems: string[][] = [];
    const store = createSettingsStore({directory: path, onChange: (_, found) => problems.push(texts(found))});
    await store.set('display.theme', 'dark');
    store.close();
    expect(readSettings(path).settings.display.theme).toBe('dark');
    expect(readdirSync(path).filter(name => name.startsWith('config.json.bad-'))).toHaveLength(1);
  });

  it('names a provider and an action that do not exist, when it is told which there are', () => {
    const config = {providers: {opnai: {}}, order: ['gogle', 'zai'], keys: {refesh: ['r']}};
    const known = {providers: ['openai', 'google', 'zai'], actions: ['refresh', 'quit']};
    const {settings, problems} = readSettings(directory(config), known);
    expect(settings).toEqual({...defaultSettings, order: ['zai']});
    expect(texts(problems)).toEqual([
      'providers.opnai: is not one of openai, google, zai; did you mean "openai"?',
      'order[0]: "gogle" is not one of openai, google, zai; did you mean "google"?',
      'keys.refesh: is not one of refresh, quit; did you mean "refresh"?',
    ]);
    expect(readSettings(directory(config)).problems).toEqual([]);
  });
});

describe('changing the settings', () => {
  type Seen = {settings: Settings; problems: string[]};
  function open(path: string): SettingsStore & {seen: Seen[]} {
    const seen: Seen[] = [];
    const store = createSettingsStore({
      directory: path,
      onChange: (settings, problems) => seen.push({settings, problems: texts(problems)}),
      now: () => now,
    });
    closers.push(() => store.close());
    return Object.assign(store, {seen});
  }

  async function until(isTrue: () => boolean): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!isTrue()) {
      if (Date.now() > deadline) throw new Error('it did not come true');
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }

  it('applies at once and keeps it in the file', async () => {
    const path = join(directory(), 'new', 'config');
    const store = open(path);
    const saved = store.set('display.theme', 'dark');
    expect(store.current().settings.display.theme).toBe('dark');
    expect(store.seen.map(({settings}) => settings.display.theme)).toEqual(['dark']);
    await saved;
    expect(written(path)).toEqual({display: {theme: 'dark'}});
    expect(readSettings(path).settings.display.theme).toBe('dark');
    expect(store.seen).toHaveLength(1);
  });

  it.skipIf(process.platform === 'win32')('writes a file for its owner alone, also over an open one', async () => {
    const path = join(directory(), 'config');
    await open(path).set('display.theme', 'dark');
    expect([statSync(path).mode & 0o777, statSync(file(path)).mode & 0o777]).toEqual([0o700, 0o600]);
    const open644 = directory();
    writeFileSync(file(open644), '{}', {mode: 0o644});
    await open(open644).set('display.theme', 'dark');
    expect(statSync(file(open644)).mode & 0o777).toBe(0o600);
  });

  it('keeps what the user wrote, known or not, and writes no defaults', async () => {
    const path = directory({future: {x: [1]}, display: {theme: 'auto', glow: 3}, $schema: 's', order: 'broken'});
    const store = open(path);
    await store.set('providers.openai.intervalSeconds', 120);
    await store.set('display.theme', undefined);
    await store.update(raw => {
      raw.hidden = ['openai:3f2a91c0'];
    });
    expect(written(path)).toEqual({
      future: {x: [1]},
      display: {glow: 3},
      $schema: 's',
      order: 'broken',
      providers: {openai: {intervalSeconds: 120}},
      hidden: ['openai:3f2a91c0'],
    });
  });

  it('replaces what stands in the way', async () => {
    const path = directory({display: 'dark', providers: {openai: 7}});
    const store = open(path);
    await store.set('display.theme', 'dark');
    await store.set('providers.openai.enabled', false);
    await store.set('__proto__.polluted', true);
    expect(written(path)).toMatchObject({display: {theme: 'dark'}, providers: {openai: {enabled: false}}});
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('keeps quick changes in their order', async () => {
    const path = directory();
    const store = open(path);
    const all = Array.from({length: 10}, (_, i) => store.set('thresholds.warn', i));
    all.push(store.set('display.show', 'left'));
    expect(store.current().settings).toMatchObject({thresholds: {warn: 9}, display: {show: 'left'}});
    await Promise.all(all);
    expect(written(path)).toEqual({thresholds: {warn: 9}, display: {show: 'left'}});
    expect(store.seen).toHaveLength(11);
  });

  it('does not lose what another copy changed meanwhile', async () => {
    const path = directory();
    const [mine, other] = [open(path), open(path)];
    await Promise.all([mine.set('display.theme', 'dark'), other.set('display.show', 'left')]);
    await mine.set('thresholds.warn', 10);
    expect(written(path)).toEqual({display: {theme: 'dark', show: 'left'}, thresholds: {warn: 10}});
    expect(mine.current().settings.display).toMatchObject({theme: 'dark', show: 'left'});
  });

  it('sets a broken file aside before it writes, and says so', async () => {
    const path = directory('{"display": {"theme": "dark",}}');
    const store = open(path);
    await store.set('display.show', 'left');
    const aside = 'config.json.bad-20261122T090000000Z';
    expect(readFileSync(join(path, aside), 'utf8')).toBe('{"display": {"theme": "dark",}}');
    expect(written(path)).toEqual({display: {show: 'left'}});
    expect(store.seen.at(-1)?.problems).toEqual([`config.json: was not a JSON object; renamed to ${aside}`]);
    await store.set('display.show', 'used');
    expect(store.current().problems).toEqual([]);
  });

  it('writes over an empty file, and one with a byte order mark, without setting anything aside', async () => {
    for (const text of ['', '\ufeff{"display": {"show": "left"}}']) {
      const path = directory(text);
      await open(path).set('display.theme', 'dark');
      expect(written(path)).toMatchObject({display: {theme: 'dark'}});
      expect(readdirSync(path).filter(name => name.includes('bad'))).toEqual([]);
    }
  });

  it('holds a change until the program ends when it cannot be written, and says so', async () => {
    const path = join(directory(), 'a-file');
    writeFileSync(path, '');
    const store = open(join(path, 'below'));
    await store.set('display.theme', 'dark');
    await store.set('display.show', 'left');
    expect(store.current().settings.display).toMatchObject({theme: 'dark', show: 'left'});
    expect(texts(store.current().problems)).toEqual(['config.json: not saved: a file is where a directory should be']);
  });

  it('picks up what is written by hand, and does not echo what it wrote itself', async () => {
    const path = directory({display: {theme: 'dark'}});
    const store = open(path);
    store.watch();
    write(path, {display: {theme: 'light'}});
    await until(() => store.current().settings.display.theme === 'light');
    await store.set('display.theme', 'mono');
    write(path, {display: {theme: 'blue'}});
    await until(() => store.current().problems.length > 0);
    expect(store.seen.map(({settings}) => settings.display.theme)).toEqual(['light', 'mono', 'auto']);
    write(path, '{"display": ');
    await until(() => texts(store.current().problems).some(text => text.includes('not valid JSON at line 1')));
    rmSync(file(path));
    await until(() => store.current().problems.length === 0);
    expect(store.current().settings).toEqual(defaultSettings);
  });

  it('picks up a file whose directory comes later', async () => {
    const path = join(directory(), 'later');
    const store = open(path);
    store.watch();
    mkdirSync(path);
    write(path, {display: {theme: 'light'}});
    await until(() => store.current().settings.display.theme === 'light');
  });

  it('makes nothing by reading and watching', () => {
    const path = join(directory(), 'nowhere');
    open(path).watch();
    readSettings(path);
    expect(existsSync(path)).toBe(false);
  });
});
