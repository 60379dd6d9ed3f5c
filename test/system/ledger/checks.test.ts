import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import type {Use} from '../../../src/core/model.ts';
import {defaultSettings, type Settings} from '../../../src/core/settings.ts';
import {openLedger} from '../../../src/system/ledger/ledger.ts';
import {createFakeClock, type FakeClock} from '../../support/fake-clock.ts';
import {aMonitor, aProvider, aReading, aWindow, type FakeProvider} from '../../support/monitor.ts';

/** The running monitor on a ledger: what it says of windows, and whether that held. */

const minute = 60_000;
const hour = 60 * minute;
const key = 'openai:00000001';

let clock: FakeClock;
let openai: FakeProvider;
let use: Use;
let resetsAt: number | null;
let directory: string;

beforeEach(() => {
  clock = createFakeClock(Date.UTC(2026, 2, 4, 9));
  directory = mkdtempSync(join(tmpdir(), 'mystatus-'));
  onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
  openai = aProvider();
  resetsAt = clock.now() + 5 * hour;
  use = known(10);
  openai.answer = async () => aReading({windows: [aWindow({use, resetsAt})]});
});

const known = (usedPercent: number): Use => ({state: 'known', usedPercent});

function aCopy(settings: Settings = defaultSettings) {
  const ledger = openLedger({directory, onNotice() {}, now: clock.now, keepsHistory: () => settings.history.enabled});
  onTestFinished(() => ledger.close());
  const copy = aMonitor([openai], {clock, ledger, settings});
  copy.monitor.lease(['openai']);
  return {...copy, ledger};
}

type Check = {quarter: number; held: number | null; lo: number; hi: number};
function checks(): Check[] {
  const db = new DatabaseSync(join(directory, 'state.db'), {readOnly: true});
  const rows = db.prepare('SELECT at AS quarter, held, lo, hi FROM "check" ORDER BY cycle, at').all();
  db.close();
  return rows.map(row => ({...row}) as unknown as Check);
}
const heldOf = (): unknown[] => checks().map(({quarter, held}) => [quarter, held]);

/** The next window, of which nothing was used. */
function nextWindow(): void {
  resetsAt = (resetsAt ?? 0) + 5 * hour;
  use = known(0);
}

describe('what is said of a window', () => {
  it('is kept once at a quarter, a half and three quarters of it, however many copies there are', async () => {
    aCopy();
    aCopy();
    await clock.advance(70 * minute);
    expect(heldOf()).toEqual([]);
    await clock.advance(10 * minute);
    expect(heldOf()).toEqual([[1, null]]);
    const [first] = checks();
    await clock.advance(3.5 * hour);
    expect(heldOf()).toEqual([
      [1, null],
      [2, null],
      [3, null],
    ]);
    expect(checks()[0]).toEqual(first);
    expect(first?.lo).toBeGreaterThanOrEqual(10);
    expect(first?.hi).toBeLessThanOrEqual(100);
  });

  it('has held where the use at the reset lies in its range, and has not where it lies beyond', async () => {
    const {ledger} = aCopy();
    await clock.advance(5 * hour - 5 * minute);
    // Nothing more was used for hours: half of what was said at first is already too much.
    use = known(10);
    await clock.advance(4 * minute);
    const said = checks();
    nextWindow();
    await clock.advance(5 * minute);
    const used = 10;
    expect(heldOf()).toEqual(
      said.map(({quarter, lo, hi}) => [quarter, Math.round(lo) <= used && used <= Math.round(hi) ? 1 : 0]),
    );
    expect(ledger.recordOf(key, '5h')).toEqual({held: checks().filter(({held}) => held === 1).length, of: 3});
    use = known(60);
    await clock.advance(3 * hour);
    use = known(99);
    await clock.advance(hour + 55 * minute);
    const second = checks().slice(3);
    nextWindow();
    await clock.advance(10 * minute);
    expect(heldOf().slice(3)).toEqual(
      second.map(({quarter, lo, hi}) => [quarter, Math.round(lo) <= 99 && 99 <= Math.round(hi) ? 1 : 0]),
    );
    expect(second.map(({quarter}) => quarter)).toEqual([1, 2, 3]);
  });

  it('is judged, too, when the service says only that the next window has not begun', async () => {
    const {ledger} = aCopy();
    await clock.advance(5 * hour - minute);
    resetsAt = null;
    use = {state: 'not-started'};
    await clock.advance(5 * minute);
    expect(ledger.recordOf(key, '5h')?.of).toBe(3);
  });

  it('is dropped where nobody saw the end: a reset that came early, a changed limit, a closed program', async () => {
    const ends = [
      () => {
        resetsAt = clock.now() + 5 * hour;
        use = known(0);
      },
      () => {
        use = known(40);
      },
    ];
    for (const end of ends) {
      use = known(60);
      const {ledger, monitor} = aCopy();
      await clock.advance(3 * hour);
      expect(checks().length).toBeGreaterThan(0);
      end();
      await clock.advance(3 * minute);
      expect(checks().filter(({quarter}) => quarter < 2)).toEqual([]);
      expect(ledger.recordOf(key, '5h')).toBeNull();
      await monitor.close();
      nextWindow();
      clock.jump(6 * hour);
    }
  });

  it('is not kept without a history', async () => {
    aCopy({...defaultSettings, history: {enabled: false}});
    await clock.advance(4 * hour);
    expect(checks()).toEqual([]);
  });

  it('is told with the next forecasts', async () => {
    const {monitor, account} = aCopy();
    await clock.advance(5 * hour - minute);
    nextWindow();
    await clock.advance(20 * minute);
    const [window] = account().reading?.windows ?? [];
    expect(window && monitor.forecasts.get()(account(), window)?.record?.of).toBe(3);
  });
});
