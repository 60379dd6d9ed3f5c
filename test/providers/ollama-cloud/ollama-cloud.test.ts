import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError} from '../../../src/core/model.ts';
import {demo} from '../../../src/providers/ollama-cloud/demo.ts';
import {ollamaCloud} from '../../../src/providers/ollama-cloud/index.ts';
import {parseUsage} from '../../../src/providers/ollama-cloud/usage.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {testKeyPlaces} from '../shared/key-places.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';

const friday = Date.UTC(2026, 10, 27, 20);
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/ollama-cloud/${name}.json`, import.meta.url), 'utf8'));
const read = (body: unknown, at = friday) => parseUsage(body, at);
const known = (usedPercent: number) => ({state: 'known', usedPercent});
const requests = (name: string, value: number) => ({name, value, unit: 'requests'});

describe('usage of Ollama Cloud', () => {
  it('of an older plan is a session and a week, which end at moments that are the same for all', () => {
    expect(read(fixture('session-weekly'))).toEqual({
      plan: null,
      windows: [
        {
          ...{id: '5h', pool: null, windowMs: 18_000_000, resetsAt: Date.UTC(2026, 10, 28)},
          ...{use: known(4.6), unit: 'percent', shares: [requests('glm-5.2', 34)]},
        },
        {
          ...{id: 'weekly', pool: null, windowMs: 604_800_000, resetsAt: Date.UTC(2026, 10, 30)},
          ...{use: known(33.5), unit: 'percent', shares: [requests('glm-5.2', 254)]},
        },
      ],
      amounts: [],
      notes: [],
    });
  });

  it('of a plan with credits is a month whose end nobody knows, and no amount', () => {
    expect(read(fixture('monthly'))).toEqual({
      plan: null,
      windows: [
        {
          ...{id: 'monthly', pool: null, windowMs: null, resetsAt: null, use: known(0.7), unit: 'percent'},
          shares: [requests('glm-5.3-flash', 213)],
        },
      ],
      amounts: [],
      notes: [],
    });
  });

  it('that is not told is unknown, and may be more than everything', () => {
    expect(read(fixture('null-usage')).windows).toMatchObject([
      {id: '5h', use: {state: 'unknown'}},
      {id: 'weekly', use: known(102)},
    ]);
  });

  it('without any limit is ok_empty', () => {
    expect(outcomeOf({reading: read(fixture('no-limits')), failure: null})).toBe('ok_empty');
  });

  it('of a limit with another name is shown under that name', () => {
    const {windows} = read({limits: {'Image Packs': {usage: 0.5}, weekly: {usage: 0.1}, Weekly: {usage: 0.9}}});
    expect(windows).toMatchObject([
      {id: 'image-packs', pool: 'image-packs', windowMs: null, resetsAt: null, use: known(50)},
      {id: 'weekly', pool: null, use: known(10)},
    ]);
  });

  it.each([{}, {usage: '4 %'}, {usage: -0.1}, {usage: true}, 0.4])('%j is unknown, never 0', session => {
    expect(read({limits: {session}}).windows).toMatchObject([{id: '5h', use: {state: 'unknown'}}]);
  });

  it('a session that ends now is followed by the next', () => {
    const end = Date.UTC(2026, 10, 28);
    const resetAt = (at: number) => read(fixture('session-weekly'), at).windows[0]?.resetsAt;
    expect([resetAt(end - 1), resetAt(end)]).toEqual([end, end + 18_000_000]);
  });

  it('throws nothing but ProviderError, and makes no figure of what was not one', () => {
    const holds = (body: unknown): boolean => {
      try {
        return read(body).windows.every(
          ({use}) => use.state === 'unknown' || (use.state === 'known' && use.usedPercent >= 0),
        );
      } catch (error) {
        return error instanceof ProviderError;
      }
    };
    fc.assert(fc.property(fc.anything(), holds), {numRuns: 200});
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), limits => holds({limits})),
      {numRuns: 300},
    );
  });
});

const ask = (answer: ServiceAnswer) => askByKey(ollamaCloud, {OLLAMA_API_KEY: 'fake-ollama-key'}, answer);

describe('the request to Ollama Cloud', () => {
  it('carries the key and an honest name', async () => {
    const {requests} = await ask({status: 200, body: fixture('monthly')});
    const headers = {authorization: 'Bearer fake-ollama-key', 'user-agent': 'mystatus-tui/1.0.0'};
    expect(requests).toMatchObject([{method: 'GET', path: '/api/usage', headers}]);
  });

  it.each<Refusal>([
    ...refusals.filter(([status, body]) => status !== 403 || body === '<html>'),
    [403, {error: 'upgrade'}, 'no_plan'],
    [404, {error: 'not found'}, 'bad_response'],
    [200, {limits: null}, 'bad_response'],
    [200, {error: 'no'}, 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(ask({status, body})).rejects.toMatchObject({code});
  });

  it('that is refused says what to do, and one that came too soon how long to wait', async () => {
    const remedy = {code: 'replace-credential', name: 'ollama-cloud'};
    await expect(ask({status: 401, body: {error: 'no'}})).rejects.toMatchObject({remedy});
    const plan = {code: 'subscribe', name: 'Ollama Cloud'};
    await expect(ask({status: 403, body: {error: 'no'}})).rejects.toMatchObject({remedy: plan});
    const busy = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(ask(busy)).rejects.toMatchObject({retryAt: now + 60_000});
  });
});

describe('a key of Ollama Cloud', () => {
  testKeyPlaces(ollamaCloud, 'fake-ollama-key', {
    variables: ['OLLAMA_API_KEY'],
    opencodeIds: ['ollama-cloud'],
    address: 'https://ollama.com/v1',
    more: [['pi auth.json', {'.pi/agent/auth.json': {'ollama-cloud': {type: 'api_key', key: 'fake-ollama-key'}}}]],
  });

  it.each(['ollama', 'ollama-local'])('is not the word %s, which a server on this machine gets', async key => {
    expect(await ollamaCloud.discover((await withHome()).machine({env: {OLLAMA_API_KEY: key}}))).toEqual([]);
  });

  it('of the demo is accepted', async () => {
    const found = await ollamaCloud.discover((await withHome(demo.files(now))).machine());
    expect(found).toMatchObject([{source: 'pi auth.json'}]);
  });
});
