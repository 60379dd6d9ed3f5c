import {
  chmodSync,
  chownSync,
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
import {defaultSettings, type Settings} from '../../../src/core/settings.ts';
import {changeSettings} from '../../../src/system/settings/file.ts';
import {fileIn, known, read, texts, write} from './support.ts';

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

describe('reading the settings', () => {
  it('gives the defaults, and no complaint, where there is no file or an empty one', async () => {
    for (const path of [directory(), directory(''), directory(' \n'), directory({}), join(directory(), 'nowhere')]) {
      expect(await read(path)).toEqual({settings: defaultSettings, problems: []});
    }
  });

  it('takes every setting that is allowed', async () => {
    const settings: Settings = {
      ledger: 'postgres://me@db.example/quotas?sslmode=verify-full',
      machine: 'laptop',
      providers: {
        openai: {enabled: false, intervalSeconds: 300, url: 'http://127.0.0.1:8080', options: {}},
        google: {
          enabled: true,
          intervalSeconds: null,
          url: null,
          options: {clientId: 'id', clientSecret: 'test-client-secret'},
        },
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
      layout: {view: 'table', sort: 'name', agenda: false, history: true, folded: ['copilot']},
      thresholds: {warn: 50, critical: 99.5},
      history: {enabled: false},
      alerts: {
        channels: ['bell', 'command', 'webhook'],
        runOut: 'early',
        quiet: ['22:00-08:00', '12:30-24:00'],
        rules: [{provider: 'openai', window: 'weekly', events: ['run-out', 'spent'], thresholds: [80]}, {}],
        thresholds: [75, 90],
        command: ['/usr/bin/tee', '-a', '', '-a'],
        webhook: 'https://hooks.example/services/a?b=c',
        ntfy: 'http://127.0.0.1:2586',
      },
      keys: {refresh: ['r', 'f5'], quit: []},
      hidden: ['openai:3f2a91c0'],
      customProviders: [
        {
          id: 'gauge',
          name: 'Build farm',
          intervalSeconds: 600,
          command: {run: ['~/bin/gauge'], passEnv: [], timeoutSeconds: 15},
        },
      ],
    };
    const entries = Object.entries(settings.providers).map(([id, {options, ...own}]) => [id, {...own, ...options}]);
    const file = {...settings, providers: Object.fromEntries(entries)};
    expect(await read(directory({$schema: 'x', ...file}))).toEqual({settings, problems: []});
    expect(await read(directory(`\ufeff${JSON.stringify(file)}`))).toEqual({settings, problems: []});
  });

  it('fills what a group leaves out', async () => {
    const {settings} = await read(directory({providers: {zai: {intervalSeconds: 90}}, display: {theme: 'mono'}}));
    expect(settings.providers).toEqual({zai: {enabled: true, intervalSeconds: 90, url: null, options: {}}});
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
    ['a fold of nobody', {layout: {folded: ['copilt']}}, 'layout.folded[0]: "copilt" is not one of'],
    ['a stranger far from all', {zebra: 1}, 'zebra: is not a setting'],
    ['a stranger in a group', {thresholds: {warning: 3}}, 'thresholds.warning: is not a setting'],
    [
      'a way nobody knows',
      {alerts: {channels: ['bel', 'bell']}},
      'alerts.channels[0]: "bel" is not one of',
      {alerts: {...defaultSettings.alerts, channels: ['bell']}},
    ],
    [
      'a span that is none',
      {alerts: {quiet: ['22-8']}},
      'alerts.quiet[0]: must be a span of the day such as "22:00-08:00"',
    ],
    ['a span without length', {alerts: {quiet: ['08:00-08:00']}}, 'alerts.quiet[0]: begins when it ends'],
    ['an hour that is none', {alerts: {quiet: ['22:00-25:00']}}, 'alerts.quiet[0]: must be a span of the day'],
    [
      'a program without its place',
      {alerts: {command: ['notify']}},
      'alerts.command: must be a list of strings that begins',
    ],
    ['a command with a number', {alerts: {command: ['/bin/x', 3]}}, 'alerts.command: must be a list of strings'],
    ['a line for a shell', {alerts: {command: '/bin/x y'}}, 'alerts.command: must be a list of strings'],
    ['a hook without TLS', {alerts: {webhook: 'http://hooks.example/a'}}, 'alerts.webhook: must be https:// (http://'],
    [
      'a hook with a password',
      {alerts: {webhook: 'https://a:b@hooks.example'}},
      'alerts.webhook: must not contain a user',
    ],
    ['an ntfy topic in the address', {alerts: {ntfy: 'https://ntfy.sh/topic'}}, 'alerts.ntfy: must not have a path'],
    [
      'an event nobody knows',
      {alerts: {rules: [{events: ['run-ot']}]}},
      'alerts.rules[0].events[0]: "run-ot" is not one',
      {
        alerts: {...defaultSettings.alerts, rules: [{events: []}]},
      },
    ],
    [
      'a rule for nobody, which would fit all without the name',
      {alerts: {rules: [{provider: 'opnai', events: []}]}},
      'alerts.rules[0]: provider is not one of',
      {alerts: defaultSettings.alerts},
    ],
    [
      'a rule with a slip in a name',
      {alerts: {rules: [{providr: 'openai', events: []}]}},
      'alerts.rules[0]: has no entry of that name',
      {alerts: defaultSettings.alerts},
    ],
    [
      'a threshold beyond',
      {alerts: {thresholds: [90, 101]}},
      'alerts.thresholds[1]: must be a number from 1 to 100',
      {alerts: {...defaultSettings.alerts, thresholds: [90]}},
    ],
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
    ['an order of numbers', {order: [1]}, 'order[0]: 1 is not one of openai, '],
    [
      'a place in an order that is none',
      {order: ['zai', null, 'openai']},
      'order[1]: null is not',
      {order: ['zai', 'openai']},
    ],
    ['an account key that is a number', {hidden: ['a', 7, 'b']}, 'hidden[1]: must be a string', {hidden: ['a', 'b']}],
    ['an empty account key', {hidden: ['']}, 'hidden[0]: must be a string, not an empty string'],
    ['a group that is a list', {thresholds: []}, 'thresholds: must be an object, not a list'],
    ['providers that are a list', {providers: []}, 'providers: must be an object, not a list'],
    ['keys that are null', {keys: null}, 'keys: must be an object, not null'],
    ['a switch of three', {display: {ascii: 'yes'}}, 'display.ascii: "yes" is not one of true, false, auto'],
    ['one named twice', {order: ['zai', 'zai']}, 'order[1]: is in the list twice', {order: ['zai']}],
    ['one key for a list', {keys: {refresh: 'r'}}, 'keys.refresh: must be a list, not a string'],
    ['control characters', {'\u001b[31mred': 1}, 'red: is not a setting'],
    ['another magic name', {keys: {constructor: ['x']}}, 'keys.constructor: is not one of '],
    ['a setting of another provider', {providers: {zai: {clientId: 'x'}}}, 'providers.zai.clientId: is not a setting'],
    [
      'an option that is no text',
      {providers: {google: {clientId: 7}}},
      'providers.google.clientId: must be a string, not 7',
    ],
    ['a magic name', '{"__proto__": {"display": {"theme": "dark"}}}', '__proto__: is not a setting'],
  ];

  it.each(bad)('names %s and ignores it', async (_, config, text, change) => {
    const {settings, problems} = await read(directory(config));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.text).toContain(text);
    expect(problems[0]?.text.startsWith(`${problems[0].path}: `)).toBe(true);
    expect({...settings, providers: {}}).toEqual({...defaultSettings, ...change});
  });

  it('names each bad value, once, and keeps the good ones beside it', async () => {
    const {settings, problems} = await read(
      directory({display: {theme: 1, language: 'klingon', show: 'left'}, order: ['zai', 7], nothing: 0}),
    );
    expect(problems.map(({path}) => path).sort()).toEqual(['display.language', 'display.theme', 'nothing', 'order[1]']);
    expect(settings.display.show).toBe('left');
    expect(settings.order).toEqual(['zai']);
  });

  it('raises an interval to the floor, lowers it to a day, and says so', async () => {
    const {settings, problems} = await read(
      directory({providers: {zai: {intervalSeconds: 5}, openai: {intervalSeconds: 1e9}}}),
    );
    expect(settings.providers.zai?.intervalSeconds).toBe(60);
    expect(settings.providers.openai?.intervalSeconds).toBe(86_400);
    expect(texts(problems).sort()).toEqual([
      'providers.openai.intervalSeconds: 1000000000 is not a whole number of seconds from 60 to 86400; using 86400',
      'providers.zai.intervalSeconds: 5 is not a whole number of seconds from 60 to 86400; using 60',
    ]);
  });

  it.each([0, -1, 59, 86_401, 1e300])(
    'says that an interval of %d is out of range, and takes the nearest',
    async seconds => {
      const {settings, problems} = await read(directory({providers: {zai: {intervalSeconds: seconds}}}));
      const nearest = seconds < 60 ? 60 : 86_400;
      expect(settings.providers.zai?.intervalSeconds).toBe(nearest);
      expect(texts(problems)).toEqual([
        `providers.zai.intervalSeconds: ${seconds} is not a whole number of seconds from 60 to 86400; using ${nearest}`,
      ]);
    },
  );

  it('names an address that may not be used and keeps it, so that it is refused and not passed over', async () => {
    for (const url of ['http://example.com', 'ftp://127.0.0.1', 'nonsense', 'https://user@example.com', 5]) {
      const {settings, problems} = await read(directory({providers: {zai: {url}}}));
      expect(texts(problems)).toEqual([
        expect.stringMatching(/^providers\.zai\.url: (must|is not) .*; nothing is sent$/),
      ]);
      expect(settings.providers.zai?.url).toBe(String(url));
    }
    expect((await read(directory({providers: {zai: {url: ''}}}))).settings.providers.zai?.url).toBeNull();
  });

  it('quotes no text that may be a secret', async () => {
    const secret = 'test-client-secret';
    const broken = `{"providers": {"google": {"clientSecret": "${secret}" x}}}`;
    const shapes = [
      broken,
      {providers: {google: {clientSecret: [secret], url: secret}}},
      {order: secret, keys: secret},
      {ledger: `postgres://me:${secret}@db.example:0/quotas`},
      {ledger: `mysql://me:${secret}@db.example/quotas`, machine: [secret]},
    ];
    for (const shape of shapes) {
      const {problems} = await read(directory(shape));
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

  it.each(broken)('says where a file is broken, and uses the defaults (%#)', async (text, line, column) => {
    const {settings, problems} = await read(directory(text));
    expect(settings).toEqual(defaultSettings);
    expect(texts(problems)).toEqual([
      `config.json: not valid JSON at line ${line}, column ${column}; using the defaults`,
    ]);
  });

  it('says that a file cannot be read, without its path', async () => {
    const path = directory();
    mkdirSync(fileIn(path));
    expect(texts((await read(path)).problems)).toEqual([
      'config.json: cannot be read: a directory is where the file should be',
    ]);
  });

  it.skipIf(process.platform === 'win32')('reads no device, no pipe and nothing endless', async () => {
    const path = directory();
    symlinkSync('/dev/zero', fileIn(path));
    expect(texts((await read(path)).problems)).toEqual(['config.json: cannot be read: it is not a regular file']);
    const large = directory(`{"hidden": ["${'x'.repeat(1_048_576)}"]}`);
    expect(texts((await read(large)).problems)).toEqual(['config.json: cannot be read: it is larger than 1 MiB']);
  });

  it('has no provider of the user’s own where others can write to the file or its directory, and says which', async () => {
    const own = {
      id: 'globex',
      name: 'Globex',
      http: {url: 'https://globex.example/v1', amounts: [{id: 'used', value: 1, unit: 'usd'}]},
    };
    const path = directory({customProviders: [own]});
    const offBecause = async (why: string): Promise<void> => {
      const {settings, problems} = await read(path);
      expect(settings.customProviders).toEqual([]);
      expect(texts(problems)).toEqual([`globex: ${why}; custom providers are off`]);
    };
    chmodSync(fileIn(path), 0o622);
    await offBecause('config.json can be written by others (mode 622)');
    chmodSync(fileIn(path), 0o600);
    chmodSync(path, 0o770);
    await offBecause('the directory of config.json can be written by others (mode 770)');
    chmodSync(path, 0o700);
    expect((await read(path)).settings.customProviders).toMatchObject([{id: 'globex'}]);
    if (process.getuid?.() !== 0) return;
    chownSync(fileIn(path), 4711, 4711);
    await offBecause('config.json belongs to another user');
  });

  it('names a provider and an action that do not exist', async () => {
    const config = {providers: {opnai: {}}, order: ['gogle', 'zai'], keys: {refesh: ['r']}};
    const names = {providers: [{id: 'openai'}, {id: 'google'}, {id: 'zai'}], actions: ['refresh', 'quit']};
    const {settings, problems} = await read(directory(config), names);
    expect(settings).toEqual({...defaultSettings, order: ['zai']});
    expect(texts(problems).sort()).toEqual([
      'keys.refesh: is not one of refresh, quit; did you mean "refresh"?',
      'order[0]: "gogle" is not one of openai, google, zai; did you mean "google"?',
      'providers.opnai: is not one of openai, google, zai; did you mean "openai"?',
    ]);
  });

  it('takes keys for any action where the actions are not known', async () => {
    const {settings, problems} = await read(directory({keys: {refesh: ['r']}}), {providers: known.providers});
    expect([settings.keys, problems]).toEqual([{refesh: ['r']}, []]);
  });

  it('names what a list holds twice by its place in the file, and beside what is wrong in it', async () => {
    const {settings, problems} = await read(directory({order: [7, 'zai', 'zai', 7, 'openai', 'nobody', 'openai']}));
    expect(settings.order).toEqual(['zai', 'openai']);
    const problem = (place: number, why: string) => expect.stringMatching(new RegExp(`^order\\[${place}\\]: ${why}`));
    expect(texts(problems).sort()).toEqual([
      problem(0, '7 is not one of'),
      problem(2, 'is in the list twice'),
      problem(3, '7 is not one of'),
      problem(5, '"nobody" is not one of'),
      problem(6, 'is in the list twice'),
    ]);
  });

  it('finds faults on every level of one file, each once', async () => {
    const {settings, problems} = await read(
      directory({
        zebra: 1,
        display: {glow: 1, theme: 'blue', show: 'left'},
        thresholds: {warn: 95, critical: 'x'},
        providers: {nobody: {}, zai: {colour: 'red', enabled: 'no', intervalSeconds: 5, url: 'nonsense'}},
      }),
    );
    expect(problems.map(({path}) => path).sort()).toEqual([
      'display.glow',
      'display.theme',
      'providers.nobody',
      'providers.zai.colour',
      'providers.zai.enabled',
      'providers.zai.intervalSeconds',
      'providers.zai.url',
      'thresholds',
      'thresholds.critical',
      'zebra',
    ]);
    expect(settings).toEqual({
      ...defaultSettings,
      display: {...defaultSettings.display, show: 'left'},
      providers: {zai: {enabled: true, intervalSeconds: 60, url: 'nonsense', options: {}}},
    });
  });

  it('goes through a file full of faults in one go', async () => {
    const strangers = Object.fromEntries(Array.from({length: 20_000}, (_, at) => [`stranger${at}`, at]));
    const {problems} = await read(directory({...strangers, hidden: Array.from({length: 50_000}, (_, at) => at)}));
    expect(problems).toHaveLength(70_000);
  });
});

describe('changing the file of the settings', () => {
  const written = (path: string): unknown => JSON.parse(readFileSync(fileIn(path), 'utf8'));
  const dark = (raw: Record<string, unknown>) => ({...raw, display: {theme: 'dark'}});

  it('keeps what the user wrote, known or not, and writes no defaults', async () => {
    const config = {future: {x: [1]}, $schema: 's', order: 'broken', 'a.b': {c: 1}};
    const path = directory(config);
    expect(await changeSettings(path, now, dark)).toBeNull();
    expect(written(path)).toEqual({...config, display: {theme: 'dark'}});
  });

  it('keeps even names that an object of JavaScript has of its own', async () => {
    const path = directory('{"__proto__": {"x": 1}, "constructor": 2}');
    await changeSettings(path, now, dark);
    expect(readFileSync(fileIn(path), 'utf8')).toMatch(/"__proto__": \{\s*"x": 1\s*\},\s*"constructor": 2/);
  });

  it('writes over an empty file, and one with a byte order mark, without setting anything aside', async () => {
    for (const text of ['', '\ufeff{"display": {"show": "left"}}']) {
      const path = directory(text);
      await changeSettings(path, now, dark);
      expect(written(path)).toMatchObject({display: {theme: 'dark'}});
      expect(readdirSync(path).filter(name => name.includes('bad'))).toEqual([]);
    }
  });

  it('sets a file aside that it cannot read before it writes one', async () => {
    for (const text of [' '.repeat(1_048_577), '{"display": {"theme": "dark",}}', '[]', 'null', '7']) {
      const path = directory(text);
      const aside = 'config.json.bad-20261122T090000000Z';
      expect(await changeSettings(path, now, dark)).toBe(aside);
      expect(readFileSync(join(path, aside), 'utf8')).toBe(text);
      expect((await read(path)).settings.display.theme).toBe('dark');
    }
  });

  it.skipIf(process.platform === 'win32')('writes a file for its owner alone, also over an open one', async () => {
    const path = join(directory(), 'new', 'config');
    await changeSettings(path, now, dark);
    expect([statSync(path).mode & 0o777, statSync(fileIn(path)).mode & 0o777]).toEqual([0o700, 0o600]);
    const open644 = directory();
    writeFileSync(fileIn(open644), '{}', {mode: 0o644});
    await changeSettings(open644, now, dark);
    expect(statSync(fileIn(open644)).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === 'win32')('writes where a link leads, and leaves the link', async () => {
    const [path, elsewhere] = [directory(), directory()];
    writeFileSync(join(elsewhere, 'dotfile.json'), '{"hidden": ["a"]}');
    symlinkSync(join(elsewhere, 'dotfile.json'), fileIn(path));
    await changeSettings(path, now, dark);
    expect(JSON.parse(readFileSync(join(elsewhere, 'dotfile.json'), 'utf8'))).toEqual({
      hidden: ['a'],
      display: {theme: 'dark'},
    });
    expect(written(path)).toMatchObject({hidden: ['a']});
  });
});
