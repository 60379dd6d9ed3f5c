import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Controller} from '../../../src/controllers/controller.ts';
import type {AccountState} from '../../../src/core/model.ts';
import {type Display, defaultSettings, type LayoutSettings, languages, sortNames} from '../../../src/core/settings.ts';
import {createStore} from '../../../src/core/store.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {fakeController} from '../../support/controller.ts';
import {type ManyState, manyProgram} from '../../support/many.ts';
import {partsOf} from '../../support/parts.ts';
import {fakeProgram} from '../../support/program.ts';
import {account, day, failure, fresh, hour, monitorState, reading, window} from '../../support/state.ts';

/** The table of accounts as a whole: what stands where, and that nothing is lost. */

const states: readonly ManyState[] = ['fresh', 'busy', 'failing', 'exhausted'];
const screens = fc.record({
  count: fc.constantFrom(5, 12, 25),
  state: fc.constantFrom(...states),
  accounts: fc.integer({min: 1, max: 4}),
  columns: fc.integer({min: 40, max: 220}),
  rows: fc.integer({min: 8, max: 70}),
  language: fc.constantFrom(...languages),
  ascii: fc.boolean(),
  sort: fc.constantFrom(...sortNames),
  folded: fc.subarray(['openai', 'copilot', 'google', 'zai']),
  show: fc.constantFrom('used' as const, 'left' as const),
  downs: fc.integer({min: 0, max: 60}),
});
type Screen = typeof screens extends fc.Arbitrary<infer Value> ? Value : never;

const programs = new Map<string, ReturnType<typeof manyProgram>>();
function programFor({count, state, accounts}: Pick<Screen, 'count' | 'state' | 'accounts'>) {
  const key = `${count} ${state} ${accounts}`;
  const program = programs.get(key) ?? manyProgram(count, state, accounts);
  programs.set(key, program);
  return program;
}

function tableFor({columns, rows, language, ascii, sort, folded, show, downs, ...of}: Screen): Controller {
  const program = programFor(of);
  program.settings.update(before => ({...before, layout: {...before.layout, view: 'table', sort, folded}}));
  const controller = fakeController(program, {size: createStore({columns, rows})}, {language, ascii, show});
  const {rows: all} = tableOf(controller);
  const row = all[Math.min(downs, all.length - 1)];
  if (row) controller.dispatch({type: 'focus', id: row.info.id, row: row.id});
  return controller;
}

function tableOf(controller: Controller) {
  const {table} = controller.model();
  if (table === null) throw new Error('the table is not shown');
  return table;
}

describe('at any size, in any language and order', () => {
  it('every row is exactly as wide as the screen and stands on it, one above the other', () => {
    fc.assert(
      fc.property(screens, screen => {
        const {columns, rows} = screen;
        const taken = new Set<number>();
        for (const {x, y, width, lines} of partsOf(tableFor(screen))) {
          expect([x, width]).toEqual([0, columns]);
          for (const [index, line] of lines.entries()) {
            expect([plain(line), lineWidth(line)]).toEqual([plain(line), columns]);
            expect(taken.has(y + index)).toBe(false);
            taken.add(y + index);
          }
        }
        expect(Math.max(...taken)).toBe(rows - 1);
      }),
      {numRuns: 150},
    );
  });
  it('what is shown and what is said to be hidden are all accounts, and the focused row is shown', () => {
    fc.assert(
      fc.property(screens, screen => {
        const {visible, hidden, focus, rows} = tableOf(tableFor(screen));
        const shown = visible.flatMap(({accounts}) => accounts).length;
        expect(shown + (hidden?.above.accounts ?? 0) + (hidden?.below.accounts ?? 0)).toBe(
          screen.count * screen.accounts,
        );
        expect(visible.map(({id}) => id)).toContain(focus);
        expect(new Set(rows.map(({id}) => id)).size).toBe(rows.length);
      }),
      {numRuns: 150},
    );
  });
});

