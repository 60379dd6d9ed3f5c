import {describe, expect, it} from 'vitest';
import type {Outlook} from '../../../src/core/foresight/outlook.ts';
import {outlookOf} from '../../../src/core/foresight/outlook-of.ts';
import type {Window} from '../../../src/core/model.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {cellWidth} from '../../../src/view/format/cells.ts';
import {outlookSentence, outlookWays} from '../../../src/view/format/outlook.ts';
import {stringsFor} from '../../../src/view/strings/index.ts';
import {testLook} from '../../support/look.ts';
import {day, foretold, hour, minute, someNow, window} from '../../support/state.ts';

process.env.TZ = 'UTC';

const context = testLook();
// A Sunday at nine; the limit resets on Friday at nine.
const at = (days: number, hours: number, halfDay = false) => ({at: someNow + days * day + (hours - 9) * hour, halfDay});
const of = (more: Partial<Outlook>, resetsIn = 5 * day): Window => foretold(window('weekly', 59, resetsIn), more);
const runsOut: Partial<Outlook> = {verdict: 'runs-out', runOutAt: at(2, 16), range: [at(2, 11), at(3, 9)], chance: 70};
const may: Partial<Outlook> = {verdict: 'may-run-out', runOutAt: at(3, 9), range: [at(2, 11), at(4, 9)], chance: 40};

describe('a row', () => {
  it.each<[Partial<Outlook>, string]>([
    [{verdict: 'lasts'}, 'lasts'],
    [{verdict: 'likely-lasts'}, 'likely lasts'],
    [may, 'may run out Tue–Thu'],
    [{...may, range: [at(0, 14), at(0, 17)]}, 'may run out 14:00–17:00'],
    [{...may, range: [at(0, 14), at(2, 17)]}, 'may run out Sun–Tue'],
    [runsOut, 'out ~Tue 16:00'],
    [{...runsOut, runOutAt: at(0, 16)}, 'out ~16:00'],
    [{...runsOut, runOutAt: at(2, 12, true)}, 'out ~Tue afternoon'],
    [{...runsOut, runOutAt: at(12, 0, true)}, 'out ~Dec 4'],
    [{verdict: 'spent', runOutAt: at(0, 8)}, 'spent, back in 5d00h'],
  ])('says of %j: %s', (outlook, text) => {
    expect(outlookWays(of(outlook), context)[0]).toBe(text);
  });
  it('names no time of a half day, today either', () => {
    const half = at(0, 0, true);
    expect(outlookWays(of({...runsOut, runOutAt: half}), context)).toEqual([
      'out ~Sun morning',
      'out ~Sun',
      'runs out',
    ]);
    expect(outlookWays(of({...may, runOutAt: half, range: [half, at(2, 0, true)]}), context)).toEqual([
      'may run out Sun–Tue',
      'may run out ~Sun',
      'may run out',
    ]);
  });
  it('says nothing where it is too early, and where there is no forecast', () => {
    expect(outlookWays(of({verdict: 'too-early'}), context)).toEqual([]);
    expect(outlookWays(window('weekly', 59, day), context)).toEqual([]);
  });
  it('has words for the least room in every language, clock and season', () => {
    for (const language of ['en', 'zh', 'ja'] as const)
      for (const hourCycle of [12, 24] as const) {
        const words = {...context, strings: stringsFor(language, catalogue), clock: {hourCycle}};
        for (const outlook of [
          {verdict: 'lasts'},
          {verdict: 'likely-lasts'},
          may,
          runsOut,
          {verdict: 'spent'},
        ] as const)
          for (const runOutAt of [at(0, 23), at(2, 11), at(2, 12, true), at(400, 0, true)]) {
            const range = outlook.verdict === 'may-run-out' ? ([runOutAt, at(500, 1)] as const) : null;
            const ways = outlookWays(of({...outlook, runOutAt, range}), words);
            expect(ways.some(way => cellWidth(way) <= 18)).toBe(true);
          }
      }
  });
});

describe('the detail view', () => {
  const says = (outlook: Partial<Outlook>, look = context) => outlookSentence(of(outlook), look);

  it.each<[Partial<Outlook>, string]>([
    [{verdict: 'too-early'}, 'too early to say when it runs out'],
    [{verdict: 'lasts', usedRange: [40, 62]}, 'lasts until the reset: 40–62% used by then (8 times in 10)'],
    [
      {verdict: 'likely-lasts', oneIn: 6, usedRange: [48, 100]},
      'likely lasts; 1 in 6 that it runs out · 48–100% used by the reset',
    ],
    [may, 'may run out (40%): if so, between Tue 11:00 and Thu 09:00'],
    [runsOut, 'runs out about Tue 16:00, between Tue 11:00 and Wed 09:00 (8 times in 10), 3d before the reset'],
    [{...runsOut, range: [at(2, 16), at(2, 16)]}, 'runs out about Tue 16:00, 3d before the reset'],
    [{...runsOut, runOutAt: at(4, 16), range: null}, 'runs out about Thu 16:00, 17h before the reset'],
    [{...runsOut, runOutAt: at(5, 0, true), range: null}, 'runs out about Fri morning, 3h 00m before the reset'],
    [
      {...runsOut, runOutAt: at(5, 0, true), range: [at(3, 0, true), at(5, 0, true)]},
      'runs out about Fri morning, between Wed morning and Fri morning (8 times in 10)',
    ],
    // Noon of a Wednesday to the reset on Friday at nine: half a day is known, no minutes.
    [
      {...runsOut, runOutAt: at(4, 0, true), range: [at(2, 12, true), at(5, 0, true)]},
      'runs out about Thu morning, between Tue afternoon and Fri morning (8 times in 10), 24h before the reset',
    ],
    [{verdict: 'spent', runOutAt: {at: someNow - 3 * hour, halfDay: false}}, 'spent since 06:00, back at Fri 09:00'],
    [{...may, chance: 0}, 'may run out (under 5%): if so, between Tue 11:00 and Thu 09:00'],
  ])('says of %j: %s', (outlook, text) => {
    expect(says(outlook)).toBe(text);
  });
  it('adds since when it learns, and how often the last ranges held', () => {
    expect(says({learningSince: someNow - 2 * day, record: {held: 10, of: 12}})).toMatch(
      / · learning since Fri · the last 12 ranges held 10 times$/,
    );
    expect(says({learningSince: someNow - hour, record: {held: 1, of: 1}})).toMatch(
      / · learning since 08:00 · the last range held$/,
    );
  });
  it('turns figures with the switch to what is left, and no times', () => {
    const left = testLook({show: 'left'});
    expect(says({verdict: 'lasts', usedRange: [40, 62]}, left)).toContain('38–60% left by then');
    expect(says({verdict: 'likely-lasts', usedRange: [48, 100]}, left)).toContain('0–52% left by the reset');
    expect(says(runsOut, left)).toBe(says(runsOut));
    expect(outlookWays(of(runsOut), left)).toEqual(outlookWays(of(runsOut), context));
  });
  it('says of a limit that is out soon how much too soon, to the minute', () => {
    const soon = outlookOf(
      {
        ...{verdict: 'runs-out', probability: 0.9, usedAtReset: 100, usedRange: [90, 100], learnedFrom: 0},
        ...{runOutAt: someNow + 63 * minute, range: [someNow + 40 * minute, someNow + 80 * minute]},
      },
      someNow + 2 * hour,
      someNow,
    );
    expect(outlookSentence({...window('5h', 80, 2 * hour), ...(soon && {outlook: soon})}, context)).toBe(
      'runs out about 10:05, between 09:40 and 10:20 (8 times in 10), 55m before the reset',
    );
  });
});
