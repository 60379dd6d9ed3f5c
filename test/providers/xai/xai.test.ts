import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it, onTestFinished} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import {parseBalance, parseTeam} from '../../../src/providers/xai/balance.ts';
import {demo} from '../../../src/providers/xai/demo.ts';
import {xai} from '../../../src/providers/xai/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/xai/${name}.json`, import.meta.url), 'utf8'));

describe('the balance at xAI', () => {
  it.each([
    [fixture('balance'), 11.88],
    [fixture('owed'), -2.5],
    [{total: {val: '0'}}, 0],
    [{total: {val: -5}}, 0.05],
  ])('%j is %d dollars, of which this cycle’s spend is not deducted', (body, value) => {
    expect(parseBalance(body)).toEqual({
      plan: null,
      windows: [],
      amounts: [{id: 'balance', value, unit: 'usd'}],
      notes: [{code: 'xai/posted'}],
    });
  });

  it.each([
    {},
    {total: {}},
    {total: {val: ''}},
    {total: {val: null}},
    {total: '-100'},
    {changes: [{amount: {val: '-5'}}]},
  ])('%j is bad_response, never 0', body => {
    expect(() => parseBalance(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });

  it('throws nothing but ProviderError, whatever it is given', () => {
    const survives = (parse: () => boolean): boolean => {
      try {
        return parse();
      } catch (error) {
        return error instanceof ProviderError;
      }
    };
    const both = (body: unknown) =>
      survives(() => parseBalance(body).amounts.every(({value}) => Number.isFinite(value))) &&
      survives(() => parseTeam(body) !== '');
    fc.assert(fc.property(fc.anything(), both), {numRuns: 300});
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double()), val => both({total: {val}})),
      {numRuns: 200},
    );
  });
});

