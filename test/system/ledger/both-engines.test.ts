import {afterAll, beforeAll, describe, expect, it, onTestFinished} from 'vitest';
import type {AlertMemory} from '../../../src/core/alerts/memory.ts';
import {createWatcher} from '../../../src/core/alerts/watcher.ts';
import {spans} from '../../../src/core/foresight/usage.ts';
import type {Ledger, LedgerRow, SeriesHistory} from '../../../src/core/ledger.ts';
import {defaultSettings} from '../../../src/core/settings.ts';
import {openLedger} from '../../../src/system/ledger/ledger.ts';
import {failed, noon, rowOf} from '../../core/alerts/support.ts';
import {type Server, startPostgres, whyNoPostgres} from '../../support/postgres.ts';
import {until} from '../../support/until.ts';
import {directory, openMachine} from './postgres/fleet.ts';

/** The contract of the ledger, which holds on a file for the copies of one machine and on a database for many machines. */

process.env.TZ = 'UTC';
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = noon;

type Copy = Ledger &
  AlertMemory & {
    /** Waits until what was settled is where others find it. */
    done(): Promise<void>;
    /** Waits until what others wrote by now is here. */
    heard(): Promise<void>;
    past(): Promise<void>;
    told: string[];
  };
/** Opens another copy on what the test's first copy has. */
type Open = (options?: {keepsHistory?: () => boolean; now?: () => number}) => Promise<Copy>;

let server: Server;
beforeAll(async () => {
  if (whyNoPostgres === null) server = await startPostgres();
});
afterAll(() => server?.close());

const alertsFor = (told: string[]) => ({
  watcher: createWatcher({settings: () => defaultSettings.alerts, forecastOf: () => () => null}),
  tell: (events: readonly {event: string; account: string}[]) =>
    void told.push(...events.map(({event, account}) => `${event} ${account}`)),
  changed() {},
});

function onFile(): Open {
  const path = directory();
  return async (options = {}) => {
    const told: string[] = [];
    const ledger = openLedger({directory: path, onNotice() {}, now: () => now, ...options, alerts: alertsFor(told)});
    onTestFinished(() => ledger.close());
    let {version} = ledger.changes(0);
    const done = async (): Promise<void> => {};
    const heard = async (): Promise<void> => {
      version = ledger.changes(version).version;
    };
    return Object.assign(ledger, {done, heard, told, past: done});
  };
}

function onDatabase(): Open {
  const copies: ReturnType<typeof openMachine>[] = [];
  let url: Promise<string> | null = null;
  return async (options = {}) => {
    url ??= server.database().then(name => server.url(name));
    const told: string[] = [];
    const ledger = openMachine(await url, {
      ...{machine: `machine ${copies.length}`, now: () => now, alerts: alertsFor(told)},
      ...options,
    });
    copies.push(ledger);
    await ledger.ready;
    expect(ledger.troubles).toEqual([null]);
    const done = (): Promise<void> => ledger.idle();
    const heard = async (): Promise<void> => {
      const rows = (copy: typeof ledger): string => JSON.stringify(copy.rows().map(row => Object.entries(row).sort()));
      await Promise.all(copies.map(copy => copy.idle()));
      await until(
        () => copies.every(copy => rows(copy) === rows(ledger)),
        () => copies.map(rows).join('\n'),
      );
      await Promise.all(copies.map(copy => copy.idle()));
    };
    return Object.assign(ledger, {done, heard, told, past: ledger.readPast});
  };
}

const sums = (history: readonly SeriesHistory[]) =>
  history.map(({account, window, usage}) => ({
    ...{account, window},
    added: usage.reduce((sum, {added}) => sum + added, 0),
    seen: usage.reduce((sum, {seen}) => sum + seen, 0),
  }));
const read = (at: number, used: number, key = 'openai:1', change: Partial<LedgerRow> = {}): LedgerRow =>
  rowOf(at, [{used}], {key, ...change});

