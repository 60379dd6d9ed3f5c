import {type ChildProcess, spawn} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import {openLedger} from '../../src/system/ledger/ledger.ts';
import {rowOf} from '../core/alerts/support.ts';
import {run} from '../support/run.ts';
import {type Service, startService} from '../support/service.ts';
import {program} from '../support/terminal.ts';
import {until} from '../support/until.ts';
import {createWorld, type World} from '../support/world.ts';

let world: World;
let used = 50;
beforeEach(async () => {
  world = await createWorld(['openai']);
  used = 50;
  world.services.openai?.answerWith(() => ({status: 200, body: usage()}));
});
afterEach(() => world.close());

const resetsAt = (): number => Math.floor(Date.now() / 1000) + 3 * 3600;
const usage = () => ({
  account_id: '11111111-2222-3333-4444-555555555555',
  plan_type: 'plus',
  rate_limit: {primary_window: {used_percent: used, limit_window_seconds: 18_000, reset_at: resetsAt()}},
});

const settings = (value: object): void => {
  mkdirSync(join(world.home, '.config/mystatus-tui'), {recursive: true, mode: 0o700});
  writeFileSync(join(world.home, '.config/mystatus-tui/config.json'), JSON.stringify(value));
};
const say = (args: readonly string[], stdin?: string) => run(args, world.env, stdin === undefined ? {} : {stdin});

const day = 86_400_000;
const weekly = (percent: number, reset: number) => ({
  ...usage(),
  rate_limit: {
    primary_window: {used_percent: percent, limit_window_seconds: 604_800, reset_at: Math.floor(reset / 1000)},
  },
});

/** Two days in which another copy saw the use of the week grow from 10 to 70 %. */
function remember(key: string, reset: number): void {
  const ledger = openLedger({directory: join(world.home, '.local/state/mystatus-tui'), onNotice() {}});
  const start = Date.now() - 2.2 * day;
  for (let minutes = 0; minutes < 2.19 * 1440; minutes += 10) {
    const at = start + minutes * 60_000;
    const percent = Math.round(10 + (60 * minutes) / (2.19 * 1440));
    ledger.settle(rowOf(0, [{used: percent, resetsAt: reset}], {key, readAt: at, lastAttemptAt: at, dueAt: at}), at);
  }
  ledger.close();
}

type Watching = {child: ChildProcess; lines(): string[]; complaints(): string};

/** `watch`, once it has begun; the first copy has made its first reading by then. */
async function watch(...args: string[]): Promise<Watching> {
  const child = spawn(process.execPath, [program, 'watch', ...args], {env: world.env, cwd: world.home});
  onTestFinished(() => void child.kill('SIGKILL'));
  const told = {out: '', err: ''};
  child.stdout.on('data', chunk => (told.out += chunk));
  child.stderr.on('data', chunk => (told.err += chunk));
  await until(
    async () => told.err.includes('watching accounts: 1') && (await isRead()),
    () => `nothing was read: ${told.err}`,
  );
  return {child, lines: () => told.out.split('\n').filter(Boolean), complaints: () => told.err};
}

const isRead = async (): Promise<boolean> =>
  JSON.parse((await say(['--json', '--max-age', '3600'])).stdout).accounts[0]?.windows.length > 0;

/** Another copy reads, once: those that watch hear of it through the ledger. */
async function readingOf(percent: number): Promise<void> {
  used = percent;
  await say(['--json']);
}

const linesOf = (all: readonly Watching[]): string[] => all.flatMap(({lines}) => lines());

