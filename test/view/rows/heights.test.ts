import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {AccountState, Amount} from '../../../src/core/model.ts';
import {nextPolls} from '../../../src/core/polling/next-poll.ts';
import {densities} from '../../../src/view/layout/layout.ts';
import {cureText, readableFailure} from '../../../src/view/rows/failure.ts';
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
const someDensity = fc.constantFrom(...densities);

function panelOf(given: readonly AccountState[]): PanelModel {
  const all = given.map((each, index) => ({...each, key: `openai:${index}`, label: `person ${index}`}));
  return {
    info: {id: 'openai', name: 'OpenAI', usageUrl: '', intervalSeconds: {default: 120, floor: 60}, places: []},
    accounts: all,
    discovered: true,
    next: nextPolls(monitorState(all), someNow),
  };
}

function contentOf(panel: PanelModel, width: number, height: number, density: (typeof densities)[number], scroll = 0) {
  const content = panelContent(
    panel,
    {width, height, density, columns: columnsFor([panel], width, context), scroll},
    context,
  );
  for (const line of content.lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
  return {...content, texts: content.lines.map(line => plain(line).trimEnd())};
}

/** The reason of a failure and what to do, as they are read without the breaks of rows. */
const flowing = (texts: readonly string[]): string => texts.join(' ').replace(/\s+/g, ' ');
/** The same where an address may be broken in two. */
const letters = (texts: readonly string[]): string => texts.join('').replace(/\s/g, '');
const countOf = (texts: readonly string[], pattern: RegExp): number => texts.filter(text => pattern.test(text)).length;

describe('a panel of one account', () => {
  it('keeps within a width that its words have no room in', () => {
    for (const empty of [account('openai:1', 'me', reading('Plus', [])), account('openai:1', 'me', null)])
      for (const density of densities) contentOf(panelOf([empty]), 12, 3, density);
  });

  it('hides and cuts nothing in as many rows as it says that everything takes', () => {
    fc.assert(
      fc.property(accounts, widths, someDensity, (only, width, density) => {
        const panel = panelOf([only]);
        const height = needOf(panel, context).full(density, width);
        const {texts, above, below} = contentOf(panel, width, height, density);
        expect([texts.length, above, below]).toEqual([height, 0, 0]);
        if (width > 40) expect(texts.join('\n')).not.toContain('…');
        if (only.failure)
          expect(flowing(texts)).toContain(flowing(readableFailure(only.failure, width, context).map(plain)));
        // Nothing is left over: every free row is one that this density wants.
        const windows = only.reading?.windows.length ?? 0;
        const isLoose = density === 'spacious' || density === 'roomy';
        if (!isLoose || windows === 0) expect(texts).not.toContain('');
      }),
    );
  });
  it('shows every window in as many rows as it wants at least, with a failure or without', () => {
    fc.assert(
      fc.property(accounts, failures, fc.integer({min: 45, max: 90}), someDensity, (only, failed, width, density) => {
        const well = panelOf([{...only, failure: null}]);
        const ill = panelOf([{...only, failure: failed}]);
        const height = needOf(well, context).rows[density];
        expect(needOf(ill, context).rows[density]).toBe(height);
        for (const panel of [well, ill]) {
          const {texts} = contentOf(panel, width, height, density);
          expect(countOf(texts, /62%/)).toBe(only.reading?.windows.length ?? 0);
          expect(mostScroll(panel, {width, height, density}, context)).toBe(0);
        }
      }),
    );
  });
  it('has room for all of a failure in as many rows as it says that it takes', () => {
    fc.assert(
      fc.property(accounts, widths, someDensity, (only, width, density) => {
        const panel = panelOf([only]);
        const height = needOf(panel, context).failed(width);
        if (!only.failure) {
          expect(height).toBe(0);
          return;
        }
        const {texts, below} = contentOf(panel, width, height, density);
        expect(below).toBe(0);
        // Perhaps in fewer words; what to do is one of them.
        expect(letters(texts)).toContain(letters([cureText(only.failure, context.strings) ?? '✗ the service']));
      }),
    );
  });
});

describe('a panel of several accounts', () => {
  const several = fc.array(accounts, {minLength: 2, maxLength: 5}).map(panelOf);

  it('is as high as what it draws, and scrolls through all of it', () => {
    fc.assert(
      fc.property(several, widths, someDensity, fc.integer({min: 1, max: 12}), (panel, width, density, height) => {
        const all = contentOf(panel, width, 1000, density).texts;
        expect(needOf(panel, context).full(density, width)).toBe(all.length);
        const most = mostScroll(panel, {width, height, density}, context);
        expect(most).toBe(Math.max(0, all.length - height));
        for (const scroll of [0, 1, most, most + 9]) {
          const {texts, above, below} = contentOf(panel, width, height, density, scroll);
          expect(above).toBe(Math.min(scroll, most));
          expect(texts).toEqual(all.slice(above, above + height));
          expect(below).toBe(all.length - above - texts.length);
        }
      }),
    );
  });
  it('wants as many rows as it draws where every text has one row', () => {
    fc.assert(
      fc.property(several, someDensity, (panel, density) => {
        expect(contentOf(panel, 1000, 1000, density).texts).toHaveLength(needOf(panel, context).rows[density]);
      }),
    );
  });
});