describe.each([
  ['a file', onFile],
  ['PostgreSQL', onDatabase],
] as const)('on %s', (name, engine) => {
  const test = it.skipIf(name === 'PostgreSQL' && whyNoPostgres !== null);

  test('an account is for every other copy exactly as it was written', async () => {
    const open = engine();
    const [mine, other] = [await open(), await open()];
    const row = {
      ...failed(read(0, 12.5), minute, 'rate_limited', {retryAt: now + hour, remedy: {code: 'network'}}),
      dueAt: now + hour,
    };
    mine.settle(row, now);
    expect(mine.row('openai:1')).toEqual(row);
    await mine.done();
    await other.heard();
    expect(other.row('openai:1')).toEqual(row);
    expect((await open()).rows()).toEqual([row]);
    expect(other.row('openai:unknown')).toBeNull();
  });

  test('what others wrote is told once, what this copy wrote is not, and all of it to whoever asks from the beginning', async () => {
    const open = engine();
    const [mine, other] = [await open(), await open()];
    const start = mine.changes(0);
    expect(start.rows).toEqual([]);
    mine.settle(read(0, 1, 'a:1'), now);
    other.settle(read(0, 1, 'a:2'), now);
    await mine.done();
    await mine.heard();
    const next = mine.changes(start.version);
    expect(next.rows.map(({key}) => key)).toEqual(['a:2']);
    expect(mine.changes(next.version).rows).toEqual([]);
    expect(mine.changes(0).rows.map(({key}) => key)).toEqual(['a:2']);
  });

  test('a claim is given to one copy at a time, and ends with a result, a release, or when the copy closes', async () => {
    const open = engine();
    const [mine, other] = [await open(), await open()];
    for (const end of [() => mine.settle(read(0, 1, 'a:1'), now), () => mine.release('a:1'), () => mine.close()]) {
      expect(await mine.claim('a:1', now, now + minute)).toBe(true);
      expect(await mine.claim('a:1', now, now + minute)).toBe(true);
      expect(await other.claim('a:1', now, now + minute)).toBe(false);
      other.release('a:1');
      await other.done();
      expect(await other.claim('a:1', now, now + minute)).toBe(false);
      await end();
      await mine.done();
      expect(await other.claim('a:1', now, now + minute)).toBe(true);
      other.release('a:1');
      await other.done();
    }
  });

  test('the account is known as it stands once the claim is granted', async () => {
    const open = engine();
    const [mine, other] = [await open(), await open()];
    other.settle(read(minute, 5), now);
    await other.done();
    expect(await mine.claim('openai:1', now, now + minute)).toBe(true);
    expect(mine.row('openai:1')?.lastAttemptAt).toBe(now + minute);
  });

  test('history grows with each reading, whoever writes it, and a failure adds nothing', async () => {
    const open = engine();
    const [one, other] = [await open(), await open()];
    for (const [at, used, copy] of [
      [0, 10, one],
      [2, 11, other],
      [4, 13.5, one],
    ] as const) {
      copy.settle(read(at * minute, used), now);
      await copy.done();
      await other.heard();
    }
    one.settle(failed(read(4 * minute, 13.5), 5 * minute, 'network'), now);
    await one.done();
    await other.past();
    expect(sums(other.history(0))).toEqual([{account: 'openai:1', window: 'weekly', added: 35, seen: 240}]);
    expect(other.usageOf('openai:1', 'weekly').reduce((sum, {added}) => sum + added, 0)).toBe(35);
    expect(other.history(now + day).flatMap(({usage}) => usage)).toEqual([]);
  });

  test('history keeps its top through a wobble, and the turns', async () => {
    const open = engine();
    const first = await open();
    for (const [at, used] of [
      [0, 10],
      [2, 40],
      [4, 39],
      [6, 41],
      [8, 2],
    ] as const) {
      first.settle(read(at * minute, used), now);
      await first.done();
    }
    await first.past();
    const [series] = first.history(0);
    expect(series?.usage.reduce((sum, {added}) => sum + added, 0)).toBe(330);
    expect(series?.turns).toEqual([{at: (now + 8 * minute) / 1000, kind: 'early-reset', before: 410, after: 20}]);
  });

  test('history folds quarter hours to hours after eight days, hours to days after eight weeks, and no use is lost', async () => {
    const open = engine();
    let at = now;
    const ledger = await open({now: () => at});
    for (let days = 0; days <= 80; days += 1) {
      at = now + days * day;
      ledger.settle(read(days * day, days), at);
      await ledger.done();
    }
    for (let minutes = 1; minutes <= 30; minutes += 1)
      ledger.settle(read(80 * day + minutes * minute, 80 + minutes / 10), at);
    at += 3 * hour;
    ledger.settle(read(80 * day + 3 * hour, 86), at);
    await ledger.done();
    await ledger.past();
    const [series] = ledger.history(0);
    const of = (span: number) => series?.usage.filter(each => each.span === span).map(each => each.at * 1000) ?? [];
    expect(sums(ledger.history(0))[0]?.added).toBe(860);
    expect(Math.max(...of(spans.day))).toBeLessThan(at - 55 * day);
    expect(Math.min(...of(spans.hour))).toBeGreaterThan(at - 58 * day);
    expect(Math.min(...of(spans.quarter))).toBeGreaterThan(at - 9 * day);
  });

  test('history is forgotten by account and altogether, the readings stay', async () => {
    const open = engine();
    const ledger = await open();
    for (const key of ['openai:1', 'openai:2']) for (const at of [0, 1]) ledger.settle(read(at * minute, at, key), now);
    await ledger.done();
    ledger.forgetHistory('openai:1');
    await ledger.done();
    await ledger.past();
    expect(ledger.history(0).map(({account}) => account)).toEqual(['openai:2']);
    ledger.forgetHistory();
    await ledger.done();
    await ledger.past();
    expect(ledger.history(0)).toEqual([]);
    expect(ledger.rows()).toHaveLength(2);
  });

  test('without history nothing is written down of it', async () => {
    const open = engine();
    const ledger = await open({keepsHistory: () => false});
    for (const at of [0, 1]) ledger.settle(read(at * minute, at), now);
    await ledger.done();
    await ledger.past();
    expect(ledger.history(0)).toEqual([]);
  });

  test('what was forecast is kept with the reading, and judged when the window is over', async () => {
    const open = engine();
    const ledger = await open();
    const said = {
      window: 'weekly',
      cycle: (now + 6 * day) / 1000,
      quarter: 2,
      probability: 0.4,
      range: [40, 60] as const,
    };
    ledger.settle({...read(0, 10), said: [said]}, now);
    ledger.settle({...read(minute, 11), said: [{...said, range: [0, 1]}]}, now);
    ledger.settle(read(6 * day - minute, 52), now);
    ledger.settle(rowOf(6 * day + minute, [{used: 1, resetsAt: now + 13 * day}]), now);
    await ledger.done();
    await ledger.past();
    expect(ledger.recordOf('openai:1', 'weekly')).toEqual({held: 1, of: 1});
    expect(ledger.recordOf('openai:1', '5h')).toBeNull();
  });

  test('a forecast that was made is there for those who ask soon after', async () => {
    const open = engine();
    const [ledger, made] = [
      await open(),
      {window: 'weekly', madeAt: now, used: 10, resetsAt: now + 6 * day, learnedFrom: null},
    ];
    const forecast = {
      verdict: 'lasts',
      probability: 0.1,
      runOutAt: null,
      range: null,
      usedAtReset: 50,
      usedRange: [40, 60],
    } as const;
    ledger.settle({...read(0, 10), made: [{...made, forecast}]}, now);
    await ledger.done();
    const other = await open();
    expect(other.forecastsOf('openai:1')).toEqual([{...made, forecast}]);
    other.keepForecasts('openai:1', [{...made, madeAt: now + hour, forecast}], now + hour);
    await other.done();
    expect((await open()).forecastsOf('openai:1')[0]?.madeAt).toBe(now + hour);
  });

  test('eight copies tell each event once, whoever reads, and all remember it', async () => {
    const open = engine();
    const copies = await Promise.all(Array.from({length: 8}, () => open()));
    const story = [
      read(0, 80),
      read(minute, 91),
      read(2 * minute, 90),
      read(3 * minute, 100),
      failed(read(3 * minute, 100), 4 * minute, 'expired'),
      rowOf(6 * day + minute, [{used: 1, resetsAt: now + 13 * day}]),
    ];
    for (const [at, row] of story.entries()) {
      const copy = copies[(at * 3) % 8];
      copy?.settle(row, now);
      await copy?.done();
      for (const each of copies) await each.heard();
    }
    expect(copies.flatMap(({told}) => told).sort()).toEqual(
      ['back', 'login', 'spent', 'threshold'].map(name => `${name} openai:1`),
    );
    await until(
      () => new Set(copies.map(copy => JSON.stringify(copy.given()))).size === 1,
      () => copies.map(copy => JSON.stringify(copy.given())).join('\n'),
    );
    expect(copies[0]?.given()).toContainEqual({
      account: 'openai:1',
      window: 'weekly',
      rule: 'threshold:90',
      at: now + minute,
      seen: 91,
    });
  });

  test('what a copy told is not told by one that starts later', async () => {
    const open = engine();
    const first = await open();
    for (const row of [read(0, 80), read(minute, 91)]) first.settle(row, now);
    await first.done();
    const second = await open();
    for (const row of [read(2 * minute, 92), read(3 * minute, 93)]) second.settle(row, now);
    await second.done();
    await second.heard();
    expect([first.told, second.told]).toEqual([['threshold openai:1'], []]);
  });
});
