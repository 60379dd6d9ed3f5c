import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import type {Report} from '../../src/output/report.ts';
import {openLedger} from '../../src/system/ledger/ledger.ts';
import {run} from '../support/run.ts';
import {createWorld, type World} from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld(['openai', 'zai']);
});
afterEach(() => world.close());
const say = (...args: string[]) => run(args, world.env);

it('every way out says the same of a window, and the ledger is enough', async () => {
  const report = JSON.parse((await say('--json')).stdout) as Report;
  const windows = report.accounts.flatMap(({windows}) => windows);
  const told = windows.filter(({forecast}) => forecast !== null);
  expect(told.length).toBeGreaterThan(0);
  const asked = world.services.openai?.requests.length;
  const own = JSON.parse((await say('forecast', '--json')).stdout);
  expect(own.schema).toBe('mystatus/v1');
  const known = windows.filter(({state}) => state === 'known');
  expect(own.forecasts.map(({window}: {window: string}) => window)).toEqual(known.map(({id}) => id));
  expect(
    own.forecasts.map(({forecast}: {forecast: Report['accounts'][0]['windows'][0]['forecast']}) => forecast?.verdict),
  ).toEqual(known.map(({forecast}) => forecast?.verdict));
  const text = (await say('forecast', '--provider', 'zai')).stdout;
  expect(text).toMatch(/^zai:\w+ \S+: \d+% used, /);
  expect(text).not.toContain('openai:');
  expect(world.services.openai?.requests.length).toBe(asked);
});

it('an empty ledger has no forecast, and none is made', async () => {
  const {code, stderr} = await say('forecast');
  expect([code, stderr]).toEqual([3, 'mystatus-tui: the ledger has no reading\n']);
  expect((await say('statusline', '--format', '{runout|none} {risk|none}')).stdout).toBe('none none\n');
  expect(existsSync(join(world.home, '.local/state/mystatus-tui'))).toBe(false);
  expect((await say('forecast', '--stdin', '--json')).code).toBe(2);
});

it('guard takes a highest risk, alone or beside what must be left', async () => {
  expect((await say('guard')).stderr).toMatch(/--min-remaining <percent> or --max-risk <percent>/);
  expect((await say('guard', '--max-risk', '101')).code).toBe(2);
  expect((await say('guard', '--max-risk', '100', '--window', 'nobodys')).code).toBe(3);
});

it('what `--json` had to learn is there for the next script, for every window that has a forecast', async () => {
  const report = JSON.parse((await say('--json')).stdout) as Report;
  const ledger = openLedger({directory: join(world.home, '.local/state/mystatus-tui'), onNotice() {}});
  const kept = report.accounts.map(({account}) =>
    ledger.forecastsOf(account).map(({window, forecast}) => [window, forecast.verdict]),
  );
  ledger.close();
  const told = report.accounts.map(({windows}) =>
    windows.flatMap(({id, forecast}) => (forecast ? [[id, forecast.verdict]] : [])),
  );
  expect(told.flat().length).toBeGreaterThan(1);
  expect(kept).toEqual(told);
});

it('every way out takes what a running copy forecast a moment ago', async () => {
  await say('--json');
  const ledger = openLedger({directory: join(world.home, '.local/state/mystatus-tui'), onNotice() {}});
  const now = Date.now();
  const [row] = ledger.rows().filter(({provider}) => provider === 'openai');
  const [window] = (row?.reading?.windows ?? []).filter(({use}) => use.state === 'known');
  if (row === undefined || window?.use.state !== 'known' || window.resetsAt === null)
    throw new Error('nothing was read');
  const [used, resetsAt] = [window.use.usedPercent, window.resetsAt];
  const forecast = {
    ...{verdict: 'runs-out' as const, probability: 0.8642, usedAtReset: 100, usedRange: [99, 100] as const},
    ...{runOutAt: now + 60_000, range: [now + 1000, resetsAt] as const},
  };
  const made = {window: window.id, madeAt: now, used, resetsAt, learnedFrom: now, forecast};
  ledger.settle({...row, made: [made]}, now);
  ledger.close();
  const path = `openai.${window.id}`;
  expect((await say('statusline', '--format', `{${path}.risk} {window}`)).stdout).toMatch(/^86% /);
  const report = JSON.parse((await say('--json', '--max-age', '3600')).stdout) as Report;
  const own = report.accounts.find(({provider}) => provider === 'openai')?.windows.find(({id}) => id === window.id);
  expect(own?.forecast).toMatchObject({verdict: 'runs-out', probability: 0.8642});
  expect((await say('forecast', '--json', '--provider', 'openai')).stdout).toContain('0.8642');
  const guarded = await say(
    'guard',
    '--max-risk',
    '80',
    '--window',
    window.id,
    '--provider',
    'openai',
    '--max-age',
    '3600',
  );
  expect(guarded.stdout).toContain('87%');
});
