import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {rememberRuns} from '../../../src/core/polling/run-memory.ts';
import {copilot} from '../../../src/providers/copilot/index.ts';
import {createMachine} from '../../../src/system/machine.ts';
import {createFakeClock} from '../../support/fake-clock.ts';
import {aMonitor, aProvider, aReading, type FakeProvider, failing} from '../../support/monitor.ts';
import {until} from '../../support/until.ts';

const second = 1000;
const minute = 60 * second;
const answer = {code: 0, stdout: 'hello', stderr: '', timedOut: false};

/** Programs that answer at once, counted. */
function counted(results = [answer]) {
  const clock = createFakeClock();
  const started: string[] = [];
  const programs = rememberRuns(async (program, args) => {
    started.push([program, ...args].join(' '));
    return results[Math.min(started.length, results.length) - 1] ?? answer;
  }, clock.now);
  const run = (stamp?: string, ...args: string[]) =>
    programs.run('/bin/gh', args, {timeoutMs: 1, ...(stamp === undefined ? {} : {stamp})});
  return {clock, started, programs, run};
}

describe('an answer of a program', () => {
  it('is used again for five minutes, also by those who ask while it runs', async () => {
    const {clock, started, run} = counted();
    await Promise.all([run(), run()]);
    await clock.advance(5 * minute);
    expect(await run()).toBe(answer);
    expect(started).toHaveLength(1);
    await clock.advance(1);
    await run();
    expect(started).toHaveLength(2);
  });

  it('is used again when it is a failure', async () => {
    const failed = {code: 1, stdout: '', stderr: 'no keyring', timedOut: true};
    const {clock, started, run} = counted([failed]);
    await run();
    await clock.advance(4 * minute);
    expect(await run()).toEqual(failed);
    expect(started).toHaveLength(1);
  });

  it('is none where the program was not started: that is tried again', async () => {
    const refused = {code: 126, stdout: '', stderr: '', timedOut: false, refused: 'open-to-others' as const};
    const {started, run} = counted([refused, answer]);
    expect(await run()).toEqual(refused);
    expect(await run()).toEqual(answer);
    await run();
    expect(started).toHaveLength(2);
  });

  it('is another one for other arguments', async () => {
    const {started, run} = counted();
    await run(undefined, 'a', 'b c');
    await run(undefined, 'a b', 'c');
    await run(undefined, 'a', 'b c');
    expect(started).toHaveLength(2);
  });

  it('is asked for again as soon as the file that it depends on has changed', async () => {
    const {started, run} = counted();
    for (const stamp of ['user: one', 'user: one', 'user: two', 'user: two', 'user: one']) await run(stamp);
    expect(started).toHaveLength(3);
  });

  it('is asked for again when the clock was set back', async () => {
    const {clock, started, run} = counted();
    await run();
    clock.jump(-1);
    await run();
    expect(started).toHaveLength(2);
  });
});

describe('a refresh by hand', () => {
  it('asks again for what is older than half a minute, and not oftener however often the key is pressed', async () => {
    const {clock, started, programs, run} = counted();
    for (let press = 0; press < 61; press += 1) {
      programs.renew();
      await run();
      await clock.advance(second);
    }
    expect(started).toHaveLength(2);
  });
});

describe('a refused secret', () => {
  const token = (stdout: string) => ({...answer, stdout});

  it('makes the answer that holds it be asked for again, at once and once', async () => {
    const {started, programs, run} = counted([token('gho_stale\n')]);
    await run();
    programs.forget(['other']);
    await run();
    expect(started).toHaveLength(1);
    for (let refusal = 0; refusal < 3; refusal += 1) {
      programs.forget(['gho_stale']);
      await run();
    }
    expect(started).toHaveLength(2);
  });

  it('does so for the next one too', async () => {
    const {started, programs, run} = counted([token('gho_one'), token('gho_two')]);
    await run();
    programs.forget(['gho_one']);
    expect((await run()).stdout).toBe('gho_two');
    programs.forget(['gho_two']);
    await run();
    expect(started).toHaveLength(3);
  });
});

