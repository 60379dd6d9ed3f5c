import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {AccountState, Amount} from '../../../src/core/model.ts';
import {nextPolls} from '../../../src/core/polling/next-poll.ts';
import {readableFailure} from '../../../src/view/rows/failure.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {columnsFor, mostScroll, needOf, type PanelModel, panelContent} from '../../../src/view/rows/panel.ts';
import {testLook} from '../../support/look.ts';
import {account, failure, hour, monitorState, reading, someNow, window} from '../../support/state.ts';

/** A panel is as high as it says: what the layout is told, what is scrolled and what is drawn are the same rows. */

const context = testLook();

const failures = fc.constantFrom(
  null,
  failure('network', {remedy: {code: 'network'}}),
  failure('expired', {detail: 'HTTP 401', remedy: {code: 'run', command: 'codex'}}),
  failure('auth_rejected', {remedy: {code: 'verify', name: 'Google', url: 'https://accounts.example.com/verify/me'}}),
  failure('server_error', {detail: 'the service said HTTP 503 and a few more words, which nobody needs to read'}),
);
const notes = fc.subarray([
  {code: 'disabled' as const},
  {code: 'limit-reached' as const, text: 'spend'},
  {
    code: 'message' as const,
    text: 'a note of a good many words, which takes more than one row where a panel is narrow',
  },
]);
const accounts = fc
  .record({
    windows: fc.subarray(['5h', 'weekly', 'monthly', '30d']),
    notes,
    amounts: fc.constantFrom<Amount[]>([], [{id: 'credits', value: 5, unit: 'credits'}]),
    failure: failures,
    isRead: fc.boolean(),
  })
  .map(({windows, notes, amounts, failure, isRead}) =>
    account(
      'openai:1',
      'me',
      isRead
        ? reading(
            'Plus',
            windows.map(id => window(id, 62, hour)),
            amounts,
            notes,
          )
        : null,
      {failure},
    ),
  );
const widths = fc.integer({min: 14, max: 90});

function panelOf(given: readonly AccountState[]): PanelModel {
  const all = given.map((each, index) => ({...each, key: `openai:${index}`, label: `person ${index}`}));
  return {
    info: {id: 'openai', name: 'OpenAI', usageUrl: '', intervalSeconds: {default: 120, floor: 60}, places: []},
    accounts: all,
    discovered: true,
    next: nextPolls(monitorState(all), someNow),
  };
}

function contentOf(panel: PanelModel, width: number, height: number, scroll = 0) {
  const content = panelContent(panel, {width, height, columns: columnsFor([panel], width, context), scroll}, context);
  for (const line of content.lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
  return {...content, texts: content.lines.map(line => plain(line).trimEnd())};
}

/** The reason of a failure and what to do, as they are read without the breaks of rows. */
const flowing = (texts: readonly string[]): string => texts.join(' ').replace(/\s+/g, ' ');
const countOf = (texts: readonly string[], pattern: RegExp): number => texts.filter(text => pattern.test(text)).length;

describe('a panel of one account', () => {
  it('keeps within a width that its words have no room in', () => {
    for (const empty of [account('openai:1', 'me', reading('Plus', [])), account('openai:1', 'me', null)])
      contentOf(panelOf([empty]), 12, 3);
  });
  it('hides and cuts nothing in as many rows as it says that everything takes, and has no free row', () => {
    fc.assert(
      fc.property(accounts, widths, (only, width) => {
        const panel = panelOf([only]);
        const height = needOf(panel, context).full(width);
        const {texts, above, below} = contentOf(panel, width, height);
        expect([texts.length, above, below]).toEqual([height, 0, 0]);
        if (width > 40) expect(texts.join('\n')).not.toContain('…');
        if (only.failure)
          expect(flowing(texts)).toContain(flowing(readableFailure(only.failure, width, context).map(plain)));
        expect(texts).not.toContain('');
      }),
    );
  });
  it('draws every row that it has room for, and counts all that it hides', () => {
    fc.assert(
      fc.property(accounts, widths, fc.integer({min: 1, max: 12}), fc.nat({max: 12}), (only, width, height, scroll) => {
        const panel = panelOf([only]);
        const {texts, above, below} = contentOf(panel, width, height, scroll);
        expect(texts.length).toBe(Math.min(height, texts.length + above + below));
        expect(above + below).toBe(mostScroll(panel, {width, height}, context));
        expect(texts).not.toContain('');
      }),
    );
  });
  it('shows every window, and a failure with its mark, in as many rows as it wants at least', () => {
    fc.assert(
      fc.property(accounts, fc.integer({min: 45, max: 90}), (only, width) => {
        const panel = panelOf([only]);
        const {texts} = contentOf(panel, width, needOf(panel, context).least(width));
        expect(countOf(texts, /62%/)).toBe(only.reading?.windows.length ?? 0);
        expect(countOf(texts, /✗/)).toBe(only.failure ? 1 : 0);
      }),
    );
  });
  it('wants no more rows at least than it has', () => {
    fc.assert(
      fc.property(fc.array(accounts, {minLength: 1, maxLength: 5}).map(panelOf), widths, (panel, width) => {
        const {least, full} = needOf(panel, context);
        expect(least(width)).toBeLessThanOrEqual(full(width));
        expect(least(width)).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a panel of several accounts', () => {
  const several = fc.array(accounts, {minLength: 2, maxLength: 5}).map(panelOf);

  it('is as high as what it draws, and scrolls through all of it', () => {
    fc.assert(
      fc.property(several, widths, fc.integer({min: 1, max: 12}), (panel, width, height) => {
        const all = contentOf(panel, width, 1000).texts;
        expect(needOf(panel, context).full(width)).toBe(all.length);
        const most = mostScroll(panel, {width, height}, context);
        expect(most).toBe(Math.max(0, all.length - height));
        for (const scroll of [0, 1, most, most + 9]) {
          const {texts, above, below} = contentOf(panel, width, height, scroll);
          expect(above).toBe(Math.min(scroll, most));
          expect(texts).toEqual(all.slice(above, above + height));
          expect(below).toBe(all.length - above - texts.length);
        }
      }),
    );
  });
  it('has no free row between its sections', () => {
    fc.assert(
      fc.property(several, widths, (panel, width) => {
        expect(contentOf(panel, width, 1000).texts).not.toContain('');
      }),
    );
  });
});
