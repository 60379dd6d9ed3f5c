import {expect, it, onTestFinished} from 'vitest';
import {demo} from '../../../src/providers/openai/demo.ts';
import {openai} from '../../../src/providers/openai/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {accessToken, codexFile} from './tokens.ts';

async function reading(files: Record<string, unknown>) {
  const service = await startService(request => demo.answer(request, now));
  onTestFinished(() => service.close());
  const [account] = await openai.discover((await withHome(files)).machine());
  if (account === undefined) return expect.unreachable('no account was found');
  const wire = createWire({provider: openai, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  return {account, asked: openai.fetch(account, wire)};
}

it('is a Plus login with two pools and some credits', async () => {
  const {account, asked} = await reading(demo.files(now));
  expect(account).toMatchObject({label: 'user@example.com', source: 'codex auth.json'});
  expect(account.expiresAt).toBeGreaterThan(now + 86_400_000);
  const {plan, windows, amounts, notes} = await asked;
  expect(plan).toBe('Plus');
  expect(windows.map(({id, use}) => [id, use])).toEqual([
    ['5h', {state: 'known', usedPercent: 34}],
    ['weekly', {state: 'known', usedPercent: 71}],
    ['spark/5h', {state: 'known', usedPercent: 12}],
    ['spark/weekly', {state: 'known', usedPercent: 8}],
  ]);
  expect(windows.every(({resetsAt}) => resetsAt !== null && resetsAt > now)).toBe(true);
  expect(amounts).toEqual([{id: 'credits', value: 12.5, unit: 'credits'}]);
  expect(notes).toEqual([]);
});

it('knows only its own token', async () => {
  const {asked} = await reading({'.codex/auth.json': codexFile(accessToken())});
  await expect(asked).rejects.toMatchObject({code: 'expired'});
});

it('serves nothing else', () => {
  const request = {method: 'GET', path: '/backend-api/wham/accounts/check', headers: {}, body: ''};
  expect(demo.answer(request, now).status).toBe(404);
  expect(demo.answer({...request, method: 'POST', path: '/backend-api/wham/usage'}, now).status).toBe(404);
});
