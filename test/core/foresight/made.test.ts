import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import {createForecasts, type WindowForecast} from '../../../src/core/foresight/forecasts.ts';
import {type MadeForecast, recentOf} from '../../../src/core/foresight/made.ts';
import type {Window} from '../../../src/core/model.ts';
import {defaultSettings, type Settings} from '../../../src/core/settings.ts';
import {openLedger} from '../../../src/system/ledger/ledger.ts';
import {createFakeClock, type FakeClock} from '../../support/fake-clock.ts';
import {aMonitor, aProvider, aReading, aWindow, type FakeProvider} from '../../support/monitor.ts';

process.env.TZ = 'UTC';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const key = 'openai:00000001';
const start = Date.UTC(2026, 2, 2);

let clock: FakeClock;
let openai: FakeProvider;
let directory: string;

beforeEach(() => {
  clock = createFakeClock(start + 21 * day + 9 * hour);
  openai = aProvider();
  openai.answer = async () => aReading({windows: windowsAt(clock.now())});
  directory = mkdtempSync(join(tmpdir(), 'mystatus-'));
  onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
});

const kinds = [
  {id: '5h', windowMs: 5 * hour, pace: 120},
  {id: 'weekly', windowMs: 7 * day, pace: 260},
  {id: '30d', windowMs: 30 * day, pace: 240},
];

/** Work from nine to six, every day a little more: what a window shows at a moment. */
function windowsAt(at: number): Window[] {
  const worked = (until: number): number => {
    const days = Math.floor((until - start) / day);
    return days * 9 * hour + Math.min(9 * hour, Math.max(0, until - start - days * day - 9 * hour));
  };
  return kinds.map(({id, windowMs, pace}) => {
    const from = start + Math.floor((at - start) / windowMs) * windowMs;
    const share = (worked(at) - worked(from)) / windowMs;
    const usedPercent = Math.min(100, Math.round(share * pace));
    return aWindow({id, windowMs, resetsAt: from + windowMs, use: {state: 'known', usedPercent}});
  });
}

function aLedger(settings: Settings = defaultSettings) {
  const ledger = openLedger({directory, onNotice() {}, now: clock.now, keepsHistory: () => settings.history.enabled});
  onTestFinished(() => ledger.close());
  return ledger;
}

/** Three weeks of history, up to now. */
function withHistory(): void {
  const ledger = aLedger();
  const row = {key, provider: 'openai', label: 'user@example.com', source: 'test', fingerprint: 'f1'};
  for (let at = start; at < clock.now(); at += 10 * minute) {
    const times = {readAt: at, lastAttemptAt: at, dueAt: at, failure: null, failures: 0};
    ledger.settle({...row, ...times, reading: aReading({windows: windowsAt(at)})}, at);
  }
}

async function aCopy(settings: Settings = defaultSettings) {
  const ledger = aLedger(settings);
  const copy = aMonitor([openai], {clock, ledger, settings});
  copy.monitor.lease(['openai']);
  await clock.advance(3 * second);
  return {...copy, ledger};
}

type Told = {windowMs: number; learned: WindowForecast | null; recent: WindowForecast | null};

/** What a script that learns nothing says of each window in the ledger, beside what one says that learns as of `at`. */
function tellsOf(ledger: ReturnType<typeof aLedger>, at: number): Told[] {
  const unread = (): never => {
    throw new Error('read the history');
  };
  const learned = createForecasts(() => ledger.history(0), at);
  const recent = createForecasts(unread, clock.now(), ledger.forecastsOf);
  const row = ledger.row(key);
  return (row?.reading?.windows ?? []).flatMap(window =>
    row === null ? [] : [{windowMs: window.windowMs ?? 0, learned: learned(row, window), recent: recent(row, window)}],
  );
}

/** The ledger keeps tenths of a percent, and the monitor has seen all: that makes as little as this. */
function expectSame({windowMs, learned, recent}: Told, chance: number): void {
  const isOnEdge = [0.25, 0.6].some(edge => near(learned?.probability, edge) < chance);
  if (!isOnEdge) expect(recent?.verdict).toBe(learned?.verdict);
  expect(recent?.learnedFrom).toBe(learned?.learnedFrom);
  expect(near(recent?.probability, learned?.probability)).toBeLessThan(chance);
  expect(near(recent?.usedAtReset, learned?.usedAtReset)).toBeLessThan(100 * chance);
  for (const end of [0, 1] as const)
    expect(near(recent?.usedRange?.[end], learned?.usedRange?.[end])).toBeLessThan(200 * chance);
  expect(near(recent?.runOutAt, learned?.runOutAt)).toBeLessThan(5 * minute + windowMs / 1000);
}
const near = (one: number | null | undefined, other: number | null | undefined): number =>
  one == null && other == null ? 0 : Math.abs((one ?? Number.NaN) - (other ?? Number.NaN));

const madeAtOf = (ledger: ReturnType<typeof aLedger>): number[] => [
  ...new Set(ledger.forecastsOf(key).map(({madeAt}) => madeAt)),
];

