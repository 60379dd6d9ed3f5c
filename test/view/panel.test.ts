import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {AccountState, MonitorState} from '../../src/core/model.ts';
import {nextPolls} from '../../src/core/next-poll.ts';
import {detailLines} from '../../src/view/detail.ts';
import {openPanel} from '../../src/view/frame.ts';
import {densities} from '../../src/view/layout.ts';
import {lineWidth, plain} from '../../src/view/line.ts';
import {
  columnsFor,
  filtered,
  mostScroll,
  needOf,
  type PanelModel,
  panelContent,
  panelsOf,
} from '../../src/view/panel.ts';
import {testLook} from '../support/look.ts';
import {fakeProgram} from '../support/program.ts';
import {
  account,
  crowd,
  exhausted,
  failing,
  failure,
  fresh,
  freshAccounts,
  hour,
  minute,
  monitorState,
  reading,
  someNow,
  window,
} from '../support/state.ts';

const look = testLook();
const {catalogue} = fakeProgram(fresh());
const panels = panelsOf(fresh(), catalogue, someNow);
const panelOf = (...accounts: AccountState[]): PanelModel => ({
  info: {id: 'openai', name: 'OpenAI', usageUrl: '', intervalSeconds: {default: 120, floor: 60}},
  accounts,
  looked: true,
  next: nextPolls(monitorState(accounts), someNow),
});

function drawn(
  panel: PanelModel,
  width = 60,
  density: (typeof densities)[number] = 'normal',
  scroll = 0,
  height = needOf(panel).rows[density],
): string[] {
  const inner = width - 4;
  const content = panelContent(
    panel,
    {width: inner, height, density, columns: columnsFor([panel], inner, look), scroll},
    look,
  );
  return openPanel(panel, content, {width, height: height + 2, focused: false, spinning: false, number: 1}, look).map(
    plain,
  );
}

