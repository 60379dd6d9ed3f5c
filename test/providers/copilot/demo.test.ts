import {expect, it} from 'vitest';
import {demo} from '../../../src/providers/copilot/demo.ts';
import {copilot} from '../../../src/providers/copilot/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {startService} from '../../support/service.ts';
import {withHome} from '../shared/home.ts';
import {november, now} from './fixture.ts';

it('the demo shows a Pro plan with a third of its credits used', async () => {
  const home = await withHome(demo.files(now));
  const [account, ...others] = await copilot.discover(home.machine());
  if (account === undefined || others.length > 0) throw new Error('not one account');
  expect(account).toMatchObject({label: 'octocat', source: 'github-copilot apps.json'});
  const service = await startService(request => demo.answer(request, now));
  try {
    const wire = createWire({provider: copilot, origin: service.origin, env: {}, version: '0', now: () => now});
    const {plan, windows} = await copilot.fetch(account, wire);
    expect(plan).toBe('Pro');
    expect(windows).toMatchObject([
      {id: 'premium/monthly', use: {used: 511.25, limit: 1500}, resetsAt: november},
      {id: 'chat/monthly', use: {state: 'unlimited'}},
      {id: 'completions/monthly', use: {state: 'unlimited'}},
    ]);
  } finally {
    await service.close();
  }
});
