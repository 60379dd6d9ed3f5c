import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {WindowForecast} from '../../src/core/foresight/forecasts.ts';
import type {AccountState} from '../../src/core/model.ts';
import {type FakeProgram, fakeProgram} from '../support/program.ts';
import {countRenders} from '../support/renders.ts';
import {openTestScreen, type TestScreen} from '../support/screen.ts';
import {fresh, hour, minute, someNow} from '../support/state.ts';

/** Who is drawn when: the whole program on a terminal, and the components that React called. */

process.env.TZ = 'UTC';

const renders = countRenders();
let screen: TestScreen;
let program: FakeProgram;
beforeEach(async () => {
  program = fakeProgram(fresh());
  program.forecasts.set(() => null);
  screen = openTestScreen(program, {columns: 120, rows: 40});
  await screen.until(text => text.includes('q quit'));
  await screen.until(() => program.calls.length === 5);
  // Each panel once more when its history has been read.
  const isRead = (count: number): boolean => count > 1;
  await screen.until(() => Object.values(renders.counts()).filter(isRead).length >= 5);
  renders.reset();
});
afterEach(() => screen.close());

const parts =
  /^(App|Monitor|Dashboard|ProviderPanel|TableView|TableRow|TableEdges|PreviewPanel|Header|Footer|NotSetUp|Dialog|Polling)\b/;
/** The parts of the screen that were drawn since the last time, and how often. */
const drawn = () => Object.fromEntries(Object.entries(renders.counts()).filter(([name]) => parts.test(name)));
const says = (text: string): Promise<void> => screen.until(shown => shown.includes(text));

function change(provider: string, more: (account: AccountState) => Partial<AccountState>): void {
  program.state.update(state => ({
    ...state,
    accounts: Object.fromEntries(
      Object.entries(state.accounts).map(([key, account]) => [
        key,
        account.provider === provider ? {...account, ...more(account)} : account,
      ]),
    ),
  }));
}
const withUse =
  (usedPercent: number) =>
  ({reading}: AccountState): Partial<AccountState> => ({
    reading: reading && {
      ...reading,
      windows: reading.windows.map(window => ({...window, use: {state: 'known', usedPercent}})),
    },
  });
const panels = (...ids: string[]) => Object.fromEntries(ids.map(id => [`ProviderPanel ${id}`, 1]));

describe('a reading that came in', () => {
  it('draws the panel of its own provider, and nothing else', async () => {
    change('openai', withUse(57));
    await says('57%');
    expect(drawn()).toEqual(panels('openai'));
  });
  it('draws the header too when its limit becomes the tightest', async () => {
    change('zai', withUse(97));
    await says('tightest Z.ai 5h 97% ‼');
    expect(drawn()).toEqual({...panels('zai'), Header: 1});
  });
  it('draws nothing where it says what was said before', async () => {
    program.state.update(({accounts, ...state}) => ({...state, accounts: structuredClone(accounts)}));
    program.state.update(({providers, ...state}) => ({...state, providers: structuredClone(providers)}));
    change('zai', withUse(57));
    await says('57%');
    expect(drawn()).toEqual(panels('zai'));
  });
  it('writes the rows of its panel anew, and those of the agenda, and no others', async () => {
    change('openai', ({reading}) => ({
      reading: reading && {
        ...reading,
        windows: reading.windows.map((window, at) =>
          at === 0 ? {...window, use: {state: 'known', usedPercent: 57}} : window,
        ),
      },
    }));
    await says('57%');
    expect(renders.counts().Rows).toBe(2);
  });
  it('moves the panels below its own when it needs more rows', async () => {
    change('google', ({reading}) => ({reading: reading && {...reading, notes: [{code: 'disabled'}]}}));
    await says('disabled by its owner');
    expect(drawn()).toEqual({Dashboard: 1, ...panels('google', 'zai', 'zhipu')});
  });
});

describe('a screen', () => {
  // The screen itself and Ink's own; the header, two lines at the foot, the agenda, a history.
  const besides = 8;
  it('is one node for each panel, and in the table one for all rows', async () => {
    expect(renders.nodes()).toBeLessThanOrEqual(5 + besides);
    screen.send('v');
    await says(' provider ');
    // The rows, their heading, the panel below them.
    expect(renders.nodes()).toBeLessThanOrEqual(3 + besides);
  });
});