describe('the team of a key', () => {
  it.each([
    [{scope: 'SCOPE_TEAM', scopeId: 'team-a'}, 'team-a'],
    [{scope: 'SCOPE_TEAM', scopeId: null, teamId: 'team-b'}, 'team-b'],
  ])('in %j is %s', (body, team) => {
    expect(parseTeam(body)).toBe(team);
  });

  it('of an organization has to be named', () => {
    const failure = {code: 'no_credentials', remedy: {code: 'xai/team'}};
    expect(() => parseTeam(fixture('validation-org'))).toThrow(expect.objectContaining(failure));
  });

  it.each([{}, {scope: 'SCOPE_USER', scopeId: 'x'}, {scope: 'SCOPE_TEAM', scopeId: ''}])('in %j is not told', body => {
    expect(() => parseTeam(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });
});

const validation = '/auth/management-keys/validation';
const balance = '/v1/billing/teams/team-a/prepaid/balance';
const whole: Record<string, ServiceAnswer> = {
  [validation]: {status: 200, body: {scope: 'SCOPE_TEAM', scopeId: 'team-a'}},
  [balance]: {status: 200, body: fixture('balance')},
};
const serving = (answers: Record<string, ServiceAnswer>) => (path: string) =>
  ({...whole, ...answers})[path] ?? {status: 404, body: {}};
const byKey = {XAI_MANAGEMENT_API_KEY: 'fake-management-key'};
const byTeam = {...byKey, XAI_TEAM_ID: 'team-a'};
const ask = (answers: Record<string, ServiceAnswer>, env: Record<string, string> = byKey) =>
  askByKey(xai, env, serving(answers));

describe('the requests to xAI', () => {
  it('carry the key and an honest name, and ask once whose it is', async () => {
    const service = await startService(({path}) => serving({})(path));
    onTestFinished(() => service.close());
    const [account] = await xai.discover((await withHome()).machine({env: byKey}));
    if (account === undefined) return expect.unreachable('no account was found');
    const options = {provider: xai, origin: service.origin, env: {}, version: '1.0.0', memory: new Map()};
    for (let turn = 0; turn < 2; turn += 1)
      expect(await xai.fetch(account, createWire({...options, now: () => now}))).toMatchObject({
        amounts: [{value: 11.88}],
      });
    expect(service.requests.map(({path}) => path)).toEqual([validation, balance, balance]);
    const headers = {authorization: 'Bearer fake-management-key', 'user-agent': 'mystatus-tui/1.0.0'};
    for (const request of service.requests) expect(request).toMatchObject({method: 'GET', headers});
  });

  it('of a team that is named ask for that one alone', async () => {
    const {requests} = await ask({}, byTeam);
    expect(requests.map(({path}) => path)).toEqual([balance]);
    const odd = '/v1/billing/teams/a%2Fb/prepaid/balance';
    const answered = await ask({[odd]: {status: 200, body: fixture('balance')}}, {...byKey, XAI_TEAM_ID: 'a/b'});
    expect(answered.requests.map(({path}) => path)).toEqual([odd]);
  });

  const own: Refusal[] = [...refusals, [401, {code: 16, message: 'Invalid key'}, 'auth_rejected']];
  it.each<Refusal>(own)('answered with %i and %j end as they should: %s', async (status, body, code) => {
    await expect(ask({[balance]: {status, body}})).rejects.toMatchObject({code});
    await expect(ask({[validation]: {status, body}})).rejects.toMatchObject({code});
  });

  it('that are refused say which key is needed, or that the team is wrong', async () => {
    const key = {code: 'auth_rejected', remedy: {code: 'xai/management-key'}};
    for (const status of [401, 403])
      await expect(ask({[balance]: {status, body: {}}}, byTeam)).rejects.toMatchObject(key);
    const team = {code: 'auth_rejected', remedy: {code: 'xai/team'}};
    await expect(ask({}, {...byKey, XAI_TEAM_ID: 'team-b'})).rejects.toMatchObject(team);
    await expect(ask({[validation]: {status: 404, body: {}}})).rejects.toMatchObject({code: 'bad_response'});
    const busy = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(ask({[balance]: busy})).rejects.toMatchObject({retryAt: now + 60_000});
  });
});

describe('a management key', () => {
  const entry = (id: string, fields: Record<string, string>) => ({id, provider: 'xai', secret: 'fake-key', fields});

  it('stands in its variable, with the team beside it', async () => {
    const found = await xai.discover((await withHome()).machine({env: byTeam}));
    const credential = {key: 'fake-management-key', fields: {teamId: 'team-a'}};
    expect(found).toMatchObject([{source: 'XAI_MANAGEMENT_API_KEY', place: 'environment', credential}]);
  });

  it('for two teams is two accounts, each read again where it is', async () => {
    const stored = async () => [entry('a', {teamId: 'team-a'}), entry('b', {teamId: 'team-b'})];
    const machine = (await withHome()).machine({stored, env: byKey});
    const found = await xai.discover(machine);
    expect(found.map(({source}) => source)).toEqual([
      ...['XAI_MANAGEMENT_API_KEY', 'mystatus-tui login', 'mystatus-tui login'],
    ]);
    expect(new Set(found.map(({key}) => key)).size).toBe(3);
    expect(await xai.discover(machine, ['environment'])).toEqual(found.slice(0, 1));
    expect(await xai.discover(machine, ['mystatus-tui login'])).toEqual(found.slice(1));
  });

  it('is not a key for models, wherever that stands', async () => {
    const auth = {xai: {type: 'api', key: 'xai-fake'}};
    const machine = (await withHome({'.local/share/opencode/auth.json': auth})).machine({
      env: {XAI_API_KEY: 'xai-fake'},
    });
    expect(await xai.discover(machine)).toEqual([]);
  });

  it('of the demo is accepted', async () => {
    const found = await xai.discover((await withHome(demo.files(now))).machine({env: demo.env ?? {}}));
    expect(found).toMatchObject([{source: 'XAI_MANAGEMENT_API_KEY'}]);
  });
});
