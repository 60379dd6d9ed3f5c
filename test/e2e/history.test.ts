import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import type {LedgerRow} from '../../src/core/ledger.ts';
import {openLedger} from '../../src/system/ledger/ledger.ts';
import {run} from '../support/run.ts';
import {createWorld, type World} from '../support/world.ts';

const readRow = (key: string): LedgerRow => ({
  ...{key, provider: key.split(':')[0] ?? '', label: 'someone', source: 'test', fingerprint: 'abc'},
  reading: {
    plan: null,
    windows: [
      {
        ...{id: 'weekly', pool: null, windowMs: 604_800_000, resetsAt: Date.now() + 86_400_000},
        ...{use: {state: 'known', usedPercent: 30}, unit: 'percent'},
      },
    ],
    amounts: [],
    notes: [],
  },
  ...{readAt: Date.now(), failure: null, lastAttemptAt: null, dueAt: null, failures: 0},
});

let world: World;
beforeEach(async () => {
  world = await createWorld(['openai', 'zai']);
});
afterEach(() => world.close());

const say = (...args: string[]) => run(args, world.env);
const accountsIn = (csv: string): string[] => [
  ...new Set(
    csv
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.split(',')[1] ?? ''),
  ),
];

it('what was read is history, by account and window, without a name, and as numbers with --privacy', async () => {
  expect((await say('history')).stdout).toBe(
    'at,account,window,used,peak,added,observed_seconds,bridged,event,span_seconds\n',
  );
  await say('--json');
  const {stdout, code} = await say('history', '--csv');
  expect(code).toBe(0);
  const [openai = '', zai = ''] = accountsIn(stdout);
  expect([openai.split(':')[0], zai.split(':')[0]]).toEqual(['openai', 'zai']);
  expect(stdout).not.toMatch(/@|sk-|Bearer/);
  expect(accountsIn((await say('history', '--privacy')).stdout)).toEqual(['1', '2']);
  expect(accountsIn((await say('history', '--provider', 'zai')).stdout)).toEqual([zai]);
  expect(accountsIn((await say('history', '--account', openai)).stdout)).toEqual([openai]);
  const weekly = JSON.parse((await say('history', '--window', 'weekly', '--json', '--since', '1d')).stdout);
  expect(new Set(weekly.history.map(({window}: {window: string}) => window))).toEqual(new Set(['weekly']));
});

it('is forgotten by account, as a whole, and while it is switched off', async () => {
  await say('--json');
  const [openai = '', zai = ''] = accountsIn((await say('history')).stdout);
  expect((await say('history', '--forget', openai)).stdout).toBe(`Forgot the history of ${openai}.\n`);
  expect(accountsIn((await say('history')).stdout)).toEqual([zai]);
  expect((await say('history', '--forget', openai)).stderr).toMatch(/no history of that account/);
  expect((await say('history', '--forget')).stdout).toBe('Forgot the history of all accounts.\n');
  expect(accountsIn((await say('history')).stdout)).toEqual([]);
  await say('--json');
  expect(accountsIn((await say('history')).stdout)).toHaveLength(2);
  world.write('.config/mystatus-tui/config.json', '{"history": {"enabled": false}}');
  await say('--json');
  expect((await say('history')).stderr).toMatch(/switched off/);
  world.write('.config/mystatus-tui/config.json', '{}');
  expect(accountsIn((await say('history')).stdout)).toEqual([]);
});

it('logout deletes the history of that account, and of no other one', async () => {
  await run(['login', 'zhipu', '--no-verify'], world.env, {stdin: 'obviously-fake-key-of-nobody\n'});
  const listed = JSON.parse((await say('accounts', '--json')).stdout) as {
    accounts: {account: string; stored: boolean}[];
  };
  const stored = listed.accounts.find(each => each.stored)?.account ?? '';
  const ledger = openLedger({directory: join(world.home, '.local/state/mystatus-tui'), onNotice: () => {}});
  for (const key of [stored, 'zai:other']) ledger.settle(readRow(key), Date.now());
  ledger.close();
  expect(accountsIn((await say('history')).stdout)).toEqual(['zai:other', stored].sort());
  expect((await say('logout', stored)).code).toBe(0);
  expect(accountsIn((await say('history')).stdout)).toEqual(['zai:other']);
});

it('neither reading nor forgetting makes a ledger where there is none', async () => {
  expect((await say('history')).code).toBe(0);
  expect((await say('history', '--forget')).stderr).toMatch(/there is no history/);
  expect(existsSync(join(world.home, '.local/state/mystatus-tui'))).toBe(false);
});

it.each([
  [['history', '--since', 'soon'], /--since needs a time/],
  [['history', '--csv', '--json'], /not both/],
  [['history', 'openai:1'], /--account openai:1/],
  [['history', '--forget', '--csv'], /--forget takes an account/],
])('%j is a mistake', async (args, message) => {
  const {code, stderr} = await say(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