describe('watch', () => {
  it('prints a line of JSON for each event, once for all that watch, and ends with a signal', async () => {
    const all = [await watch('--json'), await watch('--json')];
    await readingOf(93);
    await until(
      () => linesOf(all).length > 0,
      () => `no event came: ${all.map(({complaints}) => complaints()).join('')}`,
    );
    await readingOf(100);
    await until(
      () => linesOf(all).length > 1,
      () => 'the second event did not come',
    );
    const events = linesOf(all).map(line => JSON.parse(line));
    expect(events.map(({event}) => event).sort()).toEqual(['spent', 'threshold']);
    expect(events.find(({event}) => event === 'threshold')).toMatchObject({
      ...{schema: 'mystatus-event/v1', provider: 'openai', window: '5h', usedPercent: 93, threshold: 90},
      ...{label: 'user@example.com', status: null, text: expect.stringContaining('OpenAI · 5-hour limit: 93% used')},
    });
    const ended = all.map(({child}) => new Promise(resolve => child.on('exit', (_, signal) => resolve(signal))));
    for (const {child} of all) child.kill('SIGTERM');
    expect(await Promise.all(ended)).toEqual(['SIGTERM', 'SIGTERM']);
  });
  it('hands events to the program and the webhook of the settings, in words without --json', async () => {
    const hook: Service = await startService(() => ({status: 200, body: ''}));
    onTestFinished(() => hook.close());
    const notifier = join(world.home, 'notifier');
    writeFileSync(notifier, '#!/bin/sh\ncat > "$1.new"; env > env; mv "$1.new" "$1"\n');
    chmodSync(notifier, 0o755);
    world.env.OPENAI_ACCESS_TOKEN = '';
    settings({
      alerts: {channels: ['command', 'webhook'], command: [notifier, 'got it'], webhook: `${hook.origin}/h`},
      display: {privacy: true},
    });
    const one = await watch();
    await readingOf(95);
    const got = join(world.home, 'got it');
    await until(
      () => existsSync(got) && hook.requests.length > 0 && one.lines().length > 0,
      () => `not handed over: ${one.complaints()}`,
    );
    const event = JSON.parse(readFileSync(got, 'utf8'));
    expect(event).toMatchObject({event: 'threshold', label: null, usedPercent: 95});
    expect(JSON.parse(hook.requests[0]?.body ?? '')).toEqual(event);
    expect(one.lines()[0]).toMatch(/OpenAI · 5-hour limit: 95% used \(alert at 90%\); resets /);
  });
  it('tells from the forecast of the running program that a limit will run out', async () => {
    const reset = Date.now() + 3 * day;
    world.services.openai?.answerWith(() => ({status: 200, body: weekly(used, reset)}));
    const {accounts} = JSON.parse((await say(['accounts', '--json'])).stdout);
    remember(accounts[0].account, reset);
    used = 70;
    const one = await watch('--json');
    await until(
      async () => {
        await readingOf(used + 1);
        return one.lines().length > 0;
      },
      () => `no event came: ${one.complaints()}`,
    );
    expect(JSON.parse(one.lines()[0] ?? '')).toMatchObject({
      ...{event: 'run-out', window: 'weekly', threshold: null},
      forecast: {verdict: 'runs-out', learnedFrom: expect.any(String)},
    });
  });
  it('says nothing again after a restart', async () => {
    const first = await watch('--json');
    await readingOf(93);
    await until(
      () => first.lines().length === 1,
      () => 'no event came',
    );
    first.child.kill('SIGTERM');
    const second = await watch('--json');
    await readingOf(94);
    world.services.openai?.answerWith(() => ({status: 401, body: {detail: 'Unauthorized'}}));
    await readingOf(94);
    await until(
      () => second.lines().length > 0,
      () => 'no event came after the restart',
    );
    expect(second.lines().map(line => JSON.parse(line).event)).toEqual(['login']);
  });
});

describe('alerts', () => {
  it('test tells which channel was used, and why one was not', async () => {
    settings({alerts: {channels: ['terminal', 'desktop', 'command'], command: [process.execPath, '-e', '0']}});
    const {stdout, code} = await say(['alerts', 'test']);
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'terminal: failed: there is no terminal',
      expect.stringMatching(/^desktop: failed: there is no desktop here/),
      `command: ${process.execPath} ended with 0`,
    ]);
    expect(code).toBe(1);
    settings({alerts: {channels: ['command'], command: [process.execPath, '-e', '0']}});
    expect((await say(['alerts', 'test'])).code).toBe(0);
  });
  it('ntfy keeps its topic among the credentials, sends to it, and shows it nowhere', async () => {
    const server = await startService(() => ({status: 200, body: ''}));
    onTestFinished(() => server.close());
    settings({alerts: {channels: ['webhook'], ntfy: server.origin}});
    const without = await say(['alerts', 'test']);
    expect([without.code, without.stdout]).toEqual([1, expect.stringContaining('no topic is stored')]);
    const kept = await say(['alerts', 'ntfy'], 'an-obviously-fake-topic\n');
    const sent = await say(['alerts', 'test']);
    expect([kept.code, sent.code]).toEqual([0, 0]);
    expect(server.requests.map(({path, body}) => [path, JSON.parse(body)])).toEqual([
      ['/', {topic: 'an-obviously-fake-topic', title: 'mystatus-tui', message: expect.any(String), priority: 3}],
    ]);
    const others = [await say(['accounts', '--json']), await say(['doctor', '--json']), kept, sent];
    for (const {stdout, stderr} of others) expect(stdout + stderr).not.toContain('obviously-fake-topic');
    expect((await say(['alerts', 'ntfy', '--forget'])).code).toBe(0);
    expect(readFileSync(join(world.home, '.config/mystatus-tui/credentials.json'), 'utf8')).not.toContain('fake-topic');
    expect((await say(['alerts', 'ntfy'], 'two words\n')).code).toBe(2);
  });
});