describe('gh, which keeps its token in the keyring', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'mystatus-gh-'));
    mkdirSync(join(home, '.config/gh'), {recursive: true});
    mkdirSync(join(home, 'bin'));
    hosts('octo6');
    writeFileSync(
      join(home, 'bin/gh'),
      `#!/bin/sh\necho "$*" >> "${home}/started"\necho gho_notarealtoken00000000000000000001\n`,
    );
    chmodSync(join(home, 'bin/gh'), 0o755);
  });
  afterEach(() => rmSync(home, {recursive: true}));
  const hosts = (user: string): void =>
    writeFileSync(join(home, '.config/gh/hosts.yml'), `github.com:\n    user: ${user}\n    users:\n        ${user}:\n`);
  const started = (): string[] => {
    try {
      return readFileSync(join(home, 'started'), 'utf8').trim().split('\n');
    } catch {
      return [];
    }
  };

  function watched(answer: FakeProvider['answer']) {
    const clock = createFakeClock();
    const real = createMachine({env: {HOME: home, PATH: `${join(home, 'bin')}:/usr/bin:/bin`}, now: clock.now});
    const github = Object.assign(aProvider('copilot'), {discover: copilot.discover, answer});
    const bench = aMonitor([github], {clock, machine: real});
    bench.monitor.lease(['copilot']);
    // What waits for a moment of the clock is waited for.
    const close = async (): Promise<void> => {
      const closing = bench.monitor.close();
      await clock.advance(second);
      await closing;
    };
    return {...bench, github, close};
  }

  it.skipIf(process.platform === 'win32').each([
    ['while its token works', async () => aReading(), false],
    ['while nothing can be reached', failing('network', {unreachable: true}), true],
    ['while the service fails', failing('server_error'), false],
  ])('is started at most once in five minutes %s', async (_, answer, offline) => {
    const {monitor, clock, github, close} = watched(answer);
    for (let beat = 0; beat < 120; beat += 1) {
      await monitor.rediscover();
      await clock.advance(5 * second);
    }
    expect(github.fetched.length).toBeGreaterThan(offline ? 40 : 0);
    expect(monitor.store.get().offline).toBe(offline);
    await close();
    expect(started()).toEqual(Array.from({length: 2}, () => 'auth token --hostname github.com'));
  });

  it.skipIf(process.platform === 'win32')(
    'is started again when another user signs in, and once when its token is refused',
    async () => {
      const {monitor, clock, github, close} = watched(async () => aReading());
      await monitor.rediscover();
      hosts('octo7');
      await monitor.rediscover();
      await clock.advance(15 * second);
      await monitor.rediscover();
      expect(Object.values(monitor.store.get().accounts).map(({label}) => label)).toEqual(['octo7']);
      expect(started()).toHaveLength(2);
      github.answer = failing('expired');
      const accounts = () => Object.values(monitor.store.get().accounts);
      await until(
        async () => {
          monitor.refresh(accounts().map(({key}) => key));
          await clock.advance(second);
          return accounts().every(({failure}) => failure?.code === 'expired');
        },
        () => JSON.stringify(accounts()),
      );
      await clock.advance(15 * second);
      await monitor.rediscover();
      // The clock is not the program's: gh may be on its way.
      await until(
        () => started().length >= 3,
        () => `${started().length} starts`,
      );
      await close();
      expect(started()).toHaveLength(3);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'is started again when the user asks for a refresh, twice in a minute at most',
    async () => {
      const {monitor, clock, github, close} = watched(async () => aReading());
      await monitor.rediscover();
      for (let press = 0; press < 12; press += 1) {
        await clock.advance(5 * second);
        const before = github.fetched.length;
        monitor.refresh(Object.keys(monitor.store.get().accounts));
        await until(
          () => github.fetched.length > before,
          () => 'the refresh was not made',
        );
      }
      await close();
      expect(started()).toHaveLength(2);
    },
  );
});
