import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {foreseen} from '../../../src/core/foresight/outlook-of.ts';
import type {AccountState, MonitorState, Use} from '../../../src/core/model.ts';
import {nextPolls} from '../../../src/core/polling/next-poll.ts';
import {detailLines} from '../../../src/view/rows/detail.ts';
import {openPanel} from '../../../src/view/rows/frame.ts';
import {headerLine} from '../../../src/view/rows/header.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {columnsFor, mostScroll, needOf, type PanelModel, panelContent, panelsOf} from '../../../src/view/rows/panel.ts';
import {testLook} from '../../support/look.ts';
import {fakeProgram, forecastsFrom} from '../../support/program.ts';
import {
  account,
  crowd,
  exhausted,
  failing,
  failure,
  fresh,
  hour,
  minute,
  monitorState,
  reading,
  someNow,
  window,
} from '../../support/state.ts';

const context = testLook();
const {catalogue} = fakeProgram(fresh());
const panelOf = (...accounts: AccountState[]): PanelModel => ({
  info: {id: 'openai', name: 'OpenAI', usageUrl: '', intervalSeconds: {default: 120, floor: 60}, places: []},
  accounts: accounts.map(each => foreseen(each, forecastsFrom([], someNow), someNow)),
  discovered: true,
  next: nextPolls(monitorState(accounts), someNow),
});

function drawn(
  panel: PanelModel,
  width = 60,
  height = needOf(panel, context).full(width - 4),
  {scroll = 0, focused = false, at = context} = {},
): string[] {
  const inner = width - 4;
  const content = panelContent(panel, {width: inner, height, columns: columnsFor([panel], inner, at), scroll}, at);
  return openPanel(panel, content, {width, height: height + 2, focused, spinning: false, number: 1}, at).map(plain);
}

