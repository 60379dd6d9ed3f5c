import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import fc from 'fast-check';
import {afterAll, describe, expect, it} from 'vitest';
import {defaultProviderSettings, defaultSettings, languages, themeNames} from '../../../src/core/settings.ts';
import {checkSettings, longestIntervalSeconds, shortestIntervalSeconds} from '../../../src/system/settings/rules.ts';
import {readSettings} from '../../../src/system/settings/store.ts';

const schema = JSON.parse(readFileSync(new URL('../../../schema/settings.schema.json', import.meta.url), 'utf8'));
const isValid = new Ajv2020({strict: true, allowUnionTypes: true}).compile(schema);
const directory = mkdtempSync(join(tmpdir(), 'mystatus-schema-'));
afterAll(() => rmSync(directory, {recursive: true, force: true}));

describe('the published schema of the settings', () => {
  it('accepts every default, and names the same ones', () => {
    const settings = {...defaultSettings, providers: {openai: defaultProviderSettings}};
    expect(isValid(settings)).toBe(true);
    const {provider, display, thresholds} = schema.$defs;
    const defaultsOf = (group: {properties: Record<string, {default?: unknown}>}) =>
      Object.fromEntries(
        Object.entries(group.properties).flatMap(([name, own]) => ('default' in own ? [[name, own.default]] : [])),
      );
    expect(defaultsOf(provider)).toEqual(defaultProviderSettings);
    expect({...defaultsOf(schema), display: defaultsOf(display), thresholds: defaultsOf(thresholds)}).toEqual(
      defaultSettings,
    );
    expect(display.properties.theme.enum).toEqual(themeNames);
    expect(display.properties.language.enum).toEqual(['auto', ...languages]);
    expect(provider.properties.intervalSeconds).toMatchObject({
      minimum: shortestIntervalSeconds,
      maximum: longestIntervalSeconds,
    });
  });

  it('describes every setting', () => {
    const groups = [schema, ...Object.values(schema.$defs)] as {properties?: Record<string, Record<string, unknown>>}[];
    const all = groups.flatMap(({properties}) => Object.values(properties ?? {}));
    const plain = all.filter(own => !('description' in own) && !('$ref' in own) && own.type !== 'number');
    expect(plain).toEqual([]);
  });

  const value = fc.oneof(
    fc.constantFrom(...themeNames, ...languages, 'used', 'left', 'on', 'off', 'auto', ''),
    fc.constantFrom('https://example.com', 'http://localhost:1', 'http://127.0.0.1', 'http://[::1]:9/x', 'http://a.b'),
    fc.constantFrom('HTTPS://EXAMPLE.com/', 'https://', 'https://u@h', 'http://localhost.evil', 'http://127.0.0.1:1@h'),
    fc.constantFrom('https://h/base', 'https://h?x=1', 'https://h#x', 'http://localhost:8080/x', ' https://h:1 ', '  '),
    fc.integer({min: -10, max: 100}),
    fc.integer({min: 50, max: 90_000}),
    fc.double({noNaN: true}),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.constantFrom('openai', 'zai', '', 3), {maxLength: 3}),
    fc.constant({}),
  );
  const group = (...names: string[]) =>
    fc.oneof(fc.dictionary(fc.constantFrom(...names, 'stranger'), value, {maxKeys: 4}), value);
  const names = ['enabled', 'intervalSeconds', 'url', 'clientId', 'clientSecret'];
  const config = fc.record(
    {
      providers: fc.oneof(fc.dictionary(fc.constantFrom('openai', 'zai'), group(...names)), value),
      order: value,
      display: group('show', 'theme', 'language', 'privacy', 'mouse', 'ascii', 'motion'),
      thresholds: group('warn', 'critical'),
      keys: group('refresh', 'quit'),
      hidden: value,
      $schema: value,
      stranger: value,
    },
    {requiredKeys: []},
  );

  it('finds fault with a file exactly when the program does', () => {
    fc.assert(
      fc.property(config, written => {
        const file = JSON.parse(JSON.stringify(written));
        // Which of two numbers is larger is beyond a schema.
        const problems = checkSettings(file).problems.filter(({text}) => !text.startsWith('thresholds: warn ('));
        expect({file, isValid: isValid(file)}).toEqual({file, isValid: problems.length === 0});
      }),
      {numRuns: 3_000},
    );
  });

  it('is met by whatever the program makes of any file', () => {
    fc.assert(
      fc.property(fc.oneof(config, fc.jsonValue()), written => {
        writeFileSync(join(directory, 'config.json'), JSON.stringify(written));
        const {settings} = readSettings(directory);
        const providers = Object.entries(settings.providers).map(([id, own]) => [id, {...own, url: null}]);
        expect(isValid({...settings, providers: Object.fromEntries(providers)})).toBe(true);
        expect(settings.thresholds.warn).toBeLessThanOrEqual(settings.thresholds.critical);
      }),
      {numRuns: 300},
    );
  });
});
