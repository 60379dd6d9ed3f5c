import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import type {WindowForecast} from '../../../src/core/foresight/forecasts.ts';
import {defaultSettings} from '../../../src/core/settings.ts';
import {openLedger} from '../../../src/system/ledger/ledger.ts';
import {createFakeClock, type FakeClock} from '../../support/fake-clock.ts';
import {aMonitor, anAccount, aProvider, aReading, aWindow, type FakeProvider, failing} from '../../support/monitor.ts';

process.env.TZ = 'UTC';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const key = 'openai:00000001';

let clock: FakeClock;
let openai: FakeProvider;
let used: number;
let resetsAt: number;
let directory: string;

beforeEach(() => {
  clock = createFakeClock(Date.UTC(2026, 2, 4, 9));
  openai = aProvider();
  used = 30;
  resetsAt = clock.now() + 3 * hour;
  openai.answer = async () => aReading({windows: [aWindow({use: {state: 'known', usedPercent: used}, resetsAt})]});
  directory = mkdtempSync(join(tmpdir(), 'mystatus-'));
  onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
});

type Bench = ReturnType<typeof aMonitor>;

function aCopy(onFile = true, settings = defaultSettings): Bench {
  if (!onFile) return aMonitor([openai], {clock, settings});
  const ledger = openLedger({directory, onNotice() {}, now: clock.now, keepsHistory: () => settings.history.enabled});
  onTestFinished(() => ledger.close());
  return aMonitor([openai], {clock, ledger, settings});
}

function told({monitor, account}: Bench, id = '5h'): WindowForecast | null {
  const window = account().reading?.windows.find(each => each.id === id);
  return window === undefined ? null : monitor.forecasts.get()(account(), window);
}

