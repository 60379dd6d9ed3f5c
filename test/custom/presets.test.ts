import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import {presetNames} from '../../src/core/custom/preset-names.ts';
import type {ProviderError, Reading} from '../../src/core/model.ts';
import {parseOutput} from '../../src/providers/custom/output.ts';
import {readingOf} from '../../src/providers/custom/request.ts';
import {catalogue} from '../../src/providers/index.ts';
import {checkCustom} from '../../src/system/settings/custom-check.ts';
import {run} from '../support/run.ts';
import {startService} from '../support/service.ts';
import {fixture, httpOf} from './definitions.ts';

const directory = new URL('../../presets/', import.meta.url);
const now = Date.parse('2026-11-27T20:00:00Z');
const preset = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, directory), 'utf8'));
const body = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/presets/${name}.json`, import.meta.url), 'utf8'));

function read(name: string, answer: unknown, status = 200): Reading {
  const headers = {'content-type': 'application/json'};
  return readingOf(name, httpOf(preset(name)), {status, headers, text: JSON.stringify(answer)}, now);
}
/** What is drawn of it: the id, the use, and when it resets. */
const windowsOf = (reading: Reading) =>
  reading.windows.map(({id, use, unit, resetsAt}) => ({
    id,
    use,
    unit,
    resetsAt: resetsAt === null ? null : new Date(resetsAt).toISOString(),
  }));
const known = (usedPercent: number, used: number, limit: number) => ({state: 'known', usedPercent, used, limit});
function failureOf(work: () => unknown): Pick<ProviderError, 'code' | 'message'> {
  try {
    work();
  } catch (error) {
    return error as ProviderError;
  }
  throw new Error('it did not fail');
}

describe('the presets', () => {
  it('are the files of their directory', () => {
    const files = readdirSync(directory).filter(name => name.endsWith('.json'));
    expect(files.sort()).toEqual(presetNames.map(name => `${name}.json`).sort());
  });

  it.each(presetNames)('%s is a definition that the settings take as it is, with its name as its id', name => {
    const problems: string[] = [];
    const builtIn = catalogue.map(({id}) => id);
    const {definitions} = checkCustom([preset(name)], builtIn, (path, why) =>
      problems.push(`${path.join('.')}: ${why}`),
    );
    expect([problems, definitions.map(({id}) => id)]).toEqual([[], [name]]);
  });
});

describe('litellm', () => {
  it('has the budget of a key as long as it lasts', () => {
    const reading = read('litellm', fixture('litellm-key-info'));
    expect(windowsOf(reading)).toEqual([
      {id: 'key/30d', use: known(70.783333333, 212.35, 300), unit: 'usd', resetsAt: '2026-12-12T00:00:00.000Z'},
    ]);
    expect([reading.label, reading.amounts]).toEqual(['laptop', [{id: 'spend', value: 212.35, unit: 'usd'}]]);
    expect(JSON.stringify(reading)).not.toContain('hashed-invented');
  });

  it.each([
    ['7d', 'key/weekly', 7 * 86_400_000],
    ['24h', 'key/1d', 86_400_000],
    [null, 'key/total', null],
  ])('takes a budget for %j for a window %s', (budget_duration, id, windowMs) => {
    const reading = read('litellm', {info: {spend: 1, max_budget: 4, budget_duration, budget_reset_at: null}});
    expect(reading.windows).toMatchObject([{id, windowMs, resetsAt: null, use: known(25, 1, 4)}]);
    expect(reading.notes).toEqual([]);
  });

  it('has no window without a budget, and says what was spent', () => {
    const {windows, amounts, notes} = read('litellm', fixture('litellm-key-no-budget'));
    expect([windows, amounts, notes]).toEqual([[], [{id: 'spend', value: 12.5, unit: 'usd'}], []]);
  });

  it('takes a wrong key for one', () => {
    expect(failureOf(() => read('litellm', fixture('litellm-error-auth'), 401)).code).toBe('auth_rejected');
  });
});

describe('new-api', () => {
  it('counts in dollars what the relay counts in parts of one', () => {
    const reading = read('new-api', fixture('new-api-body'));
    expect(windowsOf(reading)).toEqual([{id: 'key/total', use: known(25, 2.5, 10), unit: 'usd', resetsAt: null}]);
    expect([reading.label, reading.amounts]).toEqual(['laptop', [{id: 'balance', value: 7.5, unit: 'usd'}]]);
  });

  it('has no balance of a key without a limit', () => {
    const data = {
      name: 'laptop',
      total_granted: 0,
      total_used: 500000,
      total_available: -500000,
      unlimited_quota: true,
    };
    const {windows, amounts, notes} = read('new-api', {code: true, data});
    expect([windows.map(({use}) => use), amounts, notes]).toEqual([[{state: 'unlimited', used: 1}], [], []]);
  });

  it('takes a refusal with HTTP 200 for one', () => {
    const failure = failureOf(() => read('new-api', {success: false, message: 'invalid token'}));
    expect([failure.code, failure.message]).toEqual(['auth_rejected', 'invalid token']);
  });
});

describe('sub2api', () => {
  it('has the limits of a key', () => {
    const reading = read('sub2api', body('sub2api-key'));
    expect(windowsOf(reading)).toEqual([
      {id: 'key/5h', use: known(25, 1, 4), unit: 'usd', resetsAt: '2026-11-27T23:00:00.000Z'},
      {id: 'key/1d', use: known(25, 2.5, 10), unit: 'usd', resetsAt: null},
      {id: 'key/weekly', use: known(31.25, 12.5, 40), unit: 'usd', resetsAt: '2026-12-01T09:00:00.000Z'},
      {id: 'key/total', use: known(25, 12.5, 50), unit: 'usd', resetsAt: null},
    ]);
    expect(reading.amounts).toEqual([]);
  });

  it('has the limits of a plan, without those that it does not set', () => {
    const reading = read('sub2api', {...(body('sub2api-plan') as object), rate_limits: []});
    expect([reading.plan, windowsOf(reading)]).toEqual([
      'Team',
      [
        {id: 'plan/1d', use: known(40, 4, 10), unit: 'usd', resetsAt: null},
        {id: 'plan/monthly', use: known(30, 60, 200), unit: 'usd', resetsAt: null},
      ],
    ]);
  });

  it('has the balance of a wallet, and takes a key that is not valid for one', () => {
    const {amounts} = read('sub2api', body('sub2api-wallet'));
    expect(amounts).toEqual([{id: 'balance', value: 24.8, unit: 'usd'}]);
    expect(failureOf(() => read('sub2api', {isValid: false})).code).toBe('auth_rejected');
  });
});

describe('balances', () => {
  it('of Vercel are texts in dollars', () => {
    const {windows, amounts} = read('vercel', body('vercel'));
    expect([windows, amounts]).toEqual([
      [],
      [
        {id: 'balance', value: 95.5, unit: 'usd'},
        {id: 'used', value: 4.5, unit: 'usd'},
      ],
    ]);
  });

  it('of Poe are points', () => {
    expect(read('poe', body('poe')).amounts).toEqual([{id: 'credits', value: 1500, unit: 'points'}]);
  });

  it('of DeepInfra are there where the account is below zero', () => {
    const reading = read('deepinfra', body('deepinfra'));
    expect([windowsOf(reading), reading.amounts]).toEqual([
      [{id: 'spend/total', use: known(30.5, 6.1, 20), unit: 'usd', resetsAt: null}],
      [{id: 'balance', value: 18.4, unit: 'usd'}],
    ]);
    expect(read('deepinfra', {...(body('deepinfra') as object), limit: null}).windows).toEqual([]);
    expect(failureOf(() => read('deepinfra', {}, 403)).code).toBe('scope_missing');
  });

  it.each(['vercel', 'poe', 'deepinfra'])('of %s that are not told are no zero', name => {
    const {windows, amounts, notes} = read(name, {error: 'none'});
    expect([windows, amounts, notes]).toEqual([[], [], [{code: 'skipped-rows'}]]);
  });
});

describe('venice', () => {
  it('has the allowance of the day and the balance', () => {
    const reading = read('venice', body('venice-diem'));
    expect([windowsOf(reading), reading.amounts]).toEqual([
      [{id: 'diem/1d', use: known(9.5, 9.5, 100), unit: 'credits', resetsAt: '2026-11-28T00:00:00.000Z'}],
      [{id: 'balance', value: 25, unit: 'usd'}],
    ]);
  });

  it('has a balance of nothing, and no window without an allowance', () => {
    const {windows, amounts} = read('venice', body('venice-usd-only'));
    expect([windows, amounts]).toEqual([[], [{id: 'balance', value: 0, unit: 'usd'}]]);
  });

  it('does not know what is left where it is not told', () => {
    const {windows, amounts} = read('venice', {balances: {diem: null, usd: null}, diemEpochAllocation: '100'});
    expect([windows.map(({use}) => use), amounts]).toEqual([
      [{state: 'unknown', why: 'windows[0].remaining: null'}],
      [],
    ]);
  });
});

describe('elevenlabs', () => {
  it('has the characters of the month', () => {
    const reading = read('elevenlabs', body('elevenlabs'));
    expect([reading.plan, windowsOf(reading)]).toEqual([
      'creator',
      [{id: 'monthly', use: known(25, 25_000, 100_000), unit: 'characters', resetsAt: '2026-12-09T00:00:00.000Z'}],
    ]);
  });

  it('does not know a limit of nothing, and says what a key may not do', () => {
    const none = read('elevenlabs', {...(body('elevenlabs') as object), character_limit: 0});
    expect(none.windows[0]?.use).toEqual({state: 'unknown', why: 'windows[0].limit: not above 0'});
    expect(failureOf(() => read('elevenlabs', body('elevenlabs-error-permission'), 401)).code).toBe('auth_rejected');
  });
});

describe('fireworks', () => {
  const program = new URL('fireworks.mjs', directory).pathname;
  const key = 'fake-fireworks-key';
  const env = {PATH: process.env.PATH ?? '', FIREWORKS_API_KEY: key};

  async function printed(answers: Record<string, unknown>, ...args: string[]) {
    const service = await startService(({path, headers}) => {
      if (headers.authorization !== `Bearer ${key}`) return {status: 401, body: {}};
      const found = Object.entries(answers).find(([begin]) => path.split('?')[0] === begin);
      return found === undefined ? {status: 404, body: {}} : {status: 200, body: found[1]};
    });
    onTestFinished(() => service.close());
    const {stdout, code} = await run([service.origin, ...args], env, {program});
    expect(code).toBe(0);
    return {reading: () => parseOutput(stdout, now), requests: service.requests};
  }
  const accounts = (...ids: string[]) => ({'/v1/accounts': {accounts: ids.map(id => ({name: `accounts/${id}`}))}});
  const summary = (id: string, lineItems: unknown[]) => ({[`/v1/accounts/${id}/billing/summary`]: {lineItems}});

  it('adds up what was billed since the first of the month', async () => {
    const answers = {...accounts('acme'), '/v1/accounts/acme/billing/summary': body('fireworks')};
    const {reading, requests} = await printed(answers);
    expect(reading().amounts).toEqual([{id: 'spend', value: 1.525548296, unit: 'usd'}]);
    const asked = new URL(requests[1]?.path ?? '', 'http://127.0.0.1').searchParams;
    expect(asked.get('startTime')).toMatch(/-01T00:00:00\.000Z$/);
    expect(Date.parse(asked.get('endTime') ?? '')).toBeGreaterThan(Date.parse(asked.get('startTime') ?? ''));
  });

  it('tells nothing where nothing was billed, or more than one currency', async () => {
    expect((await printed({...accounts('acme'), ...summary('acme', [])})).reading().amounts).toEqual([]);
    const lines = ['USD', 'EUR'].map(currencyCode => ({totalCost: {currencyCode, units: '1', nanos: 0}}));
    const {reading} = await printed({...accounts('acme'), ...summary('acme', lines)});
    expect(failureOf(reading).message).toBe('billed in several currencies');
  });

  it('reads the account that is named where there are several', async () => {
    const answers = {
      ...accounts('one', 'two'),
      ...summary('two', [{totalCost: {currencyCode: 'USD', units: '3', nanos: 500_000_000}}]),
    };
    expect(failureOf((await printed(answers)).reading).message).toBe('several accounts: add an id to "run"');
    expect((await printed(answers, 'two')).reading().amounts).toEqual([{id: 'spend', value: 3.5, unit: 'usd'}]);
    expect(failureOf((await printed(answers, 'three')).reading).code).toBe('no_plan');
  });

  it('says what went wrong', async () => {
    expect(failureOf((await printed({})).reading)).toMatchObject({code: 'bad_response', message: 'HTTP 404'});
    const nobody = spawnSync(process.execPath, [program, 'http://127.0.0.1:9'], {env, encoding: 'utf8'});
    expect(failureOf(() => parseOutput(nobody.stdout, now)).code).toBe('network');
    expect(nobody.stdout + nobody.stderr).not.toContain(key);
  });
});
