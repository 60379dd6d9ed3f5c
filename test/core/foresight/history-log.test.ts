import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {createHistoryLog} from '../../../src/core/foresight/history-log.ts';
import {compacted, joined} from '../../../src/core/foresight/rows.ts';
import {spans, type Usage} from '../../../src/core/foresight/usage.ts';
import {rowOf} from '../../../src/core/ledger.ts';
import type {AccountState} from '../../../src/core/model.ts';
import {openLedger} from '../../../src/system/ledger/ledger.ts';
import {account, reading, window} from '../../support/state.ts';

process.env.TZ = 'UTC';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 23, 9);

/** An account whose weekly limit was read at so much. */
const read = (usedPercent: number, at: number, resetsAt = start + 3 * day): AccountState =>
  account('openai:1', 'test', reading('Plus', [window('weekly', usedPercent, null, {resetsAt})]), {readAt: at});
const byKey = (one: AccountState) => ({[one.key]: one});

describe('the history of a running monitor', () => {
  it('grows by readings as the ledger does, without reading it again', () => {
    const directory = mkdtempSync(join(tmpdir(), 'mystatus-log-'));
    const ledger = openLedger({directory, onNotice: () => {}, now: () => start});
    const settled = (one: AccountState): AccountState => {
      ledger.settle(rowOf(one), one.readAt ?? 0);
      return one;
    };
    settled(read(10, start));
    settled(read(12, start + 10 * minute));
    let times = 0;
    const log = createHistoryLog(key => {
      times += 1;
      return ledger.history(0).filter(each => each.account === key);
    });
    log.follow(byKey(settled(read(15, start + 20 * minute))));
    const readings = [15, 19, 19, 30, 42, 2, 4];
    for (const [index, used] of readings.entries())
      log.follow(byKey(settled(read(used, start + (25 + 7 * index) * minute, start + (index > 4 ? 8 : 3) * day))));
    const [kept] = ledger.history(0);
    ledger.close();
    const shape = ({span, at, last, peak}: Usage) => ({span, at, last, peak});
    expect(log.of('openai:1', 'weekly')?.usage.map(shape)).toEqual(kept?.usage.map(shape));
    expect(log.of('openai:1', 'weekly')?.turns).toEqual(kept?.turns);
    expect([times, kept?.turns.length]).toEqual([1, 1]);
  });
  it('is kept in memory alone where nothing is stored', () => {
    const log = createHistoryLog(() => []);
    log.follow(byKey(read(10, start)));
    log.follow(byKey(read(16, start + 30 * minute)));
    expect(log.of('openai:1', 'weekly')?.usage.map(({at, last}) => [at * 1000 - start, last])).toEqual([
      [-15 * minute, 100],
      [0, 130],
      [15 * minute, 160],
    ]);
    expect(log.of('openai:1', '5h')).toBeUndefined();
    expect(log.of('openai:2', 'weekly')).toBeUndefined();
  });
  it('takes the same reading once, and gives the same object until there is another', () => {
    const log = createHistoryLog(() => []);
    log.follow(byKey(read(10, start)));
    const before = log.of('openai:1', 'weekly');
    log.follow(byKey(read(10, start)));
    expect(log.of('openai:1', 'weekly')).toBe(before);
    log.follow(byKey(read(10, start + minute)));
    expect(log.of('openai:1', 'weekly')).not.toBe(before);
  });
  it('goes on from a clock that was set back', () => {
    const log = createHistoryLog(() => []);
    log.follow(byKey(read(10, start)));
    log.follow(byKey(read(11, start - 5 * hour)));
    log.follow(byKey(read(14, start - 5 * hour + 10 * minute)));
    expect(log.of('openai:1', 'weekly')?.usage.map(({last}) => last)).toEqual([140, 100]);
  });
  it('goes with its account, and is read again when that comes back', () => {
    let times = 0;
    const log = createHistoryLog(() => {
      times += 1;
      return [];
    });
    log.follow(byKey(read(10, start)));
    log.follow({});
    expect(log.of('openai:1', 'weekly')).toBeUndefined();
    log.follow(byKey(read(10, start)));
    expect(log.of('openai:1', 'weekly')?.usage.length).toBe(1);
    expect(times).toBe(2);
  });
});

describe('rows of history in memory', () => {
  const row = (span: Usage['span'], at: number, more: Partial<Usage> = {}): Usage => ({
    ...{span, at, last: 10, peak: 10, added: 1, seen: 60, bridged: false},
    ...more,
  });
  it('are one for the same span, and stay in the order of time', () => {
    const rows = joined([row(900, 900), row(900, 2700)], [row(900, 1800), row(900, 2700, {last: 30, peak: 20})]);
    expect(rows).toEqual([row(900, 900), row(900, 1800), row(900, 2700, {last: 30, peak: 20, added: 2, seen: 120})]);
  });
  it('become coarser with time, and lose nothing that was used', () => {
    const now = start / 1000;
    const first = now - 70 * spans.day;
    const rows = Array.from({length: 70 * 96}, (_, index) => row(900, first + index * 900, {last: index, peak: index}));
    const folded = compacted(rows, now * 1000);
    const count = (span: Usage['span']): number => folded.filter(each => each.span === span).length;
    expect([count(900), count(3600), count(86_400)]).toEqual([8 * 96, 48 * 24 + 9, 14]);
    expect(folded.reduce((sum, {added}) => sum + added, 0)).toBe(rows.length);
    expect(folded.map(({at}) => at)).toEqual(folded.map(({at}) => at).toSorted((a, b) => a - b));
    expect(folded.map(({peak}) => peak)).toEqual(folded.map(({peak}) => peak).toSorted((a, b) => a - b));
    expect(compacted(folded, now * 1000)).toBe(folded);
  });
});
