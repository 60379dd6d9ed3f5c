import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import {ProviderError, type Reading} from '../../src/core/model.ts';
import type {Provider} from '../../src/core/provider.ts';
import {parseLimits as parseClinepass} from '../../src/providers/clinepass/parse.ts';
import {parseBilling} from '../../src/providers/copilot/parse-billing.ts';
import {parseInternal} from '../../src/providers/copilot/parse-internal.ts';
import {parseUsage as parseCursor} from '../../src/providers/cursor/parse.ts';
import {parseQuota as parseGemini} from '../../src/providers/gemini/parse.ts';
import {parseModels, parseUserQuota} from '../../src/providers/google/parse-models.ts';
import {parseSummary} from '../../src/providers/google/parse-summary.ts';
import {parseBilling as parseGrok} from '../../src/providers/grok/parse.ts';
import {catalogue} from '../../src/providers/index.ts';
import {parseUsages} from '../../src/providers/kimi/parse.ts';
import {parseUsage as parseKiro} from '../../src/providers/kiro/parse.ts';
import {parsePlan} from '../../src/providers/minimax/plan.ts';
import {parseUsage} from '../../src/providers/openai/parse.ts';
import {parseUsage as parseOpencodeGo} from '../../src/providers/opencode-go/parse.ts';
import {parseKey} from '../../src/providers/openrouter/parse.ts';
import {parseQuota} from '../../src/providers/zhipu/parse.ts';
import {createWire} from '../../src/system/http/wire.ts';
import {startService} from '../support/service.ts';
import {now, withHome} from './shared/home.ts';

const length = '(?:weekly|monthly|\\d+[hdm])';
const matcherOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll('<length>', length).replace(/<\w+>/g, '[^/]+')}$`);
const strangersTo = ({windowIds}: Provider, ids: readonly string[]): string[] =>
  ids.filter(id => !windowIds.some(pattern => matcherOf(pattern).test(id)));
const idsOf = (reading: Reading | null): string[] => reading?.windows.map(({id}) => id) ?? [];

async function demoIds(provider: Provider): Promise<string[]> {
  const demo = await provider.demo();
  const service = await startService(request => demo.answer(request, now));
  onTestFinished(() => service.close());
  const accounts = await provider.discover((await withHome(demo.files(now))).machine());
  const wire = createWire({provider, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  return (await Promise.all(accounts.map(account => provider.fetch(account, wire)))).flatMap(idsOf);
}

/** Whatever reads a file of test/fixtures/<directory>, by how its name begins. */
const parsers: Record<string, Record<string, (body: unknown) => Reading | null>> = {
  openai: {'': body => parseUsage(body, now)},
  copilot: {
    internal: body => parseInternal(body, now),
    billing: body => parseBilling(body, now, {tier: 'pro', kind: 'ai_credit'}),
  },
  clinepass: {'': body => parseClinepass(body, now)},
  cursor: {'': parseCursor},
  gemini: {quota: body => parseGemini(body, now)},
  google: {
    summary: body => parseSummary(body, now),
    models: body => parseModels(body, {now, isFree: false}),
    user: body => parseUserQuota(body, now),
  },
  grok: {'': parseGrok},
  kiro: {'': body => parseKiro(body, now)},
  openrouter: {'key-': body => parseKey(body, now)},
  zhipu: {'': body => parseQuota(body, now)},
  kimi: {'': body => parseUsages(body, now)},
  'opencode-go': {'': body => parseOpencodeGo(body, now)},
  minimax: {'': body => parsePlan(body, {id: 'minimax'}, now)},
};
/** Sites whose fixtures are another's. */
const directories: Record<string, string> = {zai: 'zhipu', 'kimi-global': 'kimi', 'minimax-cn': 'minimax'};

function fixtureIds(directory: string): string[] {
  const folder = new URL(`../fixtures/${directory}/`, import.meta.url);
  const ids = readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .flatMap(name =>
      Object.entries(parsers[directory] ?? {}).flatMap(([start, parse]) =>
        name.startsWith(start) ? idsRead(() => parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))) : [],
      ),
    );
  return [...new Set(ids)];
}

function idsRead(read: () => Reading | null): string[] {
  try {
    return idsOf(read());
  } catch (error) {
    // Some fixtures are refusals.
    if (error instanceof ProviderError) return [];
    throw error;
  }
}

describe('the ids of windows that a provider says it has', () => {
  it.each(catalogue.map(provider => [provider.id, provider] as const))(
    'are those of its demo: %s',
    async (_, provider) => {
      const ids = await demoIds(provider);
      // A service that tells balances only has none.
      expect(ids.length > 0).toBe(provider.windowIds.length > 0);
      expect(strangersTo(provider, ids)).toEqual([]);
    },
  );

  it.each(
    catalogue.flatMap(provider =>
      [provider.id, directories[provider.id] ?? '']
        .filter(directory => parsers[directory] !== undefined)
        .map(directory => [provider.id, directory, provider] as const),
    ),
  )('are those of all fixtures, and each plain one is in some: %s', async (_, directory, provider) => {
    const ids = fixtureIds(directory);
    expect(strangersTo(provider, ids)).toEqual([]);
    const plain = provider.windowIds.filter(pattern => !pattern.includes('<'));
    expect(plain.filter(id => !ids.includes(id))).toEqual([]);
  });

  it('would not hide a stranger', () => {
    const [provider] = catalogue.filter(({id}) => id === 'openai');
    expect(provider && strangersTo(provider, ['fortnightly', 'spark/soon', 'a/b/5h', '5hours', '9h'])).toEqual([
      ...['fortnightly', 'spark/soon', 'a/b/5h', '5hours'],
    ]);
  });
});