describe('what the monitor forecast a moment ago', () => {
  it('is what learning would say, of every window and at any moment between two readings', async () => {
    withHistory();
    const {ledger} = await aCopy();
    const told: Told[] = [];
    for (let at = 0; at < 16; at += 1) {
      await clock.advance(23 * minute + 7 * second);
      const [madeAt = Number.NaN] = madeAtOf(ledger);
      for (const each of tellsOf(ledger, madeAt)) expectSame(each, 0.01);
      told.push(...tellsOf(ledger, clock.now()));
    }
    expect(told).toHaveLength(48);
    for (const each of told) expectSame(each, 0.02);
    const verdicts = new Set(told.map(({recent}) => recent?.verdict));
    expect([...verdicts].sort()).toEqual(['lasts', 'may-run-out', 'runs-out']);
  });

  it('is there as soon as the monitor has learned, and stays young while no reading comes', async () => {
    openai.intervalSeconds = {default: 900, floor: 60};
    const {ledger} = await aCopy();
    const moments = new Set<number>();
    for (let at = 0; at < 13 * 60; at += 5) {
      const [madeAt = Number.NaN, ...others] = madeAtOf(ledger);
      expect(others).toEqual([]);
      expect(clock.now() - madeAt).toBeLessThanOrEqual(5 * minute + second);
      moments.add(madeAt);
      await clock.advance(5 * second);
    }
    expect(openai.fetched).toHaveLength(1);
    expect(moments.size).toBe(3);
  });

  it('is written once in five minutes, however many copies run', async () => {
    openai.intervalSeconds = {default: 900, floor: 60};
    const {ledger} = await aCopy();
    await aCopy();
    const moments = new Set<number>();
    for (let at = 0; at < 13 * 60; at += 1) {
      for (const madeAt of madeAtOf(ledger)) moments.add(madeAt);
      await clock.advance(second);
    }
    const all = [...moments];
    expect(all).toHaveLength(3);
    for (const [at, next] of all.slice(1).entries())
      expect(next - (all[at] ?? 0)).toBeGreaterThanOrEqual(5 * minute - second);
  });

  it('stays when a poll fails, and goes with the history', async () => {
    const {ledger} = await aCopy();
    await clock.advance(3 * minute);
    const [before] = ledger.forecastsOf(key);
    openai.answer = () => Promise.reject(new Error('out of order'));
    await clock.advance(2 * minute);
    expect(ledger.row(key)?.failure).not.toBeNull();
    expect(ledger.forecastsOf(key)[0]).toEqual(before);
    ledger.forgetHistory(key);
    expect(ledger.forecastsOf(key)).toEqual([]);
  });

  it('is not kept without a history', async () => {
    const {ledger} = await aCopy({...defaultSettings, history: {enabled: false}});
    await clock.advance(10 * minute);
    expect(openai.fetched.length).toBeGreaterThan(3);
    expect(ledger.forecastsOf(key)).toEqual([]);
  });
});

describe('a script', () => {
  const resetsAt = start + 5 * hour;
  const now = start + 4 * hour;
  const window = aWindow({use: {state: 'known', usedPercent: 60}, resetsAt});
  const made: MadeForecast = {
    ...{window: '5h', madeAt: now - 2 * minute, used: 60, resetsAt, learnedFrom: start},
    forecast: {
      ...{verdict: 'may-run-out', probability: 0.4, usedAtReset: 90, usedRange: [70, 100]},
      ...{runOutAt: now - minute, range: [now - 2 * minute, now + 20 * minute]},
    },
  };
  const said = (of: Partial<MadeForecast> = {}, read: Partial<Window> = {}) =>
    recentOf([{...made, ...of}], {...window, ...read}, now - minute, now);

  it('takes it for six minutes, and names no time that has passed', () => {
    expect(said()).toEqual({...made.forecast, runOutAt: now, range: [now, now + 20 * minute], learnedFrom: start});
    expect(said({madeAt: now - 6 * minute})).not.toBeNull();
    expect(said({madeAt: now - 6 * minute - 1})).toBeNull();
    expect(said({madeAt: now + 1})).toBeNull();
  });

  it('takes it for the figures that it was made of, and for no other window', () => {
    expect(said({}, {use: {state: 'known', usedPercent: 61}})).toBeNull();
    expect(said({}, {use: {state: 'not-started'}})).toBeNull();
    expect(said({}, {resetsAt: resetsAt + 5 * hour})).toBeNull();
    expect(said({}, {resetsAt: null})).toBeNull();
    expect(said({}, {resetsAt: resetsAt + second})).not.toBeNull();
    expect(said({}, {id: 'weekly'})).toBeNull();
  });

  it('names the reading that says so of what is spent', () => {
    const forecast = {...made.forecast, verdict: 'spent' as const, probability: 1, range: null};
    expect(said({forecast})?.runOutAt).toBe(now - minute);
  });

  it('reads no history while every forecast is known, and one time otherwise', () => {
    let reads = 0;
    const history = () => {
      reads += 1;
      return [];
    };
    const windows = ['5h', 'weekly', '30d'].map(id => ({...window, id}));
    const account = {key, readAt: now - minute, failure: null};
    const all = windows.map(({id}) => ({...made, window: id}));
    const known = createForecasts(history, now, () => all);
    expect(windows.map(each => known(account, each)?.probability)).toEqual([0.4, 0.4, 0.4]);
    expect(reads).toBe(0);
    const lacking = createForecasts(history, now, () => all.slice(0, 1));
    for (const each of windows) expect(lacking(account, each)).not.toBeNull();
    expect(lacking(account, windows[0] ?? window)?.probability).toBe(0.4);
    expect(reads).toBe(1);
    expect(lacking(account, {...window, id: 'new', resetsAt: null})).toBeNull();
    expect(createForecasts(history, now)(account, {...window, resetsAt: null})).toBeNull();
    expect(reads).toBe(1);
  });
});
