import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import fc from 'fast-check';
import {afterAll, describe, expect, it} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import {mapBody} from '../../../src/providers/custom/body.ts';
import {customFacts} from '../../../src/providers/custom/index.ts';
import {checkCustom} from '../../../src/system/settings/custom-check.ts';
import {known, read, texts, write} from './support.ts';

const directory = mkdtempSync(join(tmpdir(), 'mystatus-custom-'));
afterAll(() => rmSync(directory, {recursive: true, force: true}));

const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../fixtures/custom/${name}.json`, import.meta.url), 'utf8'));
const published = JSON.parse(readFileSync(new URL('../../../schema/settings.schema.json', import.meta.url), 'utf8'));
const isValid = new Ajv2020({strict: true, allowUnionTypes: true}).compile(published);

const usage = {id: '5h', usedPercent: {path: 'used'}};
/** A definition that is right, but for the given change to its `http`. */
const globex = (http: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  id: 'globex',
  name: 'Globex gateway',
  http: {url: 'https://globex.example/v1/usage', auth: {env: 'GLOBEX_API_KEY'}, windows: [usage], ...http},
  ...more,
});
const window = (more: Record<string, unknown>) => ({windows: [{id: '5h', ...more}]});

async function reading(...customProviders: unknown[]) {
  write(directory, {customProviders});
  const {settings, problems} = await read(directory);
  return {ids: settings.customProviders.map(({id}) => id), settings, problems: texts(problems)};
}
const problemsOf = async (...definitions: unknown[]): Promise<string[]> => (await reading(...definitions)).problems;

describe('a provider that the user describes', () => {
  it.each(['litellm', 'new-api', 'gateway', 'script'])('is taken as the manual shows it: %s', async name => {
    const definition = fixture(name);
    const {ids, problems} = await reading(definition);
    expect([ids, problems]).toEqual([[definition.id], []]);
    expect(isValid({customProviders: [definition]})).toBe(true);
  });

  it('has defaults for what is left out', async () => {
    const {settings} = await reading(globex());
    expect(settings.customProviders[0]).toMatchObject({
      intervalSeconds: 300,
      http: {
        auth: {header: 'Authorization', scheme: 'Bearer', env: 'GLOBEX_API_KEY'},
        headers: {},
        success: [],
        amounts: [],
      },
    });
    const {settings: other} = await reading({id: 'gauge', name: 'Gauge', command: {run: ['/opt/gauge']}});
    expect(other.customProviders[0]).toMatchObject({command: {passEnv: [], timeoutSeconds: 10}});
  });

  it.each<[unknown, string]>([
    [globex({url: 'http://globex.example/x'}), 'customProviders[0].url: must be https, or http on this machine'],
    [globex({url: 'http://10.0.0.8/x'}), 'customProviders[0].url: must be https, or http on this machine'],
    [
      globex({url: 'https://user:word@globex.example/'}),
      'customProviders[0].url: must not contain a user name or password',
    ],
    [globex({url: 'https://globex.example/#top'}), 'customProviders[0].url: must not have a fragment'],
    [globex({url: 'https://globex.example/$' + '{HOME}'}), 'customProviders[0].url: must not have placeholders'],
    [globex({url: 'https://acmе.example/'}), 'customProviders[0].url: has an unusual host name'],
    [
      globex({auth: {env: 'openai-key'}}),
      'customProviders[0].auth.env: "openai-key" is not a variable\'s name (capitals, digits, _)',
    ],
    [globex({auth: {}}), 'customProviders[0].auth: needs one of env, stored'],
    [globex({auth: {env: 'A', stored: true}}), 'customProviders[0].auth: needs one of env, stored'],
    [
      globex({auth: {env: 'A', header: 'Host'}}),
      'customProviders[0].auth.header: "Host" is not a header that may be set',
    ],
    ...['Expect', 'upgrade', 'TE', 'Trailer', 'Keep-Alive', 'Proxy-Connection'].map((name): [unknown, string] => [
      globex({headers: {[name]: 'x'}}),
      `customProviders[0].headers: "${name}" is not a header that may be set`,
    ]),
    ...['User-Agent', 'accept'].map((header): [unknown, string] => [
      globex({auth: {env: 'A', header}}),
      `customProviders[0].auth.header: "${header}" cannot carry a key`,
    ]),
    [
      globex({headers: {'Content-Type': 'x'}}),
      'customProviders[0].headers: "Content-Type" is not a header that may be set',
    ],
    [globex({windows: [], amounts: []}), 'customProviders[0].http: needs windows or amounts'],
    [
      globex(window({})),
      'customProviders[0].windows[0]: needs one of usedPercent, remainingPercent, used + limit, remaining + limit, used + remaining',
    ],
    [
      globex(window({usedPercent: 1, used: 1, limit: 2})),
      'customProviders[0].windows[0]: needs one of usedPercent, remainingPercent, used + limit, remaining + limit, used + remaining',
    ],
    [
      globex(window({used: {path: 'data..x'}, limit: 1})),
      'customProviders[0].windows[0].used: "data..x" is not a path',
    ],
    [
      globex(window({usedPercent: {path: 'a.__proto__'}})),
      'customProviders[0].windows[0].usedPercent: "a.__proto__" is not a path',
    ],
    [globex(window({usedPercent: {path: 'a[*]'}})), 'customProviders[0].windows[0].usedPercent: "a[*]" is not a path'],
    [
      globex(window({usedPercent: {path: 'a', divideBy: 0}})),
      'customProviders[0].windows[0].usedPercent.divideBy: must be above 0',
    ],
    [
      globex(window({usedPercent: {path: 'a'}, each: 'x', when: {path: 'y'}})),
      'customProviders[0].windows[0].when: needs one of equals, present, positive',
    ],
    [
      globex({windows: [{...usage, id: 'fortnight'}]}),
      'customProviders[0].windows[0].id: "fortnight" is not a window\'s id (5h, weekly, monthly, 30d, total, key/30d)',
    ],
    [globex({statuses: {200: 'no_plan'}}), 'customProviders[0].statuses.200: "200" is not a status of failure'],
    [globex({}, {id: 'ntfy'}), 'customProviders[0].id: "ntfy" is a name of this program'],
    [globex({}, {id: 'openai'}), 'customProviders[0].id: "openai" is a built-in provider'],
    [globex({}, {id: 'Globex'}), 'customProviders[0].id: "Globex" is not an id (a–z, 0–9, -)'],
    [globex({}, {id: 'constructor'}), 'customProviders[0].id: "constructor" is not an id (a–z, 0–9, -)'],
    [globex({}, {usageUrl: 'http://globex.example'}), 'customProviders[0].usageUrl: must be an https:// address'],
    [
      globex({}, {usageUrl: 'https://globex.example/\u001b[31m'}),
      'customProviders[0].usageUrl: must be an https:// address',
    ],
    [globex({}, {name: 'Ac\u001b[31mme'}), 'customProviders[0].name: must be plain text without control characters'],
    [globex({plan: 'Te\u202eam'}), 'customProviders[0].plan: must be plain text without control characters'],
    [
      {id: 'gauge', name: 'G', command: {run: ['/bin/ga\u0007uge']}},
      'customProviders[0].run: must be plain text without control characters',
    ],
    [globex({}, {name: 'x'.repeat(41)}), 'customProviders[0].name: must have at most 40 characters'],
    [globex({}, {command: {run: ['/bin/x']}}), 'customProviders[0]: needs one of http, command'],
    [{id: 'globex', name: 'Globex'}, 'customProviders[0]: needs one of http, command'],
    [
      {id: 'gauge', name: 'G', command: {run: ['bin/gauge']}},
      'customProviders[0].run: "bin/gauge" is not an absolute path or one that begins with ~/',
    ],
    [
      {id: 'gauge', name: 'G', command: {run: ['/bin/gauge', '$' + '{KEY}']}},
      'customProviders[0].run[1]: must not have placeholders: write the argument out',
    ],
    [
      {id: 'gauge', name: 'G', command: {run: ['/bin/gauge'], timeoutSeconds: 31}},
      'customProviders[0].timeoutSeconds: must be a number from 1 to 30, not 31',
    ],
    [globex({method: 'POST'}), 'customProviders[0].method: is not a setting'],
    [globex(window({usedPercent: {divideBy: 2}})), 'customProviders[0].windows[0].usedPercent: needs path'],
    ['globex', 'customProviders[0]: must be an object, not a string'],
  ])('is skipped, and what is wrong with it is named: %#', async (definition, text) => {
    const {ids, problems} = await reading(definition, globex({}, {id: 'other'}));
    expect(problems).toEqual([text]);
    expect(ids).toEqual(['other']);
  });

  const key = 'sk-invented-0000000000';
  const remedy = 'holds what looks like a key; put it into a variable or use `mystatus-tui login globex`';
  it.each<[Record<string, unknown>, string]>([
    [{auth: {env: key}}, 'auth'],
    [{auth: {token: 'hello'}}, 'auth'],
    [{auth: {env: 'A', scheme: `Bearer ${key}`}}, 'auth'],
    [{auth: {stored: true, header: 'x-api-key', value: 'x'}}, 'auth'],
    [{headers: {'x-api-key': 'anything'}}, 'headers.x-api-key'],
    [{headers: {'x-team': key}}, 'headers.x-team'],
    [{url: `https://globex.example/v1?token=abc`}, 'url'],
    [{url: `https://globex.example/${key}`}, 'url'],
    [{plan: key}, 'plan'],
    [{auth: {env: 'AKIA0INVENTED0INVENTED00'}}, 'auth'],
    ...['x-api-key', 'apikey', 'private_token', 'user_password', 'jwt', 'sig', 'session_id'].map(
      (name): [Record<string, unknown>, string] => [{url: `https://globex.example/v1?a=1&${name}=x7`}, 'url'],
    ),
  ])('holds no secret, and one in it is not repeated: %j', async (http, place) => {
    const problems = await problemsOf(globex(http));
    expect(problems).toEqual([`customProviders[0].${place}: ${remedy}`]);
  });

  it.each([
    ['--token=x7'],
    ['--api-key=x7'],
    ['-H', 'Authorization: Bearer x7'],
    ['-H', 'x-api-key:x7'],
    ['https://globex.example/?access_token=x7'],
    [key],
  ])('holds no secret in an argument, which all users of the machine can see: %j %j', async (...args) => {
    const problems = await problemsOf({id: 'globex', name: 'A', command: {run: ['/bin/gauge', ...args]}});
    expect(problems).toEqual([`customProviders[0].run[${args.length}]: ${remedy}`]);
  });

  it('may have arguments, parameters and variables that only sound like a secret', async () => {
    const run = [
      '/bin/gauge',
      '--token-file=x',
      '--token=~/t',
      '--page-token=3',
      '--sort-key=a',
      '--keys=2',
      'token',
      'auth',
    ];
    const url = 'https://globex.example/v1?next_token=1&sort_key=a&tokens=all&keyword=x&token=&monkey=1';
    expect(await problemsOf({id: 'globex', name: 'A', command: {run}})).toEqual([]);
    expect(await problemsOf(globex({url, auth: {env: 'GLOBEX_GATEWAY_EU_CENTRAL_1_KEY'}}))).toEqual([]);
  });

  it('may have any letters in its name, and spaces', async () => {
    for (const name of ['Équipe  bleue ', '我的网关', 'ゲートウェイ', 'a–b & c'])
      expect(await problemsOf(globex({}, {name}))).toEqual([]);
  });

  it('has one id: the second of the same is skipped', async () => {
    const {ids, problems} = await reading(globex(), globex());
    expect([ids, problems]).toEqual([['globex'], ['customProviders[1].id: "globex" is in the list twice']]);
  });

  it('is one of sixteen at most', async () => {
    const many = Array.from({length: 18}, (_, at) => globex({}, {id: `a${at}`}));
    const {ids, problems} = await reading(...many);
    expect(ids).toHaveLength(16);
    expect(problems).toEqual(['customProviders: has more than 16 entries; the others are ignored']);
  });

  it('is polled as often as is allowed, and that is said', async () => {
    const {settings, problems} = await reading(globex({}, {intervalSeconds: 5}));
    expect(settings.customProviders[0]?.intervalSeconds).toBe(60);
    expect(problems).toEqual(['customProviders[0].intervalSeconds: 5 is not from 60 to 86400; using 60']);
  });

  it('may be named by the other settings, also while it is broken, but has its address in its description alone', async () => {
    write(directory, {
      order: ['globex', 'broken', 'openai', 'nobody'],
      customProviders: [globex(), {id: 'broken'}],
      providers: {globex: {enabled: false, intervalSeconds: 900, url: 'https://elsewhere.example'}},
    });
    const {settings, problems} = await read(directory);
    expect(settings.order).toEqual(['globex', 'broken', 'openai']);
    expect(settings.providers.globex).toEqual({enabled: false, intervalSeconds: 900, url: null, options: {}});
    expect(texts(problems)).toEqual([
      'customProviders[1]: needs name',
      'providers.globex.url: is not a setting',
      expect.stringMatching(/^order\[3\]/),
    ]);
  });

  it('is read from a list alone', async () => {
    write(directory, {customProviders: {globex: globex()}});
    expect(texts((await read(directory, known)).problems)).toEqual(['customProviders: must be a list']);
  });
});

