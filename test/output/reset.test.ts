import {expect, it} from 'vitest';
import {judge} from '../../src/output/guard.ts';
import {plainLines} from '../../src/output/plain.ts';
import {toReport} from '../../src/output/report.ts';
import {renderStatusline} from '../../src/output/statusline.ts';
import {onceText} from '../../src/output/text.ts';
import {catalogue} from '../../src/providers/index.ts';
import {foldedColumns, foldedLine} from '../../src/view/rows/folded.ts';
import {headerLine} from '../../src/view/rows/header.ts';
import {plain} from '../../src/view/rows/line.ts';
import {panelsOf} from '../../src/view/rows/panel.ts';
import {stringsFor} from '../../src/view/strings/index.ts';
import {testLook} from '../support/look.ts';
import {fakeProgram} from '../support/program.ts';
import {account, failure, hour, minute, monitorState, reading, someNow, window} from '../support/state.ts';

// Read 47 minutes ago, reset 2 minutes ago, and failing since: the 55 % speak of a period that is over.
const windows = [
  window('5h', {state: 'known', usedPercent: 55, used: 11, limit: 20}, -2 * minute),
  window('weekly', 31, hour),
];
const failing = account('openai:1', 'me', reading('Plus', windows), {
  readAt: someNow - 47 * minute,
  failure: failure('server_error'),
});
const state = monitorState([failing]);
const options = {
  now: someNow,
  width: 80,
  color: false,
  ascii: false,
  privacy: false,
  show: 'used',
  thresholds: {warn: 70, critical: 90},
  names: {openai: 'OpenAI'},
  hourCycle: 24,
} as const;

it('is unknown in the JSON: null percentages, nothing used', () => {
  const [first, second] = toReport(state, {now: someNow, privacy: false}).accounts[0]?.windows ?? [];
  expect(first).toMatchObject({
    id: '5h',
    state: 'unknown',
    usedPercent: null,
    remainingPercent: null,
    used: null,
    limit: null,
    resetsAt: '2026-11-22T08:58:00.000Z',
    why: 'the limit has reset since the last reading',
  });
  expect(second).toMatchObject({id: 'weekly', state: 'known', usedPercent: 31});
});

it.each([
  ['en', 'reset 2m ago, not read since'],
  ['zh', '2分前已重置，之后尚未更新'],
  ['ja', 'リセット済み（2分前）、その後は未更新'],
] as const)('is said in words by --once (%s), in columns and in sentences', (language, words) => {
  const strings = stringsFor(language, catalogue);
  const [, , row = ''] = onceText(state, {...options, strings}).split('\n');
  expect(row).toMatch(new RegExp(`\\? ${words}$`));
  const sentence = plainLines(state, {...options, strings})[0];
  expect(sentence).toContain(words);
  expect(`${row}${sentence}`).not.toContain('%');
});

it('keeps guard from a verdict where it decides, and only there', () => {
  expect(judge(state, {now: someNow, minRemaining: 10, window: '5h'}).exitCode).toBe(3);
  expect(judge(state, {now: someNow, minRemaining: 10}).exitCode).toBe(3);
  expect(judge(state, {now: someNow, minRemaining: 99}).exitCode).toBe(1);
});

it('is no number for a status bar, which takes the tightest of those that are known', () => {
  const render = (format: string): string =>
    renderStatusline([failing], {format, now: someNow, thresholds: options.thresholds});
  expect(render('{openai.5h.used} {openai.5h.left} {openai.5h.severity} {openai.5h.resets}')).toBe(
    '– – none has reset',
  );
  expect(render('{window} {used}')).toBe('week 31%');
});

it('is not the tightest limit of the header, nor of a folded panel', () => {
  const context = testLook();
  const panels = panelsOf(state, fakeProgram(state).catalogue, someNow);
  expect(plain(headerLine(state, panels, {above: 0, below: 0}, 100, context))).toMatch(/OpenAI week 31%/);
  const [panel] = panelsOf(
    monitorState([{...failing, failure: null, reading: reading('Plus', windows.slice(0, 1))}]),
    fakeProgram(state).catalogue,
    someNow,
  );
  if (panel === undefined) throw new Error('no panel');
  const frame = {width: 80, height: 1, focused: false, spinning: false, number: 1};
  const row = plain(foldedLine(panel, foldedColumns([panel], 80, context), frame, context));
  expect(row).toContain('has reset');
  expect(row).not.toContain('%');
});
