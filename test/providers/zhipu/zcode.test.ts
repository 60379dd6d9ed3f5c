import {readFileSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {Account} from '../../../src/core/provider.ts';
import {zai, zhipu} from '../../../src/providers/zhipu/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {startService} from '../../support/service.ts';
import {keyOf, machineWith, now, summary, withLimits} from './support.ts';

const path = '.zcode/v2/config.json';
const sample = readFileSync(new URL('../../fixtures/zhipu/zcode-config.json', import.meta.url), 'utf8');
const zaiPlan = 'builtin:zai-coding-plan';
const zhipuPlan = 'builtin:bigmodel-coding-plan';
const withPlan = (id: string, apiKey: unknown, more: object = {}, options: object = {}): string =>
  JSON.stringify({provider: {[id]: {options: {apiKey, ...options}, ...more}}});

async function found(files: Record<string, string>, env: Record<string, string> = {}) {
  const machine = await machineWith(files, {env});
  return {zai: summary(await zai.discover(machine)), zhipu: summary(await zhipu.discover(machine))};
}
const none = {zai: [], zhipu: []};

describe("ZCode's configuration", () => {
  it('holds the key of a plan; its other offers and other services are no accounts', async () => {
    expect(await found({[path]: sample})).toEqual({
      zai: ['invented-plan-key.Global ← ZCode config.json'],
      zhipu: [],
    });
  });

  it('gives the key of each plan to its own site', async () => {
    expect(await found({[path]: withPlan(zhipuPlan, 'k.1')})).toEqual({zai: [], zhipu: ['k.1 ← ZCode config.json']});
    const away = withPlan(zaiPlan, 'k.1', {}, {baseURL: 'https://open.bigmodel.cn/api/anthropic'});
    expect(await found({[path]: away})).toEqual({zai: [], zhipu: ['k.1 ← ZCode config.json']});
  });

  it.each([
    ['no key', withPlan(zaiPlan, undefined)],
    ['an empty key', withPlan(zaiPlan, ' ')],
    ['a key that is no text', withPlan(zaiPlan, {})],
    ['a plan that is switched off', withPlan(zaiPlan, 'k.1', {enabled: false})],
    ['a plan that ZCode has given up', withPlan(zaiPlan, 'k.1', {systemDisabledReason: 'coding_plan_not_entitled'})],
    ['a plan behind a gateway', withPlan(zaiPlan, 'k.1', {}, {baseURL: 'https://gateway.example.com'})],
    ['a list', '[]'],
    ['another shape', '{"provider": {"builtin:zai-coding-plan": 7}}'],
  ])('with %s is no account', async (_what, text) => {
    expect(await found({[path]: text})).toEqual(none);
  });

  it('that is switched off still says whose its key is', async () => {
    const off = withPlan(zaiPlan, 'k.1', {enabled: false});
    expect((await found({[path]: off}, {ZHIPU_API_KEY: 'k.1'})).zhipu).toEqual([]);
  });

  it('with another service says whose that key is, too', async () => {
    expect(await found({[path]: sample}, {ZHIPU_API_KEY: 'invented-gateway-key'})).toEqual(
      await found({[path]: sample}),
    );
  });

  it('that is broken is a problem of the site that it names', async () => {
    expect(await found({[path]: `{"provider": {"${zaiPlan}": {`})).toEqual({
      zai: ['ZCode config.json: it is not valid JSON ← ZCode config.json'],
      zhipu: [],
    });
    expect(await found({[path]: '{"provider": '})).toEqual(none);
  });

  it('of its command line counts where the program itself has no key: a copy may be out of date', async () => {
    const copy = {'.zcode/cli/config.json': withPlan(zaiPlan, 'k.old')};
    expect((await found(copy)).zai).toEqual(['k.old ← ZCode config.json']);
    expect((await found({...copy, [path]: withPlan(zaiPlan, 'k.new')})).zai).toEqual(['k.new ← ZCode config.json']);
    expect(await found({...copy, [path]: withPlan(zaiPlan, 'k.new', {enabled: false})})).toEqual(none);
  });
});

describe('a key that ZCode changes', () => {
  it('stays the same account, and the next poll carries the new one', async () => {
    const service = await startService(() => ({
      status: 200,
      body: withLimits({type: 'CREDIT_LIMIT', unit: 3, number: 5, percentage: 10}),
    }));
    onTestFinished(() => service.close());
    const wire = createWire({provider: zai, origin: service.origin, env: {}, version: '9.9.9', now: () => now});
    const machine = await machineWith({[path]: withPlan(zaiPlan, 'k.1')});
    const polled = async (): Promise<Account[]> => {
      const accounts = await zai.discover(machine);
      for (const account of accounts) await zai.fetch(account, wire);
      return accounts;
    };
    const [before] = await polled();
    await writeFile(`${machine.home}/${path}`, withPlan(zaiPlan, 'k.22'));
    const [after] = await polled();
    expect(after?.key).toBe(before?.key);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
    expect(after?.secrets).toEqual(['k.22', '22']);
    expect(service.requests.map(({headers}) => headers.authorization)).toEqual(['k.1', 'k.22']);
  });

  it('is an account of its own beside a key of another place, and the same one while they agree', async () => {
    const keys = async (inZcode: string) => {
      const machine = await machineWith({[path]: withPlan(zaiPlan, inZcode)}, {env: {ZAI_API_KEY: 'k.1'}});
      return (await zai.discover(machine)).map(keyOf);
    };
    expect(await keys('k.1')).toEqual(['k.1']);
    expect(await keys('k.2')).toEqual(['k.1', 'k.2']);
  });
});
