import {describe, expect, it} from 'vitest';
import {type Answers, idFor, presetWith, programFrom, serviceFrom} from '../../../src/core/custom/sketch.ts';
import {definitionOf} from '../../custom/definitions.ts';

const described = (answers: Answers) => serviceFrom({name: 'Acme', url: 'https://acme.example/v1', ...answers}, []);
/** As the settings' own check takes it. */
const http = (answers: Answers) => definitionOf(described(answers).written).http;

describe('a service that is described on one page', () => {
  it.each<[string, Answers, object]>([
    ['a percentage used', {used: 'a.used'}, {usedPercent: {path: 'a.used'}}],
    ['a percentage left', {left: 'a[0].left'}, {remainingPercent: {path: 'a[0].left'}}],
    [
      'a fraction used',
      {used: 'ratio', unit: 'fraction'},
      {usedPercent: {path: 'ratio'}, unit: 'percent', scale: '0-1'},
    ],
    [
      'what is used of a limit',
      {used: 'u', most: 'max', unit: 'requests'},
      {used: {path: 'u'}, limit: {path: 'max'}, unit: 'requests'},
    ],
    [
      'what is left of a limit that is known',
      {left: 'l', most: '250', unit: 'calls'},
      {remaining: {path: 'l'}, limit: 250, unit: 'calls'},
    ],
    [
      'what is used and what is left, in cents',
      {used: 'u', left: 'l', unit: 'usd', divideBy: '100'},
      {used: {path: 'u', divideBy: 100}, remaining: {path: 'l', divideBy: 100}, unit: 'usd'},
    ],
    [
      'a reset in seconds since 1970',
      {used: 'u', reset: 'at', resetAs: 's'},
      {usedPercent: {path: 'u'}, resetsAt: {path: 'at', as: 's'}},
    ],
    [
      'a reset that the service does not tell',
      {used: 'u', resetAs: 'utc-month'},
      {usedPercent: {path: 'u'}, resetsAt: {next: 'utc-month'}},
    ],
  ])('has a limit with %s', (_, answers, window) => {
    expect(http({limit: 'weekly', ...answers})?.windows).toEqual([{id: 'weekly', ...window}]);
  });
  it('has an amount, where what is asked for is one', () => {
    const {windows, amounts} = http({limit: 'balance', left: 'data.left', unit: 'eur', divideBy: '100'}) ?? {};
    expect(windows).toEqual([]);
    expect(amounts).toEqual([{id: 'balance', value: {path: 'data.left', divideBy: 100}, unit: 'eur'}]);
  });
  it.each<[string, Answers, object | undefined]>([
    ['nowhere', {}, undefined],
    ['in a variable', {env: '$ACME_KEY'}, {header: 'Authorization', scheme: 'Bearer', env: 'ACME_KEY'}],
    [
      'in our own store, alone in its header',
      {key: 'fake-key-1', header: 'x-api-key'},
      {header: 'x-api-key', scheme: '', stored: true},
    ],
  ])('has its key %s, and never in the definition', (_, answers, auth) => {
    expect(http({limit: '5h', used: 'u', ...answers})?.auth).toEqual(auth);
    expect(JSON.stringify(described({limit: '5h', used: 'u', ...answers}))).not.toContain('fake-key');
  });
  it('may be sent before it is known where its figures stand', () => {
    expect(described({}).isBare).toBe(true);
    expect(http({})?.windows).toEqual([]);
    expect(described({limit: '5h', used: 'u'}).isBare).toBe(false);
  });
});

it('a program that is described has its arguments apart, and its key in a variable of its own', () => {
  const {written} = programFrom({name: 'Build farm', run: '~/bin/gauge', args: '--json  all', key: 'fake-key-1'}, []);
  expect(definitionOf(written).command).toMatchObject({
    run: ['~/bin/gauge', '--json', 'all'],
    secretEnv: 'BUILD_FARM_API_KEY',
  });
  expect(JSON.stringify(written)).not.toContain('fake-key');
  expect(programFrom({name: 'Farm', run: '/bin/gauge'}, []).written).toEqual({
    id: 'farm',
    name: 'Farm',
    command: {run: ['/bin/gauge']},
  });
});

it('a preset whose key is typed looks for it in our own store, and else in its variable', () => {
  const preset = {
    id: 'acme',
    name: 'Acme',
    http: {url: 'https://acme.example', auth: {env: 'ACME_KEY', header: 'x-key'}},
  };
  expect(presetWith(preset, {})).toBe(preset);
  expect(presetWith(preset, {key: 'fake-key-1'})).toMatchObject({http: {auth: {header: 'x-key', stored: true}}});
  expect(JSON.stringify(presetWith(preset, {key: 'fake-key-1'}))).not.toMatch(/ACME_KEY|fake-key/);
});

it.each([
  ['Acme gateway', [], 'acme-gateway'],
  ['Überwachung 2', [], 'uberwachung-2'],
  ['3 Körbe', [], 'korbe'],
  ['网关', [], 'own'],
  ['Acme', ['acme', 'acme-2'], 'acme-3'],
  ['A name that is a good deal longer than an id may be', [], 'a-name-that-is-a-good-deal-l'],
])('the id of %s is a new one', (name, taken, id) => {
  expect(idFor(name, taken)).toBe(id);
});