describe('whatever stands in the place of a definition', () => {
  const check = (written: unknown) => {
    const problems: string[] = [];
    const {definitions} = checkCustom(written, ['openai'], (path, why) => problems.push(`${path.join('.')} ${why}`));
    return {definitions, problems};
  };
  /** The fixture with one value in it replaced by another. */
  const changed = fc
    .tuple(
      fc.constantFrom('litellm', 'new-api', 'gateway', 'script'),
      fc.array(fc.nat(5), {maxLength: 6}),
      fc.jsonValue(),
    )
    .map(([name, steps, value]) => replaced(fixture(name), steps, value));

  function replaced(at: unknown, [step, ...steps]: number[], value: unknown): unknown {
    if (step === undefined || typeof at !== 'object' || at === null) return value;
    const keys = Object.keys(at);
    const key = keys[step % Math.max(1, keys.length)] ?? '';
    const copy = (Array.isArray(at) ? [...at] : {...at}) as Record<string, unknown>;
    copy[key] = replaced(copy[key], steps, value);
    return copy;
  }

  it('is taken, or refused with its reason, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(fc.oneof(fc.jsonValue(), changed), {maxLength: 3})), written => {
        const {definitions, problems} = check(written);
        const given = Array.isArray(written) ? written.length : 1;
        expect(definitions.length + problems.length).toBeGreaterThanOrEqual(given);
      }),
    );
  });

  it('is what the published schema allows, when it is taken', () => {
    fc.assert(
      fc.property(changed, written => {
        if (check([written]).problems.length === 0) expect(isValid({customProviders: [written]})).toBe(true);
      }),
    );
  });

  it('makes a provider that can be shown and asked, when it is taken', () => {
    fc.assert(
      fc.property(changed, fc.jsonValue(), (written, body) => {
        for (const definition of check([written]).definitions) {
          expect(customFacts(definition)).toMatchObject({id: definition.id, name: definition.name});
          if (definition.http === undefined) continue;
          try {
            mapBody(definition.http, body, 0);
          } catch (error) {
            expect(error).toBeInstanceOf(ProviderError);
          }
        }
      }),
    );
  });
});