describe('the forecasts of the monitor', () => {
  it('are there soon after the first frame, and not before', async () => {
    const copy = aCopy();
    copy.monitor.lease(['openai']);
    await clock.advance(500);
    expect(copy.account().reading).not.toBeNull();
    expect(told(copy)).toBeNull();
    await clock.advance(2 * second);
    expect(told(copy)?.probability).toBeGreaterThan(0);
    expect(copy.monitor.learnedOf(key, '5h')?.last?.usedPercent).toBe(30);
  });

  it('are told of a reading at once, also before it is in the store', async () => {
    const copy = aCopy();
    copy.monitor.lease(['openai']);
    await clock.advance(3 * second);
    const before = told(copy)?.probability ?? 1;
    const next = {...copy.account(), readAt: clock.now()};
    const window = aWindow({use: {state: 'known', usedPercent: 80}, resetsAt});
    expect(copy.monitor.forecasts.get()(next, window)?.probability).toBeGreaterThan(before);
  });

  it('come again every five minutes, and are told to whoever listens; in between nothing is', async () => {
    const copy = aCopy(true, {...defaultSettings, providers: {}});
    copy.monitor.lease(['openai']);
    await clock.advance(3 * second);
    copy.monitor.setPaused(true);
    const heard: (number | null)[] = [];
    copy.monitor.forecasts.subscribe(() => heard.push(told(copy)?.probability ?? null));
    await clock.advance(295 * second);
    const readings = openai.fetched.length;
    expect(heard).toHaveLength(readings - 1);
    await clock.advance(4 * second);
    expect(heard).toHaveLength(readings);
  });

  it('are those of another copy’s reading, too', async () => {
    const [one, other] = [aCopy(), aCopy()];
    one.monitor.lease(['openai']);
    other.monitor.lease(['openai']);
    await clock.advance(10 * second);
    used = 90;
    one.monitor.refresh([key]);
    await clock.advance(3 * second);
    expect(openai.fetched).toHaveLength(2);
    for (const copy of [one, other]) expect(copy.monitor.learnedOf(key, '5h')?.last).toMatchObject({usedPercent: 90});
    expect(told(other)?.probability).toBeCloseTo(told(one)?.probability ?? -1, 3);
  });

  it('know what the ledger keeps, and since when', async () => {
    const first = aCopy();
    const stop = first.monitor.lease(['openai']);
    const began = clock.now();
    for (used = 30; used < 60; used += 3) await clock.advance(2 * minute);
    stop();
    const second = aCopy();
    second.monitor.lease(['openai']);
    await clock.advance(3000);
    expect(told(second)?.learnedFrom).toBe(began);
    expect(told(second)?.probability).toBeCloseTo(told(first)?.probability ?? -1, 1);
  });

  it('come of what this copy has seen where there is no file, or no history is wanted', async () => {
    for (const copy of [aCopy(false), aCopy(true, {...defaultSettings, history: {enabled: false}})]) {
      const start = clock.now();
      used = 20;
      copy.monitor.lease(['openai']);
      await clock.advance(5 * second);
      const before = told(copy)?.probability ?? 1;
      used = 60;
      await clock.advance(5 * minute);
      expect(told(copy)?.probability).toBeGreaterThan(before);
      expect(told(copy)?.learnedFrom).toBeGreaterThanOrEqual(start);
      await copy.monitor.close();
    }
  });

  it('are silent when the last poll failed, and when the reading is old', async () => {
    const copy = aCopy();
    copy.monitor.lease(['openai']);
    await clock.advance(5 * second);
    expect(told(copy)).not.toBeNull();
    const window = copy.account().reading?.windows[0] ?? aWindow();
    const old = copy.account();
    openai.answer = failing('server_error');
    await clock.advance(3 * minute);
    expect(copy.account().failure).not.toBeNull();
    expect(told(copy)).toBeNull();
    expect(copy.monitor.forecasts.get()({...old, failure: null}, window)).not.toBeNull();
    await clock.advance(3 * minute);
    expect(copy.monitor.forecasts.get()({...old, failure: null}, window)).toBeNull();
  });

  it('are silent of an account that is gone, and nothing of it is remembered', async () => {
    const copy = aCopy();
    copy.monitor.lease(['openai']);
    await clock.advance(5 * second);
    openai.accounts = [anAccount({key: 'openai:00000002'})];
    await copy.monitor.rediscover();
    await clock.advance(2 * second);
    expect(copy.monitor.learnedOf(key, '5h')).toBeNull();
    expect(copy.monitor.learnedOf('openai:00000002', '5h')).not.toBeNull();
  });

  it('learn of no more than 200 windows', async () => {
    const windows = Array.from({length: 250}, (_, at) => aWindow({id: `pool${at}/5h`, resetsAt}));
    openai.answer = async () => aReading({windows});
    const copy = aCopy(false);
    copy.monitor.lease(['openai']);
    await clock.advance(10 * second);
    expect(windows.filter(({id}) => copy.monitor.learnedOf(key, id) !== null)).toHaveLength(200);
  });

  it('say since when nothing is left', async () => {
    const copy = aCopy();
    copy.monitor.lease(['openai']);
    await clock.advance(5 * second);
    used = 100;
    copy.monitor.refresh([key]);
    await clock.advance(second);
    const at = copy.account().readAt;
    await clock.advance(5 * minute);
    expect(copy.account().readAt).not.toBe(at);
    expect(told(copy)).toMatchObject({verdict: 'spent', runOutAt: at});
  });

  it('say after a restart no time at which something may have been left', async () => {
    const first = aCopy();
    first.monitor.lease(['openai']);
    await clock.advance(16 * minute);
    used = 100;
    first.monitor.refresh([key]);
    await clock.advance(second);
    const at = first.account().readAt ?? 0;
    const restarted = aCopy();
    restarted.monitor.lease(['openai']);
    await clock.advance(40 * minute);
    const since = told(restarted)?.runOutAt ?? 0;
    expect(told(restarted)?.verdict).toBe('spent');
    expect([since >= at, since - at <= 15 * minute]).toEqual([true, true]);
  });

  it('learn again after the clock was set back', async () => {
    const copy = aCopy(false);
    copy.monitor.lease(['openai']);
    await clock.advance(5 * second);
    clock.jump(-2 * hour);
    resetsAt = clock.now() + 3 * hour;
    copy.monitor.refresh([key]);
    await clock.advance(6 * minute);
    expect(told(copy)).not.toBeNull();
  });
});

describe('a lease that ends', () => {
  it('stops learning, and the next one goes on', async () => {
    const windows = Array.from({length: 5}, (_, at) => aWindow({id: `pool${at}/5h`, resetsAt}));
    openai.answer = async () => aReading({windows});
    const copy = aCopy();
    const stop = copy.monitor.lease(['openai']);
    await clock.advance(900);
    stop();
    expect(clock.waiting()).toBe(0);
    await clock.advance(10 * second);
    expect(copy.monitor.learnedOf(key, 'pool0/5h')).toBeNull();
    copy.monitor.lease(['openai']);
    await clock.advance(3 * second);
    expect(windows.filter(({id}) => copy.monitor.learnedOf(key, id) === null)).toEqual([]);
  });
  it('forgets what was learned of a history that is not wanted any more', async () => {
    const copy = aCopy();
    copy.monitor.lease(['openai']);
    await clock.advance(2 * minute + 10 * second);
    const before = copy.monitor.learnedOf(key, '5h');
    copy.userSettings.update(settings => ({...settings, history: {enabled: false}}));
    await clock.advance(2 * second);
    expect(copy.monitor.learnedOf(key, '5h')).not.toBe(before);
    expect(told(copy)?.learnedFrom).toBe(copy.account().readAt);
  });
});