describe('a panel', () => {
  describe('with a balance and no limit', () => {
    const amounts = (['usd', 'cny'] as const).flatMap(unit =>
      (['balance', 'balance/granted', 'balance/paid'] as const).map(id => ({id, value: 12.5, unit})),
    );
    const balance = (more: Partial<AccountState> = {}) =>
      account('deepseek:1', 'key', reading(null, [], amounts), more);

    it('is small and has no percentage; what the balance is made of stands in the detail view', () => {
      const text = drawn(panelOf(balance()), 60, 1);
      expect(text).toHaveLength(3);
      expect(text[1]).toContain('Balance $12.50 · CN¥12.50 ');
      expect(text.join()).not.toMatch(/%|no quota windows|Granted/);
      const detail = detailLines(panelOf(balance()), 80, context).map(plain).join('\n');
      expect(detail).toMatch(/Granted balance +\$12\.50[\s\S]*Paid balance +CN¥12\.50/);
      expect(detail).not.toMatch(/%|no quota windows/);
    });

    it('keeps the last amounts beside a failure', () => {
      const text = drawn(panelOf(balance({failure: failure('network')})), 60).join('\n');
      expect(text).toMatch(/cannot reach the service[\s\S]*Balance \$12\.50/);
    });
  });

  it('shows no percentage of a limit that has reset since it was read, at any width', () => {
    const over = account('openai:3f2a91c0', 'me', reading('Plus', [window('5h', 96, 0), window('weekly', 96, hour)]));
    const [panel = panelOf(over)] = panelsOf(monitorState([over]), catalogue, someNow);
    for (const [width, words] of [
      [38, '? reset just now'],
      [60, '? reset just now, not read since'],
    ] as const) {
      const [first = '', second = ''] = drawn(panel, width).slice(1);
      expect(first).toContain(` ${words} `);
      expect(first).not.toMatch(/\d%/);
      expect(second).toMatch(/96% ‼.* 1h00m/);
      expect(first.length).toBe(second.length);
    }
    expect(detailLines(panel, 80, context).map(plain).join('\n')).toMatch(
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
    expect(rows[1]).toMatch(/5-hour limit .* 62% {3}▲6 {3}2h13m/);
    expect(rows[2]).toMatch(/Weekly limit .* 97% ‼ ▲12 {2}1d02h/);
    expect(rows.at(-1)).toMatch(/^╰─+ just now · next 2m ─╯$/);
  });
  it('keeps the last reading when asking failed, and says why and what to do', () => {
    const rows = drawn(
      panelOf(
        account('openai:1', 'me', reading('Plus', [window('5h', 62, hour)]), {
          failure: failure('expired', {remedy: {code: 'run', command: 'codex'}}),
          readAt: someNow - 47 * minute,
        }),
      ),
    );
    expect(rows.join('\n')).toContain('62%');
    expect(rows.join('\n')).toContain('✗ the login has expired — run `codex`');
    expect(rows.join('\n')).toMatch(/╰─+ 47m ago · next 2m ─╯/);
  });
  it('says of the next poll what will happen: paused, offline and by turns', () => {
    const unreached = (key: string, provider: string, askedAgo: number) =>
      account(key, 'me', reading('Plus', [window('5h', 62, hour)]), {
        provider,
        failure: failure('network', {unreachable: true}),
        lastAttemptAt: someNow - askedAgo,
        dueAt: someNow + 15 * minute,
      });
    const accounts = [unreached('openai:1', 'openai', 1000), unreached('zai:1', 'zai', 4000)];
    const said = (more: Partial<MonitorState>): string[] =>
      panelsOf(monitorState(accounts, more), catalogue, someNow).map(panel => drawn(panel).at(-1) ?? '');
    expect(said({offline: true})).toEqual([
      expect.stringContaining('· queued for retry'),
      expect.stringContaining('· next within 5s'),
    ]);
    for (const row of said({offline: true, paused: true})) expect(row).toMatch(/ just now · paused /);
    for (const row of said({})) expect(row).toContain('next 15m');
    const header = (more: Partial<MonitorState>): string =>
      plain(headerLine(monitorState(accounts, more), [], {above: 0, below: 0}, 120, context));
    expect(header({offline: true})).toContain('retrying');
    expect(header({offline: true, paused: true})).toMatch(/offline {2}polling paused/);
    const [panel = panelOf()] = panelsOf(monitorState(accounts, {paused: true}), catalogue, someNow);
    expect(detailLines(panel, 80, context).map(plain).join('\n')).toMatch(/Next poll +paused/);
  });
  it('says the cure even where it is too narrow for the whole line', () => {
    const rows = drawn(
      panelOf(
        account('openai:1', 'me', reading('Plus', [window('5h', 62, hour)]), {
          failure: failure('expired', {remedy: {code: 'run', command: 'codex'}}),
        }),
      ),
      38,
      4,
    );
    expect(rows.join('\n')).toContain('✗ the login has expired');
    expect(rows.join('\n')).toContain('run `codex`');
  });
  it('says reason and cure once, as long as there are rows for them', () => {
    const none = account('zhipu:1', 'key', null, {
      failure: failure('no_plan', {
        remedy: {code: 'subscribe', name: 'the GLM Coding Plan', url: 'https://plans.example.com/coding'},
      }),
      dueAt: null,
    });
    for (const width of [39, 57, 80]) {
      const rows = drawn(panelOf(none), width);
      const text = rows.join('\n');
      expect(text.match(/✗/g)).toHaveLength(1);
      expect(text).toContain('✗ no plan on this account');
      expect(text).toContain('https://plans.example.com/coding');
      // No row is left free while something has to be said.
      expect(rows.filter(row => /^│ +│$/.test(row))).toEqual([]);
    }
  });
  it('counts in its border what it has no room for, and what is bad of it', () => {
    const worn = account(
      'google:1',
      'me',
      reading(
        'Pro',
        [window('gemini/5h', 10, hour), window('gemini/weekly', 85, hour), window('claude-gpt/5h', 99, hour)],
        [{id: 'credits', value: 5, unit: 'credits'}],
      ),
    );
    expect(drawn(panelOf(worn), 60, 1).at(-1)).toMatch(/^╰─ 5 credits ─+ ▼ 2, 1‼ 1! ─ just now · next 2m ─╯$/);
    expect(drawn(panelOf(worn), 60, 1, {scroll: 1}).at(-1)).toMatch(/ ▲ 1 ▼ 1, 1‼ ─ just now · next 2m ─╯$/);
    expect(drawn(panelOf(worn), 60, 1, {scroll: 2}).at(-1)).toMatch(/ ▲ 2, 1! ─ just now · next 2m ─╯$/);
    expect(drawn(panelOf(worn), 40, 1).at(-1)).toMatch(/^╰─ 5 credits ─+ ▼ 2, 1‼ 1! ─ just now ─╯$/);
    const failed = {...worn, key: 'google:2', failure: failure('network')};
    expect(drawn(panelOf(worn, failed), 60, 2).at(-1)).toMatch(/ ▼ 9, 2‼ 1✗ 2! ─ next 2m ─╯$/);
  });
  it('never drops how much is hidden from its border, whatever else stands there, while there is room for it', () => {
    const worn = account(
      'google:1',
      'me',
      reading(
        'Pro',
        [window('gemini/5h', 10, hour), window('weekly', 99, hour)],
        [{id: 'credits', value: 5, unit: 'credits'}],
      ),
      {failure: failure('expired', {remedy: {code: 'run', command: 'codex'}}), readAt: someNow - 47 * minute},
    );
    for (let width = 16; width < 120; width += 1) {
      const foot = drawn(panelOf(worn), width, 1).at(-1) ?? '';
      expect(foot).toMatch(/ ▼ \d, 1‼ ─/);
      expect(lineWidth([{text: foot}])).toBe(width);
    }
  });
  it('has amounts in its border, and in a row where they do not fit into it', () => {
    const rich = (value: number): PanelModel =>
      panelOf(
        account('openai:1', 'me', reading('Plus', [window('5h', 1, hour)], [{id: 'credits', value, unit: 'credits'}])),
      );
    expect(drawn(rich(796.25), 60)).toEqual([
      expect.anything(),
      expect.stringMatching(/ 5.*1%/),
      expect.stringMatching(/^╰─ 796.25 credits ─+ just now · next 2m ─╯$/),
    ]);
    expect(drawn(rich(796.25), 39)).toEqual([
      expect.anything(),
      expect.stringMatching(/ 5.*1%/),
      expect.stringMatching(/^│ 796.25 credits +│$/),
      expect.stringMatching(/^╰─+ just now · next 2m ─╯$/),
    ]);
  });
  it('names a host that stands in for the real one in its border, else in a row, and never in part', () => {
    const diverted = (host: string): PanelModel => ({
      ...panelOf(account('openai:1', 'me', reading('Plus', [window('5h', 1, hour)]))),
      endpoint: `http://${host}`,
    });
    expect(drawn(diverted('127.0.0.1:80'), 60).at(-1)).toMatch(/^╰─ via 127.0.0.1:80 ─+ just now · next 2m ─╯$/);
    const long = drawn(diverted('a-proxy.with-a-long-name.example:8443'), 44);
    expect(long.join('')).toMatch(/│ via +││ a-proxy.with-a-long-name.example:8443 /);
    expect(long.at(-1)).toMatch(/^╰─+ just now · next 2m ─╯$/);
  });
  it('gives windows that say nothing but their state one row, by state', () => {
    const state = (id: string, use: Use) => window(id, use, null);
    const rows = drawn(
      panelOf(
        account(
          'google:1',
          'me',
          reading('Pro', [
            window('chat/monthly', {state: 'unlimited'}, 9 * 24 * hour),
            state('gemini/5h', {state: 'not-started'}),
            window('premium/monthly', 72, 9 * 24 * hour),
            window('completions/monthly', {state: 'unlimited'}, 9 * 24 * hour),
            state('gemini/weekly', {state: 'not-started'}),
            state('total', {state: 'unknown', why: ''}),
          ]),
        ),
      ),
    ).slice(1, -1);
    expect(rows).toEqual([
      expect.stringMatching(/^│ Premium month ━.* 72% /),
      expect.stringMatching(/^│ total +\? · /),
      expect.stringMatching(/^│ Chat, Compl\. +∞ unlimited +│$/),
      expect.stringMatching(/^│ Gemini 5h, Gemini week {2}○ not started +│$/),
    ]);
    const alone = panelOf(account('google:1', 'me', reading('Pro', [state('5h', {state: 'unlimited'})])));
    expect(drawn(alone)[1]).toMatch(/^│ 5h +∞ unlimited +│$/);
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(id => state(`pool-of-${id}/monthly`, {state: 'unlimited'}));
    expect(drawn(panelOf(account('google:1', 'me', reading('Pro', many))), 50)[1]).toMatch(
      /^│ Pool Of A, Pool Of B, \d more {2}∞ unlimited/,
    );
  });
  it('is framed heavily where it has the focus, also in ASCII', () => {
    const panel = panelOf(account('openai:1', 'me', reading('Plus', [window('5h', 1, hour)])));
    const frame = (look: Parameters<typeof drawn>[3]): string[] => {
      const rows = drawn(panel, 40, 1, look);
      return [rows[0]?.slice(0, 3), rows[1]?.at(0), rows[2]?.slice(-2)].map(String);
    };
    const ascii = testLook({ascii: true, glyphs: 'ascii'});
    expect(frame({})).toEqual(['╭─ ', '│', '─╯']);
    expect(frame({focused: true})).toEqual(['┏━ ', '┃', '━┛']);
    expect(frame({at: ascii})).toEqual(['+- ', '|', '-+']);
    expect(frame({at: ascii, focused: true})).toEqual(['#= ', '#', '=#']);
  });
  it('shortens notes before it hides anything', () => {
    const failed = account(
      'copilot:1',
      'me',
      reading(
        'Pro',
        [window('premium/monthly', 62, hour), window('chat/monthly', 3, hour)],
        [],
        [{code: 'message', text: 'a note of a good many words, which certainly needs another row'}],
      ),
      {failure: failure('auth_rejected', {remedy: {code: 'renew-plan', url: 'https://example.com/renew/it'}})},
    );
    const heights = [6, 5, 4].map(height => drawn(panelOf(failed), 40, height));
    for (const rows of heights) {
      expect(rows.join('\n')).toContain('https://example.com/renew/it');
      expect(rows.join('\n')).toMatch(/62%[\s\S]*3%/);
    }
    expect(heights.map(rows => /another row/.test(rows.join('\n')))).toEqual([true, false, false]);
    expect(heights.map(rows => /▼ \d/.test(rows.at(-1) ?? ''))).toEqual([false, false, true]);
  });
  it('says with which key the cure is shown where it has no room at all', () => {
    const keys = testLook({openKey: 'Enter'});
    const failed = account('google:1', 'me', reading('Pro', [window('gemini/5h', 62, hour)]), {
      failure: failure('auth_rejected', {
        remedy: {code: 'verify', name: 'Google', url: 'https://accounts.example.com/verify?continue=1'},
      }),
    });
    const view = {width: 40, height: 2, columns: columnsFor([], 40, keys), scroll: 0};
    const [, last = []] = panelContent(panelOf(failed), view, keys).lines;
    expect(plain(last).trimEnd()).toBe('✗ rejected · Enter: what to do');
  });
  it('begins with what to do where there are more windows than rows', () => {
    const windows = ['gemini/5h', 'gemini/weekly', 'claude-gpt/5h'].map(id => window(id, 62, hour));
    const failed = account('google:1', 'me', reading('Pro', windows), {
      failure: failure('expired', {remedy: {code: 'run', command: 'codex'}}),
    });
    const rows = drawn(panelOf(failed), 40, 2);
    expect(rows[1]).toContain('run `codex`');
    expect(rows[2]).toContain('62%');
    expect(rows[3]).toContain('▼ 2');
    expect(mostScroll(panelOf(failed), {width: 36, height: 2}, context)).toBe(2);
  });
  it('writes a long note over several rows where there is room', () => {
    const noted = account(
      'openai:1',
      'me',
      reading('Plus', [window('5h', 62, hour)], [], [{code: 'limit-reached-using-credits', text: 'workspace'}]),
    );
    const text = drawn(panelOf(noted), 39, 5)
      .join('\n')
      .replace(/[│\s]+/g, ' ');
    expect(text).toContain('limit reached, using credits: workspace');
    expect(drawn(panelOf(noted), 39, 2).join('\n')).toContain('limit reached, using credits: work…');
  });
  it('gives each account a section, and every failure among them as many rows as it needs', () => {
    const rows = drawn(
      panelOf(
        account('google:1', 'one@example.com', reading('Pro', [window('gemini/5h', 1, hour)]), {
          failure: failure('auth_rejected', {
            remedy: {code: 'verify', name: 'Google', url: 'https://accounts.example.com/verify'},
          }),
        }),
        account('google:2', 'two@example.com', null, {
          failure: failure('expired', {remedy: {code: 'open', name: 'opencode'}}),
        }),
      ),
      48,
      12,
    );
    const text = rows.join('\n');
    expect(text).toContain('https://accounts.example.com/verify ');
    expect(text.replace(/[│\s]+/g, ' ')).toContain('✗ the login has expired — open opencode once');
  });
  it('drops the plan from the heading of a section before the account, and keeps a rule', () => {
    const of = (label: string): AccountState =>
      account(`google:${label}`, label, reading('Google AI Pro', [window('gemini/5h', 1, hour)]));
    const heading = (width: number): string => drawn(panelOf(of('sky@demo.example'), of('b')), width)[1] ?? '';
    expect(heading(60)).toMatch(/│ sky@demo.example · Google AI Pro ─+ just now │/);
    expect(heading(40)).toMatch(/│ sky@demo.example ─+ just now │/);
  });
  it('says of one account among several that its work has stopped, whatever the bars say', () => {
    const stopped = {
      ...reading('Team', [window('5h', 20, hour)]),
      notes: [{code: 'limit-reached' as const, text: 'spend'}],
    };
    const panel: PanelModel = {
      ...panelOf(account('openai:1', 'anna', stopped)),
      accounts: [
        account('openai:1', 'anna', stopped),
        account('openai:2', 'ben', reading('Plus', [window('5h', 5, hour)])),
      ],
    };
    const rows = drawn(panel, 60);
    expect(rows.filter(row => row.includes('limit reached'))).toHaveLength(1);
    expect(rows.findIndex(row => row.includes('limit reached'))).toBeLessThan(
      rows.findIndex(row => row.includes('ben')),
    );
  });
  it('never lets its title drop the account before the plan, and keeps a rule between them', () => {
    const named = (name: string, label: string): PanelModel => ({
      ...panelOf(account('google:1', label, reading('Google AI Pro', [window('gemini/5h', 1, hour)]))),
      info: {...panelOf().info, id: 'google', name},
    });
    const title = (width: number, label = 'anna@example.com'): string =>
      drawn(named('Google Antigravity', label), width)[0] ?? '';
    expect(title(80)).toMatch(/^╭─ 1 Google Antigravity · Google AI Pro ─+ anna@example.com ─╮$/);
    expect(title(52)).toMatch(/^╭─ 1 Google · Google AI Pro ─+ anna@example.com ─╮$/);
    expect(title(48)).toMatch(/^╭─ 1 Google Antigravity ─+ anna@example.com ─╮$/);
    expect(title(39)).toMatch(/^╭─ 1 Google ─+ anna@example.com ─╮$/);
    expect(title(30)).toMatch(/^╭─ 1 Google ─+ anna@examp… ─╮$/);
    for (let width = 28; width < 90; width += 1)
      for (const label of ['a', 'octo6', 'somebody.with.a.long.name@example.com']) {
        const shown = title(width, label);
        expect(shown).toMatch(/ [a-z0-9.@]+…? ─╮$/);
        expect(shown).not.toContain('  ');
      }
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
      {width: 56, height: 10, columns: columnsFor([many], 56, context), scroll: 100},
      context,
    );
    expect(content.lines).toHaveLength(10);
    expect(content.above).toBe(100);
    expect(content.above + content.lines.length + content.below).toBe(needOf(many, context).full(56));
    expect(mostScroll(many, {width: 56, height: 10}, context)).toBe(needOf(many, context).full(56) - 10);
  });
  it('fills its frame exactly, at every width and height', () => {
    const all = [fresh(), failing(), exhausted(), crowd(7)].flatMap(state => panelsOf(state, catalogue, someNow));
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.integer({min: 12, max: 160}),
        fc.nat({max: 40}),
        fc.integer({min: 1, max: 40}),
        fc.boolean(),
        (panel, width, scroll, height, focused) => {
          const rows = drawn(panel, width, height, {scroll, focused});
          expect(rows).toHaveLength(height + 2);
          for (const row of rows) expect(lineWidth([{text: row}])).toBe(width);
        },
      ),
    );
  });
});