type Wanted = {layout?: Partial<LayoutSettings>; display?: Partial<Display>; unfolded?: string};
const at = (columns: number, rows: number, accounts: AccountState[], wanted: Wanted = {}): string[] => {
  const layout = {...defaultSettings.layout, view: 'table' as const, ...wanted.layout};
  const program = fakeProgram(monitorState(accounts), {layout});
  const controller = fakeController(program, {size: createStore({columns, rows})}, wanted.display);
  if (wanted.unfolded) controller.dispatch({type: 'fold', id: wanted.unfolded, folded: false});
  const lines = Array.from({length: rows}, () => '');
  for (const {y, lines: own} of partsOf(controller))
    for (const [index, line] of own.entries()) lines[y + index] = plain(line).trimEnd();
  return lines;
};
const five = (): AccountState[] => Object.values(fresh().accounts);

describe('the columns', () => {
  it('stand under their headings in every row, figures under figures', () => {
    const lines = at(80, 24, five());
    const percents = lines.slice(2, 7).map(line => [...line.matchAll(/%/g)].map(({index}) => index));
    const columns = new Set(percents.flat());
    expect(lines[1]).toMatch(/provider +5 hours +week +month +resets +read/);
    expect(columns.size).toBe(3);
  });
  it('are only those that somebody has', () => {
    const heading = at(80, 24, [account('zai:1', 'a', reading('Pro', [window('weekly', 5, day)]))])[1];
    expect(heading).toMatch(/provider +week +resets +read/);
    expect(heading).not.toMatch(/hours|month|other/);
  });
  it('take a limit of another length under the nearest one, and then name it', () => {
    const lines = at(120, 24, [
      account('openai:1', 'a', reading(null, [window('5h', 1, hour)])),
      account('zai:1', 'b', reading(null, [window('9h', 2, hour, {windowMs: 9 * hour}), window('3d', 4, day)])),
    ]);
    expect(lines[1]).toMatch(/hours +3d/);
    expect(lines[2]).toMatch(/ 1% +5h/);
    expect(lines[3]).toMatch(/ 2% +9h .* 4%/);
  });
  it('show the tightest of several limits and its pool', () => {
    const row = at(120, 24, [
      account('google:1', 'a', reading(null, [window('gemini/5h', 8, hour), window('claude-gpt/5h', 41, hour)])),
    ])[2];
    expect(row).toContain('41%');
    expect(row).toContain('Claude');
    expect(row).not.toContain('8%');
  });
  it('say under “other” what has no place', () => {
    const lines = at(160, 24, [
      account(
        'openai:1',
        'a',
        reading(
          'Plus',
          [window('5h', 8, hour), window('chat/monthly', {state: 'unlimited'}, null)],
          [{id: 'credits', value: 796.25, unit: 'credits'}],
        ),
      ),
    ]);
    expect(lines[1]).toContain('other');
    expect(lines[2]).toContain('796.25 credits · ∞ Chat month');
  });
});

describe('a row', () => {
  it('of a balance alone says it in place of figures, however narrow the table is', () => {
    const balance = account('zai:1', 'b', reading(null, [], [{id: 'balance', value: 4.48, unit: 'usd'}]));
    const row = at(60, 24, [...five().slice(0, 1), balance])[3];
    expect(row).toContain('Balance $4.48');
  });
  it('that failed says what happened, what to do and the last figure', () => {
    const [openai] = five();
    if (!openai) throw new Error('no account');
    const failed = {...openai, failure: failure('expired', {remedy: {code: 'run', command: 'codex'}})};
    expect(at(80, 24, [failed])[2]).toContain('✗ the login has expired — run `codex` · last 62%');
  });
  it('names the account where the provider has several', () => {
    const lines = at(
      80,
      24,
      ['one', 'two'].map(name => account(`zai:${name}`, name, reading('Pro', [window('5h', 80, hour)]))),
    );
    expect(lines[2]).toContain('Z.ai one Pro');
    expect(lines[3]).toContain('Z.ai two Pro');
  });
});

const people = (used: readonly number[]): AccountState[] =>
  used.map((percent, index) =>
    account(`copilot:${index}`, `octo${index}`, reading('Pro', [window('5h', percent, (9 - index) * hour)])),
  );