describe('a panel', () => {
  it('shows no percentage of a limit that has reset since it was read, at any width', () => {
    const over = account('openai:3f2a91c0', 'me', reading('Plus', [window('5h', 96, 0), window('weekly', 96, hour)]));
    const [panel = panelOf(over)] = panelsOf(monitorState([over]), catalogue, someNow);
    for (const width of [38, 48, 60]) {
      const [first = '', second = ''] = drawn(panel, width).slice(1);
      expect(first).toMatch(/ \? +has reset/);
      expect(first).not.toMatch(/\d%/);
      expect(second).toMatch(/96% ‼ +1h 00m/);
      expect(first.length).toBe(second.length);
    }
    expect(drawn(panel, 80, 'spacious')[1]).toMatch(/5-hour limit +reset just now, not read since/);
    expect(detailLines(panel, 80, look).map(plain).join('\n')).toMatch(
      /5-hour limit +reset just now, not read since · /,
    );
  });
  it('has a row per window with its percentage and its reset', () => {
    const rows = drawn(
      panelOf(
        account(
          'openai:1',
          'me',
          reading('Plus', [window('5h', 62, 2 * hour + 13 * minute), window('weekly', 97, 26 * hour)]),
        ),
      ),
    );
    expect(rows[0]).toContain('1 OpenAI · Plus');
    expect(rows[1]).toMatch(/5-hour limit .* 62% {4}2h 13m/);
    expect(rows[2]).toMatch(/Weekly limit .* 97% ‼ {3}1d 2h/);
    expect(rows.at(-2)).toContain('read just now · next in 2m');
  });
  it('keeps the last reading when asking failed, and says why and what to do', () => {
    const rows = drawn(
      panelOf(
        account('openai:1', 'me', reading('Plus', [window('5h', 62, hour)]), {
          failure: failure('expired', {remedy: {code: 'codex-login'}}),
          readAt: someNow - 47 * minute,
        }),
      ),
    );
    expect(rows.join('\n')).toContain('62%');
    expect(rows.join('\n')).toContain('✗ the login has expired — run `codex` once');
    expect(rows.join('\n')).toContain('last reading 47m ago');
  });
  it('says of the next poll what will happen: paused, offline and by turns', () => {
    const unreached = (key: string, provider: string, askedAgo: number) =>
      account(key, 'me', reading('Plus', [window('5h', 62, hour)]), {
        provider,
        failure: failure('network', {unreachable: true}),
        askedAt: someNow - askedAgo,
        dueAt: someNow + 15 * minute,
      });
    const accounts = [unreached('openai:1', 'openai', 1000), unreached('zai:1', 'zai', 4000)];
    const said = (more: Partial<MonitorState>): string[] =>
      panelsOf(monitorState(accounts, more), catalogue, someNow).map(panel => drawn(panel).at(-2) ?? '');
    expect(said({offline: true})).toEqual([
      expect.stringContaining('· queued for retry'),
      expect.stringContaining('· next within 5s'),
    ]);
    for (const row of said({offline: true, paused: true})) expect(row).toMatch(/last reading just now · paused /);
    for (const row of said({})) expect(row).toContain('next in 15m');
    const [panel = panelOf()] = panelsOf(monitorState(accounts, {paused: true}), catalogue, someNow);
    expect(detailLines(panel, 80, look).map(plain).join('\n')).toMatch(/Next poll +paused/);
  });
  it('is as high with a failure as without, so that nothing jumps', () => {
    const well = account('openai:1', 'me', reading('Plus', [window('5h', 62, hour), window('weekly', 1, hour)]));
    const failed = {...well, failure: failure('network', {remedy: {code: 'network'}})};
    for (const density of densities)
      expect(needOf(panelOf(failed)).rows[density]).toBe(needOf(panelOf(well)).rows[density]);
  });
  it('says the cure even where it is too narrow for the whole line', () => {
    const rows = drawn(
      panelOf(
        account('openai:1', 'me', reading('Plus', [window('5h', 62, hour)]), {
          failure: failure('expired', {remedy: {code: 'codex-login'}}),
        }),
      ),
      38,
    );
    expect(rows.join('\n')).toContain('✗ the login has expired');
    expect(rows.join('\n')).toContain('run `codex` once');
  });
  it('gives each account a section', () => {
    const rows = drawn(
      panelOf(
        account('openai:1', 'one@example.com', reading('Plus', [window('5h', 1, hour)])),
        account('openai:2', 'two@example.com', reading('Pro', [window('5h', 2, hour)])),
      ),
    );
    expect(rows[0]).toContain('2 accounts');
    expect(rows.join('\n')).toMatch(/one@example.com · Plus ─+[\s\S]*two@example.com · Pro ─+/);
  });
  it('says what it has when there are no windows', () => {
    expect(drawn(panelOf(account('openai:1', 'me', null, {refreshing: true}))).join('\n')).toContain('refreshing…');
    expect(drawn(panelOf(account('openai:1', 'me', null))).join('\n')).toContain('no data yet');
    expect(drawn(panelOf(account('openai:1', 'me', reading(null, [])))).join('\n')).toContain(
      'no quota windows reported',
    );
  });
  it('tells unknown, unlimited, not started and zero apart', () => {
    const uses = [
      {state: 'unknown', why: ''},
      {state: 'unlimited'},
      {state: 'not-started'},
      {state: 'known', usedPercent: 0},
    ] as const;
    const rows = uses.map(
      use => drawn(panelOf(account('openai:1', 'me', reading(null, [window('5h', use, null)]))))[1],
    );
    expect(new Set(rows).size).toBe(4);
    expect(rows.filter(row => row?.includes('0%'))).toHaveLength(1);
  });
  it('makes only the rows that are visible', () => {
    const many = panelsOf(crowd(300), catalogue, someNow).find(panel => panel.info.id === 'google');
    if (!many) throw new Error('no such panel');
    const content = panelContent(
      many,
      {width: 56, height: 10, density: 'normal', columns: columnsFor([many], 56, look), scroll: 100},
      look,
    );
    expect(content.lines).toHaveLength(10);
    expect(content.above).toBe(100);
    expect(content.above + content.lines.length + content.below).toBe(needOf(many).rows.normal);
    expect(mostScroll(many, 'normal', 10)).toBe(needOf(many).rows.normal - 10);
  });
  it('fills its frame exactly, at every width, height and density', () => {
    const all = [fresh(), failing(), exhausted(), crowd(7)].flatMap(state => panelsOf(state, catalogue, someNow));
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.integer({min: 12, max: 160}),
        fc.constantFrom(...densities),
        fc.nat({max: 40}),
        fc.integer({min: 1, max: 40}),
        (panel, width, density, scroll, height) => {
          const rows = drawn(panel, width, density, scroll, height);
          expect(rows).toHaveLength(height + 2);
          for (const row of rows) expect(lineWidth([{text: row}])).toBe(width);
        },
      ),
    );
  });
});

describe('the filter', () => {
  const names = (filter: string): string[] => filtered(panels, filter, look).map(panel => panel.info.id);
  it('finds by provider, account and plan', () => {
    expect(names('copilot')).toEqual(['copilot']);
    expect(names('octo')).toEqual(['copilot']);
    expect(names('ultra')).toEqual(['google']);
    expect(names('')).toHaveLength(freshAccounts().length);
  });
  it('needs every word', () => {
    expect(names('google ultra')).toEqual(['google']);
    expect(names('google plus')).toEqual([]);
  });
  it('finds by status', () => {
    const failed = panelsOf(failing(), catalogue, someNow);
    expect(filtered(failed, 'rate_limited', look).map(panel => panel.info.id)).toEqual(['copilot']);
    expect(filtered(failed, 'cannot reach', look).map(panel => panel.info.id)).toEqual(['zai']);
  });
});
