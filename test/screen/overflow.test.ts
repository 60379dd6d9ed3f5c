import {afterEach, describe, expect, it} from 'vitest';
import type {MonitorState} from '../../src/core/model.ts';
import type {ProviderInfo} from '../../src/core/services.ts';
import {defaultSettings} from '../../src/core/settings.ts';
import {fakeProgram} from '../support/program.ts';
import {openTestScreen, type TestScreen} from '../support/screen.ts';
import {account, hour, monitorState, reading, window} from '../support/state.ts';

/** More providers than the screen has rows: none vanishes without a word. */

let screen: TestScreen;
afterEach(() => screen.close());

const named = (index: number): string => `Svc ${String(index + 1).padStart(2, '0')}`;

function many(count: number): {state: MonitorState; catalogue: ProviderInfo[]} {
  const indices = Array.from({length: count}, (_, index) => index);
  const catalogue = indices.map(index => ({
    id: `service${index}`,
    name: named(index),
    usageUrl: 'https://service.example/usage',
    intervalSeconds: {default: 120, floor: 60},
    places: [],
  }));
  const accounts = catalogue.map(({id}, index) =>
    account(`${id}:00000001`, `person${index}`, reading('Pro', [window('5h', index, hour)])),
  );
  const providers = accounts.map(({key, provider}) => ({id: provider, accounts: [key], hidden: 0, discovered: true}));
  return {state: {...monitorState(accounts), providers}, catalogue};
}

async function open(count: number, columns: number, rows: number): Promise<void> {
  const {state, catalogue} = many(count);
  const program = fakeProgram(state, {layout: {...defaultSettings.layout, view: 'table'}});
  program.catalogue = catalogue;
  screen = openTestScreen(program, {columns, rows});
  await screen.until(text => text.includes(named(0)));
}
/** The rule under the table, or the header where there is none. */
const said = (): string => screen.rows().find(row => /[▲▼] \d/.test(row)) ?? '';
const focused = (): string => screen.rows().find(row => row.startsWith('▸')) ?? '';
const shown = (): number =>
  screen
    .rows()
    .slice(1)
    .filter(row => /^(▸| ) ?Svc/.test(row)).length;

describe('more providers than rows', () => {
  it.each([
    [25, 80, 24],
    [40, 60, 20],
    [25, 40, 12],
    [6, 20, 5],
  ])('%i at %i×%i: it is said how many have no room', async (count, columns, rows) => {
    await open(count, columns, rows);
    expect(said()).toContain(`▼ ${count - shown()}`);
    expect(said()).not.toContain('▲');
    screen.send('G');
    await screen.until(() => focused().includes(named(count - 1)));
    expect(said()).toContain(`▲ ${count - shown()}`);
    expect(said()).not.toContain('▼');
  });
  it('are gone through with the arrows, the keys of pages and ends, and the wheel', async () => {
    await open(25, 80, 24);
    for (let step = 0; step < 18; step += 1) screen.send('j');
    await screen.until(() => focused().includes(named(18)));
    await screen.until(() => /▲ 2 ▼ 6\b/.test(said()));
    screen.send('G');
    await screen.until(() => focused().includes(named(24)));
    screen.send('k');
    await screen.until(() => focused().includes(named(23)));
    screen.send('\u001b[5~');
    await screen.until(() => focused().includes(named(7)));
    screen.send('g');
    await screen.until(() => focused().includes(named(0)));
    screen.send('\u001b[<65;10;20M');
    await screen.until(() => focused().includes(named(1)));
  });
  it('keep their footer', async () => {
    await open(25, 80, 24);
    expect(screen.rows().at(-1)).toContain('r refresh');
  });
  it('are all there where they just fit', async () => {
    await open(14, 80, 24);
    expect(shown()).toBe(14);
    expect(said()).toBe('');
  });
});
