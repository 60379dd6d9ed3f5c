import type {AccountState, MonitorState, Reading} from '../../src/core/model.ts';
import type {ProviderInfo} from '../../src/core/services.ts';
import {familyCatalogue} from './families.ts';
import {type FakeProgram, fakeProgram} from './program.ts';
import {busy, exhausted, failing, fresh, monitorState} from './state.ts';

/** As many providers as are wanted: the real ones over again under other ids, each with several accounts. */

/** What the monitor can look like. */
/** `forecasting`: what is fresh, and a history of weeks that forecasts come of. */
export const manyStates = {fresh, busy, failing, exhausted, forecasting: fresh} satisfies Record<
  string,
  () => MonitorState
>;
export type ManyState = keyof typeof manyStates;

export type Many = {state: MonitorState; catalogue: ProviderInfo[]};

/** The first ones keep their names; the later ones are numbered: 'openai-2', 'OpenAI 2'. */
export function manyProviders(count: number, of: ManyState = 'fresh', accountsEach = 2): Many {
  const indices = Array.from({length: count}, (_, index) => index);
  const catalogue = indices.map(infoAt);
  const accounts = catalogue.flatMap((info, index) => accountsOf(info, index, of, accountsEach));
  const providers = catalogue.map(({id}) => ({
    id,
    accounts: accounts.filter(({provider}) => provider === id).map(({key}) => key),
    hidden: 0,
    discovered: true,
  }));
  return {state: {...monitorState(accounts), providers}, catalogue};
}

/** A program that has them, with real providers behind the repeated ones. */
export function manyProgram(count: number, of: ManyState = 'fresh', accountsEach = 2): FakeProgram {
  const {state, catalogue} = manyProviders(count, of, accountsEach);
  const program = fakeProgram(state);
  program.catalogue = catalogue;
  return program;
}

const roundOf = (index: number): number => Math.floor(index / familyCatalogue.length);

function infoAt(index: number): ProviderInfo {
  const info = familyCatalogue[index % familyCatalogue.length];
  if (info === undefined) throw new Error('there are no providers to repeat');
  const round = roundOf(index);
  return round === 0 ? info : {...info, id: `${info.id}-${round + 1}`, name: `${info.name} ${round + 1}`};
}

function accountsOf(info: ProviderInfo, index: number, of: ManyState, count: number): AccountState[] {
  const family = familyCatalogue[index % familyCatalogue.length]?.id;
  const model = Object.values(manyStates[of]().accounts).find(({provider}) => provider === family);
  if (model === undefined) throw new Error(`no account of ${family} to repeat`);
  return Array.from({length: count}, (_, at) => ({
    ...model,
    key: `${info.id}:${(index * 16 + at).toString(16).padStart(8, '0')}`,
    provider: info.id,
    label: at === 0 ? model.label : `${at + 1}-${model.label}`,
    reading: model.reading && shifted(model.reading, of === 'exhausted' ? 0 : (roundOf(index) * 7 + at * 11) % 60),
  }));
}

/** The figures a little lower, so that accounts can be told apart. */
const shifted = (reading: Reading, points: number): Reading => ({
  ...reading,
  windows: reading.windows.map(window =>
    window.use.state === 'known'
      ? {...window, use: {...window.use, usedPercent: Math.max(1, window.use.usedPercent - points)}}
      : window,
  ),
});
