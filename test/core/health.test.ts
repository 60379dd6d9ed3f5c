import {describe, expect, it} from 'vitest';
import {
  freshnessOf,
  fullestWindow,
  outcomeOf,
  paceOf,
  severityOf,
  tightestWindow,
  usedOf,
} from '../../src/core/health.ts';
import type {Use, Window} from '../../src/core/model.ts';
import {accountsAt} from '../../src/core/reading-at.ts';
import {account, day, failure, foretold, fresh, hour, minute, reading, someNow, window} from '../support/state.ts';

const thresholds = {warn: 70, critical: 90};

describe('severityOf', () => {
  it.each([
    [0, 'ok'],
    [69.99, 'ok'],
    [70, 'warn'],
    [89.9, 'warn'],
    [90, 'critical'],
    [100, 'critical'],
    [100.01, 'over'],
    [137, 'over'],
  ] as const)('calls %f percent %s', (used, severity) => {
    expect(severityOf(window('5h', used, hour), thresholds)).toBe(severity);
  });

  it.each<Use>([{state: 'unlimited'}, {state: 'not-started'}, {state: 'unknown', why: ''}])(
    'has no opinion about $state',
    use => {
      expect(severityOf(window('5h', use, hour), thresholds)).toBe('none');
      expect(usedOf(window('5h', use, hour))).toBeNull();
    },
  );

  it('follows the thresholds of the settings', () => {
    expect(severityOf(window('5h', 51, hour), {warn: 10, critical: 50})).toBe('critical');
  });
});

describe('tightestWindow', () => {
  const of = (...windows: ReturnType<typeof window>[]) => account('openai:00000000', 'me', reading(null, windows));

  it('finds the highest use over all accounts', () => {
    const tightest = tightestWindow(accountsAt(fresh(), someNow));
    expect([tightest?.account.key, tightest?.window.id]).toEqual(['copilot:8d01be77', 'premium/monthly']);
  });

  it('prefers the earlier reset of two equals, and a told one to none', () => {
    const accounts = [of(window('30d', 50, null)), of(window('weekly', 50, day)), of(window('5h', 50, hour))];
    expect(tightestWindow(accounts)?.window.id).toBe('5h');
  });

  it('never takes an unknown, unlimited or not-started window', () => {
    const others: Use[] = [{state: 'unknown', why: ''}, {state: 'unlimited'}, {state: 'not-started'}];
    expect(tightestWindow([of(...others.map(use => window('5h', use, hour)))])).toBeNull();
    expect(tightestWindow([])).toBeNull();
  });

  it('counts the last good reading of an account that fails', () => {
    const failing = {...of(window('5h', 80, hour)), failure: failure('network')};
    expect(tightestWindow([failing, of(window('5h', 20, hour))])?.window.use).toEqual({
      state: 'known',
      usedPercent: 80,
    });
  });
});

describe('freshnessOf', () => {
  const read = account('zai:00000000', 'key', reading(null, [window('5h', 1, hour)]), {readAt: someNow});

  it('is fresh until two intervals have passed', () => {
    expect(freshnessOf(read, someNow + 4 * minute, 2 * minute)).toBe('fresh');
    expect(freshnessOf(read, someNow + 4 * minute + 1, 2 * minute)).toBe('stale');
  });

  it('is stale from the first failure on', () => {
    expect(freshnessOf({...read, failure: failure('timeout')}, someNow, hour)).toBe('stale');
  });

  it('is none without a reading', () => {
    expect(freshnessOf({...read, reading: null, readAt: null}, someNow, hour)).toBe('none');
  });
});

describe('outcomeOf', () => {
  const asked = account('zai:00000000', 'key', reading('Pro', []));

  it('is the code of the failure, also over a good reading', () => {
    expect(outcomeOf({...asked, failure: failure('rate_limited')})).toBe('rate_limited');
  });

  it('is ok when there is a window, an amount or unlimited credits to show', () => {
    expect(outcomeOf({...asked, reading: reading(null, [window('5h', 1, hour)])})).toBe('ok');
    expect(outcomeOf({...asked, reading: reading(null, [], [{id: 'credits', value: 1, unit: 'credits'}])})).toBe('ok');
    expect(outcomeOf({...asked, reading: reading(null, [], [], [{code: 'credits-unlimited'}])})).toBe('ok');
  });

  it('is ok_empty for an answer with nothing to show', () => {
    expect(outcomeOf(asked)).toBe('ok_empty');
    expect(outcomeOf({...asked, reading: reading(null, [], [], [{code: 'disabled'}])})).toBe('ok_empty');
  });

  it('is timeout for an account that has not answered yet', () => {
    expect(outcomeOf({...asked, reading: null})).toBe('timeout');
  });
});

describe('paceOf', () => {
  it('is the share of the period that is gone', () => {
    expect(paceOf(window('5h', 10, hour), someNow)).toBe(80);
  });

  it('stays between 0 and 100 when clocks disagree', () => {
    expect(paceOf(window('5h', 10, 9 * hour), someNow)).toBe(0);
    expect(paceOf(window('5h', 10, -hour), someNow)).toBe(100);
  });

  it('is null when the length or the end is not told, or nothing has started', () => {
    expect(paceOf(window('5h', 10, null), someNow)).toBeNull();
    expect(paceOf(window('5h', 10, hour, {windowMs: null}), someNow)).toBeNull();
    expect(paceOf(window('5h', 10, hour, {windowMs: 0}), someNow)).toBeNull();
    expect(paceOf(window('5h', {state: 'not-started'}, hour), someNow)).toBeNull();
  });
});

describe('the tightest window of a time to come', () => {
  const out = (id: string, used: number, hours: number) =>
    foretold(window(id, used, day), {verdict: 'runs-out', runOutAt: {at: someNow + hours * hour, halfDay: false}});
  const tightestOf = (...windows: Window[]) => tightestWindow([{reading: reading(null, windows)}])?.window.id;

  it('is the one that runs out first, whatever is used of others', () => {
    expect(tightestOf(window('5h', 95, hour), out('a/weekly', 40, 20), out('b/weekly', 60, 30))).toBe('a/weekly');
  });
  it('is the fullest one where none runs out', () => {
    const may = foretold(window('weekly', 70, day), {verdict: 'may-run-out'});
    expect(tightestOf(window('5h', 80, hour), may)).toBe('5h');
  });
  it('is what is spent before what will be; of several the fullest', () => {
    const spent = foretold(window('5h', 100, hour), {verdict: 'spent', runOutAt: {at: someNow, halfDay: false}});
    const over = {...spent, id: 'monthly', use: {state: 'known', usedPercent: 137}} as Window;
    expect(tightestOf(out('weekly', 99, 1), spent, over)).toBe('monthly');
  });
  it('does not decide about the fullest', () => {
    const windows = [out('weekly', 40, 1), window('5h', 95, hour)];
    expect(fullestWindow([{reading: reading(null, windows)}])?.window.id).toBe('5h');
  });
});
