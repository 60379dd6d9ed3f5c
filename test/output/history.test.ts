import {expect, it} from 'vitest';
import type {Usage} from '../../src/core/foresight/usage.ts';
import {historyCsv, historyJson, historyRows, sinceOf} from '../../src/output/history.ts';

process.env.TZ = 'Asia/Kolkata';
const noon = Date.UTC(2026, 2, 4, 12) / 1000;
const used = (at: number, last: number, more: Partial<Usage> = {}): Usage => ({
  ...{span: 900, at, last, peak: last, added: 5, seen: 900, bridged: false},
  ...more,
});
const series = (account: string, window: string, usage: Usage[] = [], turns: [number, 'reset' | 'plan'][] = []) => ({
  ...{account, window, usage},
  turns: turns.map(([at, kind]) => ({at, kind, before: 900, after: 10})),
});

it('has a row for each stretch, with local times, percent and what happened in it', () => {
  const usage = [used(noon, 125), used(noon + 900, 130, {bridged: true, seen: 0, peak: 131})];
  const rows = historyRows([series('openai:1', 'weekly', usage, [[noon + 60, 'reset']])], false);
  expect(historyCsv(rows).split('\n')).toEqual([
    'at,account,window,used,peak,added,observed_seconds,bridged,event,span_seconds',
    '2026-03-04T17:30:00+05:30,openai:1,weekly,12.5,12.5,0.5,900,0,reset,900',
    '2026-03-04T17:45:00+05:30,openai:1,weekly,13,13.1,0.5,0,1,,900',
    '',
  ]);
  expect(JSON.parse(historyJson(rows)).history[0]).toEqual({
    ...{at: '2026-03-04T17:30:00+05:30', account: 'openai:1', window: 'weekly', used: 12.5, peak: 12.5, added: 0.5},
    ...{observed_seconds: 900, bridged: false, event: 'reset', span_seconds: 900},
  });
});

it('tells an event once, where the shortest stretch has it, or in a row of its own', () => {
  const usage = [used(noon, 10, {span: 3600}), used(noon + 2700, 20)];
  const turns: [number, 'reset' | 'plan'][] = [
    [noon + 3600, 'reset'],
    [noon + 7200, 'plan'],
  ];
  const rows = historyRows([series('a:1', '5h', usage, turns)], false);
  expect(rows.map(({event, span_seconds}) => [event, span_seconds])).toEqual([
    [null, 3600],
    ['reset', 900],
    ['plan', null],
  ]);
});

it('calls accounts by number with privacy, the same whatever is picked', () => {
  const all = ['zai:2', 'openai:1'].map(account => series(account, 'weekly', [used(noon, 1)]));
  expect(historyRows(all, true).map(({account}) => account)).toEqual(['2', '1']);
  expect(historyRows(all, true, ({account}) => account === 'zai:2').map(({account}) => account)).toEqual(['2']);
});

it('writes names from outside so that a spreadsheet takes them for text', () => {
  const rows = historyRows(
    ['=1+1', 'a,"b"', 'x\u001b[31m'].map(window => series('a:1', window, [used(noon, 1)])),
    false,
  );
  const csv = historyCsv(rows);
  expect(csv).toContain(",'=1+1,");
  expect(csv).toContain(',"a,""b""",');
  expect(csv).not.toContain('\u001b');
});

it.each([
  ['12h', noon - 12 * 3600],
  ['30d', noon - 30 * 86_400],
  ['2w', noon - 14 * 86_400],
  ['2026-03-01', Date.UTC(2026, 1, 28, 18, 30) / 1000],
  ['2026-02-30', null],
  ['soon', null],
  ['', null],
  ['30', null],
])('since %s', (text, expected) => {
  expect(sinceOf(text, noon * 1000)).toBe(expected === null ? null : expected * 1000);
});
