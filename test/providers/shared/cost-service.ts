import fc from 'fast-check';
import {describe, expect, it, onTestFinished} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import type {Provider} from '../../../src/core/provider.ts';
import {parsePage} from '../../../src/providers/shared/cost-report.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from './home.ts';
import {askByKey, type Refusal, refusals} from './key-service.ts';

type Facts = {
  variable: string;
  key: string;
  /** Of another kind, and never sent. */
  foreignKey: string;
  /** The request for the month of `now`. */
  path: string;
  /** A result of so many units of a currency, as the service tells it. */
  resultOf(value: number, currency: string): unknown;
  costOf: Parameters<typeof parsePage>[1];
  note: string;
};

const page = (results: unknown[], next: unknown = null) => ({
  data: [{results}],
  has_more: next !== null,
  next_page: next,
});

/** Tests what the reports of an organization's costs have in common. */
export function testCosts(provider: Provider, {variable, key, foreignKey, path, resultOf, costOf, note}: Facts): void {
  const ask = (answer: (path: string) => ServiceAnswer) => askByKey(provider, {[variable]: key}, answer);
  /** What each page answers, by its cursor. */
  const paged = (pages: Record<string, unknown>) =>
    ask(asked => {
      const body = pages[asked === path ? '' : asked.replace(`${path}&page=`, '')];
      return body === undefined ? {status: 404, body: {}} : {status: 200, body};
    });

  describe('a report of costs', () => {
    it('is the sum of all pages, with a note for which time', async () => {
      const {reading, requests} = await paged({
        '': page([resultOf(0.1, 'usd'), resultOf(0.2, 'USD')], 'a/b'),
        'a%2Fb': page([resultOf(1, 'usd')], 'c'),
        c: page([]),
      });
      const amounts = [{id: 'spend', value: 1.3, unit: 'usd'}];
      expect(reading).toEqual({plan: null, windows: [], amounts, notes: [{code: note}]});
      expect(requests).toHaveLength(3);
    });

    it('out of range is bad_response', async () => {
      const huge = resultOf(1e308, 'usd');
      await expect(paged({'': page(Array.from({length: 200}, () => huge))})).rejects.toMatchObject({
        code: 'bad_response',
      });
    });

    it('adds no currencies to each other', async () => {
      const {reading} = await paged({'': page([resultOf(2, 'usd'), resultOf(3, 'eur'), resultOf(4, 'usd')])});
      expect(reading.amounts.map(({value, unit}) => [value, unit])).toEqual([
        [6, 'usd'],
        [3, 'eur'],
      ]);
    });

    it('without a cost is a true zero', async () => {
      const {reading} = await paged({'': {data: [], has_more: false, next_page: null}});
      expect(reading.amounts).toEqual([{id: 'spend', value: 0, unit: 'usd'}]);
    });

    it.each<[string, Record<string, unknown>]>([
      ['a cursor that repeats', {'': page([], 'a'), a: page([], 'b'), b: page([], 'a')}],
      ['a cursor that stays', {'': page([], 'a'), a: page([], 'a')}],
      [
        'too many pages',
        Object.fromEntries([...Array(12).keys()].map(at => [at === 0 ? '' : `p${at}`, page([], `p${at + 1}`)])),
      ],
      ['a page that is missing', {'': page([resultOf(5, 'usd')], 'a')}],
      ['no word where the next page is', {'': {...page([resultOf(5, 'usd')]), has_more: true}}],
      ['no word whether there is a next page', {'': {data: []}}],
      ['a bucket without results', {'': {data: [{}], has_more: false}}],
      ['a cost that is no number', {'': page([resultOf(5, 'usd'), resultOf(Number.NaN, 'usd')])}],
      ['a cost without its amount', {'': page([resultOf(5, 'usd'), {}])}],
      ['an unknown currency', {'': page([resultOf(5, 'usd'), resultOf(5, 'points')])}],
    ])('with %s is bad_response, never a part of the sum', async (_, pages) => {
      await expect(paged(pages)).rejects.toMatchObject({code: 'bad_response'});
    });

    it('throws nothing but ProviderError, whatever it is given', () => {
      const survives = (body: unknown): boolean => {
        try {
          return parsePage(body, costOf).costs.every(({value}) => Number.isFinite(value));
        } catch (error) {
          return error instanceof ProviderError;
        }
      };
      fc.assert(fc.property(fc.anything(), survives), {numRuns: 200});
      fc.assert(
        fc.property(fc.array(fc.anything()), results => survives(page(results))),
        {numRuns: 300},
      );
    });
  });

  describe('the request for it', () => {
    it.each<Refusal>([...refusals, [404, {}, 'bad_response']])(
      'answered with %i and %j ends as it should: %s',
      async (status, body, code) => {
        await expect(ask(() => ({status, body}))).rejects.toMatchObject({code});
      },
    );

    it('that is refused says what to do, and one that came too soon how long to wait', async () => {
      const remedy = {code: 'replace-credential', name: provider.id};
      await expect(ask(() => ({status: 401, body: {}}))).rejects.toMatchObject({remedy});
      const busy = {status: 429, headers: {'retry-after': '60'}, body: {}};
      await expect(ask(() => busy)).rejects.toMatchObject({retryAt: now + 60_000});
    });
  });

  describe('an admin key', () => {
    const entry = (secret: string) => ({id: 's', provider: provider.id, label: 'work', secret, fields: {}});
    const machineWith = async (env: Record<string, string>, secret?: string) =>
      (await withHome()).machine({env, stored: async () => (secret === undefined ? [] : [entry(secret)])});

    it('stands in its variable, or was given to login', async () => {
      const machine = await machineWith({[variable]: key}, `${key}-other`);
      const found = await provider.discover(machine);
      expect(found).toMatchObject([
        {source: variable, place: 'environment', credential: {key}},
        {source: 'mystatus-tui login', label: 'work', stored: true},
      ]);
      for (const account of found) expect(await provider.discover(machine, [account.place ?? ''])).toEqual([account]);
      expect(await provider.discover(await machineWith({[variable]: key}, key))).toHaveLength(1);
    });

    it('is no key of another kind: one in the variable is left alone, one that was given is a problem', async () => {
      expect(await provider.discover(await machineWith({[variable]: foreignKey}))).toEqual([]);
      expect(await provider.discover(await machineWith({}, foreignKey))).toMatchObject([
        {credential: null, stored: true, problem: {remedy: {code: 'replace-credential', name: provider.id}}},
      ]);
    });

    it('of the demo is accepted, and spends something', async () => {
      const demo = await provider.demo();
      const service = await startService(request => demo.answer(request, now));
      onTestFinished(() => service.close());
      const [account] = await provider.discover((await withHome()).machine({env: demo.env ?? {}}));
      if (account === undefined) return expect.unreachable('no account was found');
      const wire = createWire({provider, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
      expect((await provider.fetch(account, wire)).amounts).toMatchObject([{id: 'spend', unit: 'usd'}]);
    });
  });
}
