import {describe, expect, it} from 'vitest';
import {forecastAt} from '../../src/core/foresight/forecast.ts';
import {emptySeries, restore, take} from '../../src/core/foresight/series.ts';
import {sampleOf, spans} from '../../src/core/foresight/usage.ts';
import {inventedUse} from '../../src/system/demo-history.ts';
import {createDemoLedger} from '../../src/system/demo-ledger.ts';
import {account, day, hour, minute, reading, someNow, window} from '../support/state.ts';

process.env.TZ = 'UTC';

const rowOf = (used: number, at = someNow) =>
  account('openai:1', 'me', reading('Plus', [window('weekly', used, 3 * day), window('5h', 30, 2 * hour)]), {
    readAt: at,
  });

describe('the invented past of the demo', () => {
  it('leads to what was read, and is always the same', () => {
    for (const [id, used] of [
      ['weekly', 71],
      ['5h', 34],
      ['monthly', 100],
    ] as const) {
      const limit = window(id, used, hour);
      const {usage, turns} = inventedUse(limit, someNow, 'seed');
      expect(usage.at(-1)?.last).toBe(used * 10);
      expect(usage.every(({last, added}) => added >= 0 && last <= 1000)).toBe(true);
      expect(turns.every(({kind, after}) => kind === 'reset' && after === 0)).toBe(true);
      expect(inventedUse(limit, someNow, 'seed')).toEqual({usage, turns});
      expect(inventedUse(limit, someNow, 'another').usage).not.toEqual(usage);
    }
  });
  it('is kept as the ledger keeps it: quarter hours of eight days, hours of eight weeks, oldest first', () => {
    const {usage} = inventedUse(window('weekly', 50, day), someNow, 'seed');
    const [first] = usage;
    expect(first?.span).toBe(spans.hour);
    expect((someNow / 1000 - (first?.at ?? 0)) / 86_400).toBeCloseTo(56, 0);
    const border = someNow / 1000 - 8 * 86_400;
    expect(usage.every(({span, at}) => (span === spans.quarter) === at >= border)).toBe(true);
    expect(usage.map(({at}) => at)).toEqual(usage.map(({at}) => at).sort((a, b) => a - b));
  });
  it('is long enough for a forecast that learns no more', () => {
    const limit = window('weekly', 71, 3 * day);
    const series = emptySeries();
    restore(series, inventedUse(limit, someNow, 'seed').usage, someNow);
    take(series, sampleOf(limit, someNow));
    expect(forecastAt(series, someNow).probability).not.toBeNull();
  });
  it('is nothing where nothing is known', () => {
    for (const limit of [window('5h', {state: 'unlimited'}, hour), window('5h', 20, null)])
      expect(inventedUse(limit, someNow, 'seed')).toEqual({usage: [], turns: []});
  });
});

describe('the ledger of the demo', () => {
  it('has a past of each limit, and adds what comes', () => {
    const ledger = createDemoLedger();
    expect(ledger.history(0)).toEqual([]);
    ledger.settle(rowOf(40), someNow);
    const before = ledger.usageOf('openai:1', 'weekly').reduce((sum, {added}) => sum + added, 0);
    expect(ledger.history(0).map(each => each.window)).toEqual(['weekly', '5h']);
    ledger.settle(rowOf(43, someNow + 2 * minute), someNow + 2 * minute);
    const after = ledger.usageOf('openai:1', 'weekly').reduce((sum, {added}) => sum + added, 0);
    expect(after - before).toBe(30);
    expect(ledger.history(someNow)[0]?.usage).toHaveLength(1);
    expect(ledger.recordOf('openai:1', 'weekly')).toEqual({held: 10, of: 12});
    expect(ledger.recordOf('openai:1', 'unheard-of')).toBeNull();
  });
});
