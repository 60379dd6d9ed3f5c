import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import fc from 'fast-check';
import {afterAll, describe, expect, it} from 'vitest';
import {settingsJsonSchema} from '../../../scripts/settings-schema.ts';
import {defaultProviderSettings, defaultSettings, languages, themeNames} from '../../../src/core/settings.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {checkSettings} from '../../../src/system/settings/check.ts';
import {bindings} from '../../../src/view/keymap/table.ts';
import {known, read, write} from './support.ts';

const published = readFileSync(new URL('../../../schema/settings.schema.json', import.meta.url), 'utf8');
const schema = JSON.parse(published);
const isValid = new Ajv2020({strict: true, allowUnionTypes: true}).compile(schema);
const directory = mkdtempSync(join(tmpdir(), 'mystatus-schema-'));
afterAll(() => rmSync(directory, {recursive: true, force: true}));

describe('the published schema of the settings', () => {
  it('is the one that the program checks by (else: npm run docs)', () => {
    expect(published).toBe(settingsJsonSchema());
  });

  type Described = {default?: unknown; description?: string; properties?: Record<string, Described>; $ref?: string};
  const defaultsOf = ({properties = {}}: Described) =>
    Object.fromEntries(
      Object.entries(properties).flatMap(([name, own]) => ('default' in own ? [[name, own.default]] : [])),
    );

  it('accepts every default, and names the same ones', () => {
    const {options, ...provider} = defaultProviderSettings;
    expect(isValid({...defaultSettings, providers: {openai: provider}})).toBe(true);
    expect(defaultsOf(schema.$defs.provider)).toEqual(provider);
    expect(defaultsOf(schema)).toEqual(defaultSettings);
    expect(defaultsOf(schema.properties.display)).toEqual(defaultSettings.display);
    expect(defaultsOf(schema.properties.thresholds)).toEqual(defaultSettings.thresholds);
  });

  it('lists every provider with its own options, and every action', () => {
    const {providers, keys} = schema.properties;
    expect(Object.keys(providers.properties)).toEqual(catalogue.map(({id}) => id));
    for (const {id, options = []} of catalogue)
      for (const {name, description, kind} of options)
        expect(providers.properties[id].properties[name]).toEqual({
          ...(kind === 'switch' ? {type: 'boolean'} : {type: 'string', minLength: 1}),
          description,
        });
    expect(Object.keys(keys.properties)).toEqual(bindings.map(({name}) => name));
  });

  it('describes every setting', () => {
    const plain = (own: Described): string[] =>
      Object.entries(own.properties ?? {}).flatMap(([name, each]) => [
        ...([each.description, each.$ref, each.properties].every(part => part === undefined) ? [name] : []),
        ...plain(each),
      ]);
    expect([schema, schema.$defs.provider].flatMap(plain)).toEqual([]);
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
      providers: fc.oneof(fc.dictionary(fc.constantFrom('openai', 'google', 'nobody'), group(...names)), value),
      order: value,
      display: group('show', 'theme', 'language', 'privacy', 'mouse', 'ascii', 'motion'),
      thresholds: group('warn', 'critical'),
      keys: group('refresh', 'quit', 'nothing'),
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
        const problems = checkSettings(structuredClone(file), known).problems.filter(
          ({text}) => !text.startsWith('thresholds: warn ('),
        );
        expect({file, isValid: isValid(file)}).toEqual({file, isValid: problems.length === 0});
      }),
      {numRuns: 3_000},
    );
  });

  it('is met by whatever the program makes of any file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(config, fc.jsonValue()), async written => {
        write(directory, written);
        const {settings} = await read(directory);
        const providers = Object.entries(settings.providers).map(([id, {options, ...own}]) => [
          id,
          {...own, ...options, url: null},
        ]);
        expect(isValid({...settings, providers: Object.fromEntries(providers)})).toBe(true);
        expect(settings.thresholds.warn).toBeLessThanOrEqual(settings.thresholds.critical);
      }),
      {numRuns: 300},
    );
  });
});