describe('quiet accounts of a provider', () => {
  it('share a row that says how many there are and the worst of them', () => {
    const lines = at(80, 24, people([5, 95, 65, 12]), {layout: {folded: ['copilot']}});
    expect(lines[2]).toContain('octo1');
    expect(lines[3]).toMatch(/Copilot ×3 ▸ .*≤65%/);
    expect(lines[4]).toMatch(/^┏/);
  });
  it('share it as a lower bound where what is left is shown', () => {
    expect(at(80, 24, people([5, 65]), {layout: {folded: ['copilot']}, display: {show: 'left'}})[2]).toContain('≥35%');
    expect(at(80, 24, people([5, 65]), {layout: {folded: ['copilot']}, display: {ascii: true}})[2]).toMatch(
      /Copilot x2 > .*<=65%/,
    );
  });
  it('do so by themselves where rows do not fit', () => {
    const many = people(Array.from({length: 18}, (_, index) => index));
    expect(at(80, 24, many.slice(0, 17)).filter(line => line.includes('octo')).length).toBeGreaterThanOrEqual(17);
    expect(at(80, 24, many)[2]).toContain('×18');
    expect(at(80, 24, many, {unfolded: 'copilot'})[2]).toContain('octo0');
  });
  it('are not those that failed, have no figure or are near a limit', () => {
    const [one, two, three, four] = people([5, 70, 6, 7]);
    if (!one || !two || !three || !four) throw new Error('too few accounts');
    const lines = at(80, 24, [one, two, {...three, failure: failure('timeout')}, {...four, reading: null}], {
      layout: {folded: ['copilot']},
    });
    expect(lines.filter(line => line.includes('×'))).toEqual([]);
  });
});

describe('an account without limits', () => {
  it('says its note', () => {
    const noted = {...reading(null, []), notes: [{code: 'disabled' as const}]};
    expect(at(80, 24, [account('openai:1', 'zoe', noted), ...people([5])])[2]).toContain('disabled by its owner');
  });
  it('says it too where no account has any, and so does a failure', () => {
    const noted = {...reading(null, []), notes: [{code: 'disabled' as const}]};
    const lines = at(80, 24, [
      account('openai:1', 'zoe', noted),
      account('zai:1', 'cat', null, {failure: failure('expired', {remedy: {code: 'run', command: 'codex'}})}),
    ]);
    expect(lines[2]).toContain('disabled by its owner');
    expect(lines[3]).toContain('✗ the login has expired — run `codex`');
  });
});

describe('the order', () => {
  const three = (): AccountState[] => [
    account('openai:1', 'zoe', reading(null, [window('5h', 10, 3 * hour)])),
    account('copilot:1', 'bob', reading(null, [window('5h', 90, 2 * hour)])),
    account('google:1', 'amy', reading(null, [window('5h', 50, hour)])),
    account('zai:1', 'cat', null),
  ];
  const names = (sort: LayoutSettings['sort']): string[] =>
    at(80, 24, three(), {layout: {sort}})
      .slice(2, 6)
      .map(line => /OpenAI|Copilot|Google|Z\.ai/.exec(line)?.[0] ?? '');
  it('is the settings’, or by what is tightest, resets first or is called what', () => {
    expect(names('order')).toEqual(['OpenAI', 'Copilot', 'Google', 'Z.ai']);
    expect(names('tightest')).toEqual(['Copilot', 'Google', 'OpenAI', 'Z.ai']);
    expect(names('reset')).toEqual(['Google', 'Copilot', 'OpenAI', 'Z.ai']);
    expect(names('name')).toEqual(['Copilot', 'Google', 'OpenAI', 'Z.ai']);
  });
  it('is said in the heading', () => {
    expect(at(80, 24, three(), {layout: {sort: 'tightest'}})[1]).toContain('↓ tightest');
    expect(at(80, 24, three(), {layout: {sort: 'order'}})[1]).not.toContain('↓');
  });
});

describe('what is out of view', () => {
  it('is counted in a rule, with how bad it is', () => {
    const many = people([95, 5, 80, 5, 99, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 91, 75, 100, 5]);
    const lines = at(80, 24, many, {unfolded: 'copilot'});
    const rule = lines.find(line => line.startsWith('──'));
    const shown = lines.filter(line => /^[▸ ]\d Copilot/.test(line)).length;
    expect(rule).toMatch(new RegExp(`^── ▼ ${22 - shown}, 2‼ 1! ─`));
  });
});
