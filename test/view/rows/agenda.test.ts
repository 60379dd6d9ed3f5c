import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {MonitorState} from '../../../src/core/model.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {agendaLines, agendaList, agendaOf} from '../../../src/view/rows/agenda.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {panelsOf} from '../../../src/view/rows/panel.ts';
import {stringsFor} from '../../../src/view/strings/index.ts';
import {testLook} from '../../support/look.ts';
import {account, day, hour, minute, monitorState, reading, someNow, window} from '../../support/state.ts';

process.env.TZ = 'UTC';

const context = testLook();
const entriesOf = (state: MonitorState) => agendaOf(panelsOf(state, catalogue, someNow), someNow);
const drawn = (state: MonitorState, width: number, at = context, form: 'whole' | 'brief' = 'brief'): string[] =>
  agendaLines(entriesOf(state), width, at, form).map(line => plain(line).trimEnd());

const google = (id: string, label: string, used: number, resetsIn = 9 * day) =>
  account(`google:${id}`, label, reading('Pro', [window('gemini/weekly', used, resetsIn)]));

const mixed = (): MonitorState =>
  monitorState([
    account(
      'openai:1',
      'one@example.com',
      reading('Plus', [window('5h', 12, 2 * hour), window('weekly', 64, 3 * day)]),
    ),
    google('1', 'anna@example.com', 65),
    google('2', 'bert@example.com', 20),
    account('zai:1', 'zai0…abc', reading('Pro', [window('weekly', 98, 15 * hour), window('5h', 33, 2 * hour)])),
    account('zhipu:1', 'zhip…abc', reading('Max', [window('5h', 33, 2 * hour + 20_000)])),
  ]);
const silent = (): MonitorState =>
  monitorState([
    account(
      'copilot:1',
      'octo',
      reading('Pro', [
        window('chat/monthly', {state: 'unlimited'}, 9 * day),
        window('premium/monthly', 40, -hour),
        window('completions/monthly', 40, null),
      ]),
      {readAt: someNow - 2 * hour},
    ),
  ]);

describe('the resets to come', () => {
  it('stand in their order: time, who, limit, figure; those of one minute and length share a row', () => {
    expect(drawn(mixed(), 60)).toEqual([
      '    09:00  ┬ now',
      '    11:00  ├ OpenAI, Z.ai, Zhipu AI 5h            ≤33%',
      'Mon 00:00  ├ Z.ai                   week           98% ‼',
      'Wed 09:00  ├ OpenAI                 week           64%',
      '    Dec 1  └ Google ×2              Gemini week   ≤65%',
    ]);
  });
  it('tell the accounts, the whole label and the countdown in a view of their own', () => {
    expect(drawn(mixed(), 120, context, 'whole').slice(1, 5)).toEqual([
      '    11:00  ├ OpenAI, Z.ai, Zhipu AI                           5-hour limit          ≤33%     2h 00m',
      'Mon 00:00  ├ Z.ai                                             Weekly limit           98% ‼  15h 00m',
      'Wed 09:00  ├ OpenAI                                           Weekly limit           64%      3d 0h',
      '    Dec 1  └ Google anna@example.com, Google bert@example.com Gemini weekly limit   ≤65%      9d 0h',
    ]);
  });
  it('say what is left where figures do', () => {
    expect(drawn(mixed(), 60, testLook({show: 'left'})).at(1)).toMatch(/≥67%$/);
  });
  it('leave out what changes nothing: no limit, a reset that has come, a reset that nobody told', () => {
    expect(drawn(silent(), 60)).toEqual(['no reset is known']);
  });
  it('are spelled in the language', () => {
    const of = (language: 'zh' | 'ja') => drawn(mixed(), 60, testLook({strings: stringsFor(language, catalogue)}));
    expect(of('zh')[2]).toMatch(/^周一 00:00 {2}├ Z.ai/);
    expect(of('ja')[2]).toMatch(/^月 00:00 {2}├ Z.ai/);
  });
  it('never cut the present moment, which may be the longest of all times', () => {
    const late = {...context, now: someNow + 2 * hour + 35 * minute, clock: {hourCycle: 12 as const}};
    const state = monitorState([google('1', 'a', 1, 4 * hour + 10 * minute)]);
    const lines = agendaLines(agendaOf(panelsOf(state, catalogue, late.now), late.now), 50, late).map(plain);
    expect(lines.map(line => line.split('  ')[0]?.trim())).toEqual(['11:35 AM', '1:10 PM']);
  });
  it('name the hour within a day and the date from the seventh day on', () => {
    const times = [minute, 14 * hour, 23 * hour, 6 * day + 14 * hour, 6 * day + 16 * hour].map(
      resetsIn =>
        drawn(monitorState([google('1', 'a', 1, resetsIn)]), 60)[1]
          ?.trim()
          .split('  ')[0],
    );
    expect(times).toEqual(['09:01', '23:00', 'Mon 08:00', 'Sat 23:00', 'Nov 29']);
  });
  it('fill exactly their width, however little that is', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 200}),
        fc.constantFrom('whole', 'brief'),
        fc.boolean(),
        (width, form, ascii) => {
          for (const line of agendaLines(entriesOf(mixed()), width, testLook({ascii}), form))
            expect(lineWidth(line)).toBe(width);
        },
      ),
      {numRuns: 200},
    );
  });
});

describe('the agenda that has the screen to itself', () => {
  const list = (selected: number) => agendaList(entriesOf(mixed()), selected, 70, context);
  const marked = (selected: number): string[] =>
    list(selected)
      .lines.map(plain)
      .filter(line => line.startsWith('▸'));

  it('marks one entry, never the present moment, and no more than there are', () => {
    expect(marked(0)).toEqual([expect.stringContaining('5-hour limit')]);
    expect(marked(99)).toEqual([expect.stringContaining('└')]);
    expect(list(0).lines.map(plain)[0]).toMatch(/^ .*now/);
  });

  it('can be clicked where its entries stand', () => {
    const {hits, lines, selectedRow} = list(1);
    expect(hits.map(({row}) => row)).toEqual(lines.slice(1).map((_, index) => index + 1));
    expect(selectedRow).toBe(2);
  });

  it('without entries says so', () => {
    expect(agendaList([], 0, 70, context)).toMatchObject({hits: [], selectedRow: 0, lines: [expect.anything()]});
  });
});