describe('a forecast that was made again', () => {
  const out = (hours: number, minutes = 0): WindowForecast => {
    const runOutAt = someNow + hours * hour + minutes * minute;
    const range = [runOutAt - 5 * hour, runOutAt + 5 * hour] as const;
    const use = {usedAtReset: 100, usedRange: [90, 100] as const};
    return {verdict: 'runs-out', probability: 0.9, runOutAt, range, ...use, learnedFrom: 0};
  };
  const forecast = (made: WindowForecast): void =>
    program.forecasts.set(({key}, {id}) => (key.startsWith('openai') && id === 'weekly' ? made : null));
  beforeEach(async () => {
    screen.resize(78, 40);
    program.settings.update(before => ({...before, layout: {...before.layout, view: 'panels'}}));
    forecast(out(30));
    await says('out ~Mon 15:00');
    renders.reset();
  });

  it('draws nothing where it says what was said before', async () => {
    forecast(out(30, 10));
    forecast({...out(30, 5), probability: 0.91, usedRange: [90.3, 100]});
    forecast(out(40));
    await says('out ~Tue 01:00');
    expect(drawn()).toEqual({...panels('openai')});
  });
  it('makes its limit the tightest in the header', async () => {
    expect(screen.text()).toMatch(/OpenAI week 21%/);
    screen.resize(120, 40);
    await says('tightest OpenAI week 21% out ~Mon 15:00');
    program.forecasts.set(() => null);
    await screen.until(text => !text.includes('out ~'));
    expect(screen.text()).not.toMatch(/OpenAI week 21%/);
  });
});

describe('a refresh', () => {
  it('draws the panel that it is for when it begins and when it ends', async () => {
    change('google', () => ({refreshing: true}));
    await says('Ultra ⠋');
    change('google', () => ({refreshing: false}));
    await screen.until(text => !/Ultra [⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/.test(text));
    expect(drawn()).toEqual({'ProviderPanel google': 2});
  });
  it('lets the spinner turn without any panel', async () => {
    change('google', () => ({refreshing: true}));
    await says('Ultra ⠋');
    renders.reset();
    await says('Ultra ⠙');
    await says('Ultra ⠹');
    expect(drawn()).toEqual({});
  });
});

describe('a key', () => {
  it('that moves the focus draws the two panels between which it moves, not the root', async () => {
    screen.send('\t');
    await screen.until(() => drawn().Dashboard === 1);
    expect(drawn()).toEqual({Dashboard: 1, ...panels('openai', 'copilot')});
  });
  it('that says something draws the footer alone', async () => {
    screen.send('\u001b[200~nothing is pasted here\u001b[201~y');
    await says('copied');
    expect(drawn()).toEqual({Footer: 1});
  });
  it('that pauses draws the header, and every panel that says when it polls next', async () => {
    screen.send('p');
    await screen.until(text => (text.match(/paused/g) ?? []).length > 5);
    expect(drawn()).toEqual({Header: 1, Footer: 1, ...panels('openai', 'copilot', 'google', 'zai', 'zhipu')});
  });
  it('that opens a dialog takes the panels away, and no poll with them', async () => {
    screen.send('?');
    await says('refresh all providers');
    expect(drawn()).toMatchObject({Monitor: 1, Dialog: 1});
    expect(program.calls.filter(call => call.startsWith('release'))).toEqual([]);
    renders.reset();
    change('openai', withUse(57));
    change('openai', withUse(58));
    screen.send('j');
    await screen.until(text => text.includes('▸ R '));
    expect(drawn()).toEqual({Dialog: 1});
  });
});

describe('the turn of a minute', () => {
  it('draws every panel and the header once, not the root', async () => {
    program.time.now += 10 * minute;
    await says('09:10');
    expect(drawn()).toEqual({Header: 1, ...panels('openai', 'copilot', 'google', 'zai', 'zhipu')});
  });
});

describe('another size', () => {
  it('draws everything', async () => {
    screen.resize(100, 40);
    await screen.until(() => (drawn().Monitor ?? 0) > 0);
    expect(drawn()).toMatchObject({Monitor: 1, Dashboard: 1, Header: 1, Footer: 1, ...panels('openai', 'zhipu')});
  });
});

describe('in the table', () => {
  const rows = (...ids: string[]) =>
    Object.fromEntries(
      Object.keys(program.state.get().accounts)
        .filter(key => ids.some(id => key.startsWith(id)))
        .map(key => [`TableRow ${key}`, 1]),
    );

  beforeEach(async () => {
    screen.send('v');
    await says(' provider ');
    await screen.until(text => text.includes('q quit'));
    renders.reset();
  });
  it('a reading draws the row of its own account, and nothing else', async () => {
    change('copilot', withUse(57));
    await says('57%');
    expect(drawn()).toMatchObject(rows('copilot'));
    expect(Object.keys(drawn()).filter(name => name.startsWith('TableRow'))).toEqual(Object.keys(rows('copilot')));
    expect(drawn()).not.toHaveProperty('TableView');
    expect(drawn()).not.toHaveProperty('PreviewPanel');
  });
  it('a reading of the focused account draws its row and the panel below', async () => {
    change('openai', withUse(57));
    await says('57%');
    expect(drawn()).toEqual({...rows('openai'), PreviewPanel: 1});
  });
  it('a key that moves the focus draws the two rows between which it moves, and the panel below', async () => {
    screen.send('j');
    await says('▸2 Copilot');
    expect(drawn()).toEqual({TableView: 1, ...rows('openai', 'copilot'), PreviewPanel: 1});
  });
  it('the turn of a minute draws every row once, not the root', async () => {
    program.time.now += 10 * minute;
    await says('09:10');
    expect(drawn()).toMatchObject({Header: 1, ...rows('openai', 'copilot', 'google', 'zai', 'zhipu')});
    expect(drawn()).not.toHaveProperty('Monitor');
  });
});
