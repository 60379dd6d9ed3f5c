import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {rowOf} from '../../../src/core/ledger.ts';
import type {MonitorState} from '../../../src/core/model.ts';
import {type WaitAnswer, type WaitEnd, type WaitOptions, waitUntil} from '../../../src/core/polling/wait-until.ts';
import {openLedger} from '../../../src/system/ledger/ledger.ts';
import {createMemoryLedger} from '../../../src/system/ledger/memory.ts';
import {createFakeClock} from '../../support/fake-clock.ts';
import {aMonitor, anAccountState, aProvider, aReading, aWindow} from '../../support/monitor.ts';

const second = 1000;
const minute = 60 * second;
const key = 'openai:00000001';

const usedIn = ({accounts}: MonitorState): number | null => {
  const use = accounts[key]?.reading?.windows[0]?.use;
  return use?.state === 'known' ? use.usedPercent : null;
};
const below =
  (percent: number) =>
  (state: MonitorState): WaitAnswer => {
    const used = usedIn(state);
    const kind = used === null ? 'unread' : used < percent ? 'holds' : 'pending';
    return {kind, line: `${used}`};
  };
const using = (usedPercent: number) => async () => aReading({windows: [aWindow({use: {state: 'known', usedPercent}})]});

/** A wait that is going on, and how it has ended by now. */
function waiting(bench: ReturnType<typeof aMonitor>, options: Partial<WaitOptions> = {}) {
  const interruption = new AbortController();
  const wait: {end: WaitEnd | null; interrupt(): void} = {end: null, interrupt: () => interruption.abort()};
  void waitUntil(bench, {
    providers: ['openai'],
    timeoutMs: null,
    interrupted: interruption.signal,
    judge: below(50),
    everyMs: 15 * second,
    ...options,
  }).then(end => {
    wait.end = end;
  });
  return wait;
}

