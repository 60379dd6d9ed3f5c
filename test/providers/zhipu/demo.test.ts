import {describe, expect, it} from 'vitest';
import type {DemoService, Provider} from '../../../src/core/provider.ts';
import {demoOf} from '../../../src/providers/zhipu/demo.ts';
import {zai, zhipu} from '../../../src/providers/zhipu/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {startService} from '../../support/service.ts';
import {machineWith, now} from './support.ts';

async function readingOf(provider: Provider, demo: DemoService) {
  const machine = await machineWith({...demoOf.zai.files(now), ...demoOf.zhipu.files(now)});
  const [account, ...others] = await provider.discover(machine);
  if (account === undefined || others.length > 0) throw new Error('not one account');
  const service = await startService(request => demo.answer(request, now));
  try {
    return await provider.fetch(
      account,
      createWire({provider, origin: service.origin, env: {}, version: '0', now: () => now}),
    );
  } finally {
    await service.close();
  }
}

describe('the demo', () => {
  it('shows a credit plan at Z.ai', async () => {
    const {plan, windows} = await readingOf(zai, demoOf.zai);
    expect(plan).toBe('Pro');
    expect(windows).toMatchObject([
      {id: '5h', unit: 'credits', use: {usedPercent: 18}},
      {id: 'weekly', unit: 'credits', use: {usedPercent: 98.05}},
    ]);
  });

  it('shows a plan that counts in percent at Zhipu', async () => {
    const {plan, windows} = await readingOf(zhipu, demoOf.zhipu);
    expect(plan).toBe('Pro');
    expect(windows).toMatchObject([
      {id: '5h', use: {state: 'not-started'}},
      {id: 'weekly', unit: 'percent', use: {usedPercent: 42}},
      {id: 'mcp/monthly', use: {usedPercent: 19, used: 190, limit: 1000}, shares: [{name: 'search-prime'}, {}, {}]},
    ]);
  });

  it('refuses the key of the other site', () => {
    const ask = (demo: DemoService, key: string) =>
      demo.answer(
        {method: 'GET', path: '/api/monitor/usage/quota/limit', headers: {authorization: key}, body: ''},
        now,
      );
    const zhipuKey = demoOf.zhipu.files(now)['.config/zhipu/api_key']?.trim() ?? '';
    expect(ask(demoOf.zhipu, zhipuKey).body).toMatchObject({success: true});
    expect(ask(demoOf.zai, zhipuKey).body).toMatchObject({code: 401, success: false});
  });
});
