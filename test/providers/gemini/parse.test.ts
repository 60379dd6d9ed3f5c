import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError, type Window} from '../../../src/core/model.ts';
import {parseQuota} from '../../../src/providers/gemini/parse.ts';
import {parsePlan} from '../../../src/providers/gemini/plan.ts';
import {now} from '../shared/home.ts';
import {fixture} from './support.ts';

const told = ({id, use, unit}: Window): string => {
  const parts = use.state === 'known' && use.limit !== undefined ? ` ${use.used}/${use.limit}` : '';
  return `${id} ${use.state === 'known' ? use.usedPercent : use.state}${parts} ${unit}`;
};
const read = (body: unknown): string[] => parseQuota(body, now).windows.map(told);
const buckets = (...rows: unknown[]) => ({buckets: rows});
const reset = Date.parse('2026-09-02T07:00:00Z');

describe('the quota of Gemini', () => {
  it.each([
    ['quota-grouped', ['pro/1d 40 400/1000 requests', 'flash/1d 60 percent', 'flash-lite/1d 0 percent']],
    ['quota-standard-live-shape', ['flash/1d 4.2 percent', 'pro/1d 0 percent', 'flash-lite/1d 0.07 percent']],
    ['quota-missing-fraction', ['pro/1d unknown percent', 'flash/1d 100 percent']],
    ['quota-empty', []],
  ])('%s is read as it was sent', (name, windows) => {
    expect(read(fixture(name))).toEqual(windows);
    for (const window of parseQuota(fixture(name), now).windows)
      expect(window).toMatchObject({resetsAt: reset, windowMs: 86_400_000});
  });

  it.each([[{buckets: []}], [{}]])('%j is ok_empty', body => {
    expect(outcomeOf({reading: parseQuota(body, now), failure: null})).toBe('ok_empty');
  });

  it.each([
    [[]],
    ['x'],
    [null],
    [{buckets: {}}],
    [{buckets: null}],
    [{quotas: []}],
    [buckets({remainingFraction: 0.5})],
  ])('%j is bad_response', body => {
    expect(() => parseQuota(body, now)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });

  it('has a row of its own for an unknown model, and for what is no request', () => {
    const rows = [
      {modelId: 'Gemma 4', remainingFraction: 0.5},
      {modelId: 'gemini-3-pro', remainingFraction: 0.25, tokenType: 'INPUT_TOKENS'},
    ];
    expect(read(buckets(...rows))).toEqual(['gemma-4/1d 50 percent', 'pro-input-tokens/1d 75 percent']);
  });

  it.each([[undefined], [null], ['much'], [-0.1], [60], [true]])(
    'with %j for a fraction is unknown',
    remainingFraction => {
      expect(read(buckets({modelId: 'pro', remainingFraction, remainingAmount: '0'}))).toEqual([
        'pro/1d unknown percent',
      ]);
    },
  );

  it('is of a day, which resets no later', () => {
    const at = (resetTime: string) =>
      parseQuota(buckets({modelId: 'pro', remainingFraction: 0.5, resetTime}), now).windows[0]?.resetsAt;
    expect([at('2026-09-02T07:00:00Z'), at('2026-09-06T07:00:00Z')]).toEqual([reset, null]);
  });

  it('of a family is that of the model that tells the least, and not of one that tells nothing', () => {
    const rows = [
      {modelId: 'a-pro'},
      {modelId: 'b-pro', remainingFraction: 0.9},
      {modelId: 'c-pro', remainingFraction: '0.7'},
    ];
    expect(read(buckets(...rows))).toEqual(['pro/1d 30 percent']);
  });

  it('shows no counts that say something else than the fraction', () => {
    const row = {modelId: 'pro', remainingFraction: 0.3, remainingAmount: '1'};
    expect(read(buckets(row))).toEqual(['pro/1d 70 percent']);
    expect(read(buckets({...row, remainingAmount: '300'}))).toEqual(['pro/1d 70 700/1000 requests']);
  });
});

describe('the plan of Gemini', () => {
  it('is what was bought, with its project', () => {
    expect(parsePlan(fixture('load-standard'), false)).toEqual({
      name: 'Gemini Code Assist Standard',
      project: 'example-project-1',
    });
  });

  it('is named by its id where it has no name', () => {
    const nameOf = (id: string, isWorkspace = false) => parsePlan({currentTier: {id}}, isWorkspace).name;
    expect([nameOf('standard-tier'), nameOf('free-tier'), nameOf('free-tier', true), nameOf('legacy-tier')]).toEqual([
      ...['Paid', 'Free', 'Workspace', 'Legacy'],
    ]);
    expect(parsePlan({cloudaicompanionProject: {id: 'p'}}, false)).toEqual({name: null, project: 'p'});
  });

  it('is none where Google wants the account to be verified, or does not serve it', () => {
    const refused = (body: unknown) => expect(() => parsePlan(body, false));
    const verify = {code: 'verify', name: 'Google', url: 'https://accounts.google.com/fake'};
    refused(fixture('load-ineligible')).toThrow(expect.objectContaining({code: 'auth_rejected', remedy: verify}));
    const tier = {reasonCode: 'UNKNOWN_LOCATION', reasonMessage: 'Not in your \u001b[31mcountry.'};
    const no = {code: 'no_plan', message: 'Not in your country.', remedy: null};
    refused({ineligibleTiers: [tier]}).toThrow(expect.objectContaining(no));
    const gone = {code: 'no_plan', remedy: {code: 'gemini/moved'}};
    refused({ineligibleTiers: [{reasonCode: 'UNSUPPORTED_CLIENT'}]}).toThrow(expect.objectContaining(gone));
  });

  it('is there where another tier is open', () => {
    const {ineligibleTiers} = fixture('load-ineligible') as {ineligibleTiers: unknown};
    expect(parsePlan({currentTier: {id: 'standard-tier'}, ineligibleTiers}, false).name).toBe('Paid');
    expect(parsePlan({allowedTiers: [{id: 'standard-tier'}], ineligibleTiers}, false).name).toBeNull();
  });

  it('never has a link that could lead astray', () => {
    const tier = {reasonCode: 'VALIDATION_REQUIRED', validationUrl: 'javascript:alert(1)'};
    const remedy = {code: 'verify', name: 'Google'};
    expect(() => parsePlan({ineligibleTiers: [tier]}, false)).toThrow(expect.objectContaining({remedy}));
  });
});

describe('whatever the service sends', () => {
  const scalar = fc.oneof(
    fc.anything(),
    fc.double({min: 0, max: 1}),
    fc.constantFrom('0.5', '600', null, 0, 1, -1, 1e300),
  );
  const modelId = fc.constantFrom('gemini-3-pro', 'gemini-3-flash', 'x', null);
  const row = fc.record({
    modelId,
    remainingFraction: scalar,
    remainingAmount: scalar,
    resetTime: scalar,
    tokenType: scalar,
  });
  const isSound = ({use}: Window): boolean =>
    use.state !== 'known' ||
    (use.usedPercent >= 0 &&
      use.usedPercent <= 100 &&
      (use.limit === undefined || Math.abs(((use.used ?? Number.NaN) / use.limit) * 100 - use.usedPercent) < 0.5));
  const survives = (read: () => boolean): boolean => {
    try {
      return read();
    } catch (error) {
      return error instanceof ProviderError;
    }
  };

  it('nothing but a ProviderError is thrown, and every figure is sound', () => {
    const isReadWell = (body: unknown) => survives(() => parseQuota(body, now).windows.every(isSound));
    fc.assert(fc.property(fc.anything(), isReadWell), {numRuns: 200});
    fc.assert(
      fc.property(fc.array(fc.oneof(row, fc.anything())), rows => isReadWell({buckets: rows})),
      {numRuns: 500},
    );
    const load = fc.record({currentTier: scalar, paidTier: scalar, ineligibleTiers: fc.array(fc.anything())});
    fc.assert(
      fc.property(fc.oneof(load, fc.anything()), body => survives(() => parsePlan(body, false).name !== '')),
      {numRuns: 300},
    );
  });

  it('a fraction that is missing is never one', () => {
    const rest = row.map(({remainingFraction: _, ...others}) => others);
    const isUnknown = (rows: unknown[]) =>
      survives(() => parseQuota({buckets: rows}, now).windows.every(({use}) => use.state === 'unknown'));
    fc.assert(fc.property(fc.array(rest), isUnknown), {numRuns: 200});
  });
});
