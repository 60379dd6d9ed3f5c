import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Server, startPostgres, whyNoPostgres} from '../support/postgres.ts';
import {type Run, run} from '../support/run.ts';
import {createWorld, type World} from '../support/world.ts';

/** Two machines as their users see them: one with a login, one without. */

let server: Server;
let [mine, theirs]: (World | undefined)[] = [];

beforeAll(async () => {
  if (whyNoPostgres !== null) return;
  [server, mine, theirs] = await Promise.all([startPostgres(), createWorld(['openai']), createWorld([])]);
  mine.write('.config/mystatus-tui/config.json', '{"machine": "laptop"}');
  theirs.write('.config/mystatus-tui/config.json', '{"machine": "server"}');
});
afterAll(async () => {
  await Promise.all([server?.close(), mine?.close(), theirs?.close()]);
});

const on = (world: World | undefined, ledger: string, ...args: string[]): Promise<Run> =>
  run(args, {...world?.env, MYSTATUS_LEDGER: ledger});

describe.skipIf(whyNoPostgres !== null)(`commands on a shared database ${whyNoPostgres ?? ''}`, () => {
  it('show on a machine without a login what another one reads, and ask nobody', async () => {
    const first = await on(mine, server.url(), '--json', '--provider', 'openai');
    expect([first.code, first.stderr]).toEqual([0, '']);
    const requests = theirs?.services.openai?.requests.length;
    const json = await on(theirs, server.url(), '--json');
    expect([json.code, json.stderr]).toEqual([0, '']);
    const [account] = JSON.parse(json.stdout).accounts;
    const [read] = JSON.parse(first.stdout).accounts;
    expect(account).toMatchObject({
      machine: 'laptop',
      label: `${read.label} @ laptop`,
      readAt: read.readAt,
      nextPollAt: null,
    });
    expect(account.windows.map(({usedPercent}: {usedPercent: number}) => usedPercent)).toEqual(
      read.windows.map(({usedPercent}: {usedPercent: number}) => usedPercent),
    );
    const [accounts, guard, wait, line, history] = await Promise.all([
      on(theirs, server.url(), 'accounts', '--json'),
      on(theirs, server.url(), 'guard', '--min-remaining', '1'),
      on(theirs, server.url(), 'wait', '--until', 'available', '--timeout', '20'),
      on(theirs, server.url(), 'statusline', '--format', '{provider} {used}'),
      on(theirs, server.url(), 'history', '--json'),
    ]);
    expect(JSON.parse(accounts.stdout).accounts).toMatchObject([
      {account: read.account, machine: 'laptop', masked: ''},
    ]);
    expect([guard.code, wait.code, history.code]).toEqual([0, 0, 0]);
    expect(line.stdout).toContain('OpenAI');
    expect(history.stdout).toContain(read.account);
    expect(theirs?.services.openai?.requests.length).toBe(requests);
  });

  it('go on without it in one line, which has no password', async () => {
    const away = 'postgres://me:test-invented-passphrase@127.0.0.1:1/quotas';
    const [json, doctor] = await Promise.all([
      on(mine, away, '--json', '--provider', 'openai'),
      on(mine, away, 'doctor', '--json', '--provider', 'openai'),
    ]);
    expect(json.code).toBe(0);
    expect(json.stderr.trim().split('\n')).toEqual([
      "mystatus-tui: the ledger's database (127.0.0.1:1/quotas) cannot be used: nothing answers there. This machine goes on with its own file.",
    ]);
    const check = JSON.parse(doctor.stdout).checks.find(({id}: {id: string}) => id === 'ledger-database');
    expect(check).toMatchObject({status: 'fail', detail: expect.stringContaining('nothing answers there')});
    expect(json.stdout + doctor.stdout + doctor.stderr).not.toContain('passphrase');
  });
});
