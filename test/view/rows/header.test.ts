import {describe, expect, it} from 'vitest';
import type {MonitorState} from '../../../src/core/model.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {headerLine, tinyLine} from '../../../src/view/rows/header.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {panelsOf} from '../../../src/view/rows/panel.ts';
import {stringsFor} from '../../../src/view/strings/index.ts';
import {testLook} from '../../support/look.ts';
import {
  account,
  day,
  exhausted,
  failure,
  fresh,
  monitorState,
  nothing,
  reading,
  someNow,
  window,
} from '../../support/state.ts';

process.env.TZ = 'UTC';

const nowhere = {above: 0, below: 0};
const context = testLook();
const header = (state: MonitorState, width: number, beyond = nowhere, at = context): string =>
  plain(headerLine(state, panelsOf(state, catalogue, someNow), beyond, width, at));
const diskFull = 'state.db cannot be written: the disk is full; this copy goes on alone';
const noticed = (): MonitorState => ({...fresh(), notices: [{code: 'ledger-unavailable', text: diskFull}]});

describe('the header', () => {
  it.each([30, 34, 40, 60, 80, 100, 120, 200])('says at %i columns whether percentages are used or left', width => {
    expect(header(fresh(), width)).toContain('USED %');
    expect(header(fresh(), width, nowhere, testLook({show: 'left'}))).toContain('LEFT %');
    expect(header(fresh(), width, nowhere, testLook({strings: stringsFor('zh', catalogue)}))).toContain('已用 %');
  });
  it('is exactly as wide as the screen, whatever it has to say', () => {
    for (const state of [fresh(), exhausted(), nothing(), noticed(), {...noticed(), paused: true, offline: true}])
      for (const beyond of [nowhere, {above: 12, below: 120}])
        for (let width = 20; width < 220; width += 1) {
          const line = headerLine(state, panelsOf(state, catalogue, someNow), beyond, width, context);
          expect(lineWidth(line)).toBe(width);
        }
  });
  it('names the account of the tightest limit where a provider has several', () => {
    const several = monitorState([
      account('google:1', 'anna@example.com', reading('Pro', [window('gemini/5h', 12, day)])),
      account('google:2', 'bert@example.com', reading('Pro', [window('claude-gpt/weekly', 98, day)])),
    ]);
    expect(header(several, 140)).toContain('tightest Google Antigravity bert@example.com Claude week 98% ‼');
    expect(header(several, 100)).toContain('Google bert@example.com Claude week 98% ‼  next reset 1d00h ');
    expect(header(several, 80)).toMatch(/Google bert@\S+ Claude week 98% ‼/);
    const one = monitorState([account('google:2', 'bert@example.com', reading('Pro', [window('gemini/5h', 98, day)]))]);
    expect(header(one, 140)).not.toContain('bert');
  });
  it('counts the logins by the worst of each', () => {
    const several = monitorState([
      account('openai:1', 'a', reading('Plus', [window('5h', 12, day), window('weekly', 85, day)])),
      account('openai:2', 'b', reading('Plus', [window('5h', 120, day)])),
      account('openai:3', 'c', reading('Plus', [window('5h', 99, day)]), {failure: failure('timeout')}),
      account('openai:4', 'd', reading('Plus', [window('5h', {state: 'unlimited'}, day)])),
      account('openai:5', 'e', null),
    ]);
    expect(header(several, 120)).toContain('USED %  5 logins: 1‼ 1✗ 1! 1 ok  ');
    expect(header(several, 60)).toContain('1‼ 1✗ 1! 1 ok');
    expect(header(several, 120, nowhere, testLook({ascii: true}))).toContain('5 logins: 1!! 1x 1! 1 ok  ');
    expect(header(fresh(), 120)).toContain('5 logins: 2! 3 ok');
  });
  it('names the next reset, and whose it is where there is room', () => {
    expect(header(fresh(), 160)).toContain('next reset 1m30s Zhipu AI ');
    expect(header(fresh(), 82)).toMatch(/next reset 1m30s {2}/);
    const over = monitorState([
      account('openai:1', 'a', reading('Plus', [window('5h', 12, -1), window('weekly', 1, day)])),
    ]);
    expect(header(over, 120)).toContain('next reset 1d00h OpenAI');
    const never = monitorState([account('openai:1', 'a', reading('Plus', [window('total', 12, null)]))]);
    expect(header(never, 120)).not.toContain('next reset');
  });
  it('drops what is least useful first: its own name, the next reset, the words around the tightest limit', () => {
    const parts = [/mystatus/, /next reset/, /logins/, /2! 3 ok/, /76% !/, /USED %/];
    const lost = parts.map(
      part => Array.from({length: 180}, (_, at) => 200 - at).find(width => !part.test(header(fresh(), width))) ?? 0,
    );
    expect(lost).toEqual([...lost].sort((a, b) => b - a));
    expect(new Set(lost).size).toBe(parts.length);
  });
  it('says of a notice what there is room for, and never less than that there is one', () => {
    expect(header(noticed(), 200)).toContain(diskFull);
    expect(header(noticed(), 120)).toMatch(/! shared state: .*… {2}09:00/);
    for (const width of [30, 40, 60, 80]) expect(header(noticed(), width)).toMatch(/ !/);
  });
  it('counts panels that have no room, at any width', () => {
    for (const width of [20, 30, 40, 80, 120])
      expect(header(noticed(), width, {above: 3, below: 22})).toContain('▲ 3 ▼ 22');
    expect(header(fresh(), 40, {above: 0, below: 2}, testLook({ascii: true}))).toContain('v 2');
  });
});

it('says the tightest limit where there is room for nothing else', () => {
  const panels = panelsOf(exhausted(), catalogue, someNow);
  expect(plain(tinyLine(panels, 18, context)).trim()).toBe('Copilot 137% ‼');
  expect(plain(tinyLine([], 18, context)).trim()).toBe('no data yet');
});