describe('a wait', () => {
  it('polls no oftener than the monitor, ends with the reading for which it holds, and leaves nothing running', async () => {
    const openai = aProvider();
    openai.answer = using(100);
    const bench = aMonitor([openai]);
    const wait = waiting(bench);
    await bench.clock.advance(11 * minute);
    expect([wait.end, openai.fetched.length]).toEqual([null, 6]);
    openai.answer = using(10);
    await bench.clock.advance(2 * minute + second);
    expect(wait.end).toEqual({kind: 'holds', line: '10'});
    expect([openai.fetched.length, bench.clock.waiting()]).toEqual([7, 0]);
  });

  it('takes a fresh reading from the ledger without a request, and one that another copy writes meanwhile', async () => {
    const clock = createFakeClock();
    const directory = mkdtempSync(join(tmpdir(), 'mystatus-'));
    const aLedger = () => openLedger({directory, onNotice: () => {}, now: clock.now});
    const ledgers = [aLedger(), aLedger()] as const;
    const openai = aProvider();
    openai.answer = using(90);
    const other = aMonitor([openai], {ledger: ledgers[0], clock});
    await other.monitor.readOnce({timeoutMs: minute, maxAgeMs: 0});
    const wait = waiting(aMonitor([openai], {ledger: ledgers[1], clock}));
    await clock.advance(60 * second);
    expect([wait.end, openai.fetched.length]).toEqual([null, 1]);
    openai.answer = using(20);
    other.monitor.refresh([key]);
    await clock.advance(2 * second);
    expect([wait.end, openai.fetched.length]).toEqual([{kind: 'holds', line: '20'}, 2]);
    for (const ledger of ledgers) ledger.close();
    rmSync(directory, {recursive: true});
  });

  it('never asks before a Retry-After is over', async () => {
    const clock = createFakeClock();
    const ledger = createMemoryLedger();
    const now = clock.now();
    const failure = {code: 'rate_limited', detail: '', retryAt: now + 20 * minute, remedy: null} as const;
    ledger.settle(rowOf(anAccountState({failure, lastAttemptAt: now, dueAt: now + 20 * minute, failures: 1})), now);
    const openai = aProvider();
    const wait = waiting(aMonitor([openai], {ledger, clock}));
    await clock.advance(19 * minute);
    expect(openai.fetched).toEqual([]);
    await clock.advance(2 * minute);
    expect([openai.fetched.length, wait.end?.kind]).toEqual([1, 'holds']);
  });

  it('ends when its time is over, and when it is interrupted, with what was known', async () => {
    const openai = aProvider();
    openai.answer = using(100);
    const late = aMonitor([openai]);
    const timed = waiting(late, {timeoutMs: 30 * second});
    await late.clock.advance(29 * second);
    expect(timed.end).toBeNull();
    await late.clock.advance(second);
    expect([timed.end, late.clock.waiting()]).toEqual([{kind: 'late', line: '100'}, 0]);

    const bench = aMonitor([openai]);
    const wait = waiting(bench);
    await bench.clock.advance(2 * second);
    wait.interrupt();
    await bench.clock.advance(0);
    expect([wait.end, bench.clock.waiting()]).toEqual([{kind: 'interrupted', line: '100'}, 0]);
  });

  it('that is late while a reading is renewed tells what the one before told', async () => {
    const openai = aProvider();
    const bench = aMonitor([openai]);
    let answer: WaitAnswer = {kind: 'pending', line: 'openai: 0% left'};
    const wait = waiting(bench, {judge: () => answer, timeoutMs: 40 * second});
    await bench.clock.advance(20 * second);
    answer = {kind: 'unread', line: 'openai: no reading yet'};
    await bench.clock.advance(20 * second);
    expect(wait.end).toEqual({kind: 'late', line: 'openai: 0% left'});
  });

  it('ends by the clock on the wall, also when the machine slept through it', async () => {
    const openai = aProvider();
    openai.answer = using(100);
    const bench = aMonitor([openai]);
    const wait = waiting(bench, {timeoutMs: 60 * minute});
    await bench.clock.advance(2 * second);
    bench.clock.jump(3 * 60 * minute);
    await bench.clock.advance(15 * second);
    expect(wait.end?.kind).toBe('late');
  });

  it('is no longer when the clock is set back meanwhile', async () => {
    const bench = aMonitor([aProvider()]);
    const wait = waiting(bench, {timeoutMs: minute, judge: () => ({kind: 'pending', line: 'full'})});
    await bench.clock.advance(20 * second);
    bench.clock.jump(-60 * minute);
    await bench.clock.advance(39 * second);
    expect(wait.end).toBeNull();
    await bench.clock.advance(second);
    expect([wait.end, bench.clock.waiting()]).toEqual([{kind: 'late', line: 'full'}, 0]);
  });

  it('tells every answer that ends nothing, and when the logins are known', async () => {
    const openai = aProvider();
    openai.answer = using(100);
    const bench = aMonitor([openai]);
    const told: string[] = [];
    waiting(bench, {
      everyMs: second,
      onDiscovered: () => told.push('discovered'),
      onAnswer: ({kind}) => told.push(kind),
    });
    await bench.clock.advance(3 * second);
    expect([...new Set(told)]).toEqual(['unread', 'discovered', 'pending']);
  });
});

describe('what cannot be told', () => {
  const nothing: WaitAnswer = {kind: 'cannot-tell', line: 'no account'};

  it('ends the wait at once when it never could', async () => {
    const bench = aMonitor([aProvider('openai', [])]);
    const wait = waiting(bench, {judge: () => nothing});
    await bench.clock.advance(0);
    expect([wait.end, bench.clock.waiting()]).toEqual([nothing, 0]);
  });

  it('is given a minute when it could be told before: a login that is being renewed is away for a moment', async () => {
    const openai = aProvider();
    const bench = aMonitor([openai]);
    let answer: WaitAnswer = {kind: 'pending', line: ''};
    const wait = waiting(bench, {judge: () => answer});
    await bench.clock.advance(2 * second);
    answer = nothing;
    await bench.clock.advance(45 * second);
    answer = {kind: 'pending', line: ''};
    await bench.clock.advance(45 * second);
    answer = nothing;
    await bench.clock.advance(45 * second);
    expect(wait.end).toBeNull();
    await bench.clock.advance(30 * second);
    expect(wait.end).toEqual(nothing);
  });
});
