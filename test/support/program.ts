import {createOutlet} from '../../src/core/alerts/outlet.ts';
import {createForecasts, type ForecastOf, type WindowForecast} from '../../src/core/foresight/forecasts.ts';
import type {SeriesHistory} from '../../src/core/ledger.ts';
import type {MonitorState} from '../../src/core/model.ts';
import type {CredentialRow, LoginDraft, RefreshAnswer, Services} from '../../src/core/services.ts';
import {defaultSettings, type Settings} from '../../src/core/settings.ts';
import {createStore, type Store} from '../../src/core/store.ts';
import {inventedUse} from '../../src/system/demo-history.ts';
import {familyCatalogue} from './families.ts';
import {someNow} from './state.ts';

export type FakeProgram = Services & {
  state: Store<MonitorState>;
  calls: string[];
  drafts: LoginDraft[];
  /** What the next refresh answers. */
  answer: RefreshAnswer | null;
  /** What the next `verify` says; null: it worked. */
  verdict: string | null;
  rows: CredentialRow[];
  /** The id in our own store of the next login that is added. */
  newId: string;
  time: {now: number};
  forecasts: Store<ForecastOf>;
};

export const forecastsFrom = (history: readonly SeriesHistory[], now: number): ForecastOf =>
  createForecasts(() => history, now);

const watched = new Map<string, WindowForecast | null>();

/** As if the program had watched these accounts for weeks. */
export const longWatched: ForecastOf = (account, window) => {
  if (account.failure !== null || account.readAt === null) return null;
  const name = `${account.key} ${window.id} ${JSON.stringify(window.use)} ${window.resetsAt} ${account.readAt}`;
  const known = watched.get(name);
  if (known !== undefined) return known;
  const own = {account: account.key, window: window.id, ...inventedUse(window, account.readAt, window.id)};
  const forecast = createForecasts(() => [own], someNow)(account, window);
  watched.set(name, forecast);
  return forecast;
};

/** A program with real providers, on a real store, whose monitor only writes down what it was asked to do. */
export function fakeProgram(state: MonitorState, settings: Partial<Settings> = {}): FakeProgram {
  const store = createStore(state);
  const kept = createStore({settings: {...defaultSettings, ...settings}, problems: [], themes: new Map()} as ReturnType<
    Services['settings']['store']['get']
  >);
  const calls: string[] = [];
  const forecasts = createStore(forecastsFrom([], someNow));
  const fake: FakeProgram = {
    version: '0.1.0',
    state: store,
    calls,
    drafts: [],
    answer: null,
    verdict: null,
    rows: [],
    newId: 'stored-new',
    time: {now: someNow},
    forecasts,
    catalogue: familyCatalogue,
    alerts: createOutlet(() => undefined),
    monitor: {
      store,
      lease(providers) {
        calls.push(`lease ${providers.join(',')}`);
        return () => calls.push(`release ${providers.join(',')}`);
      },
      refresh(keys) {
        calls.push(`refresh ${keys.join(',')}`);
        return fake.answer ?? {refreshing: [...keys], tooSoon: [], waiting: []};
      },
      setPaused(paused) {
        calls.push(`paused ${paused}`);
        store.update(before => ({...before, paused}));
      },
      readOnce: async () => store.get(),
      lookOnce: async () => store.get(),
      forecasts,
      learnedOf: () => null,
      requests: () => [],
      rediscover: async () => {
        calls.push('rediscover');
      },
      close: async () => {},
    },
    settings: {store: kept, update: change => kept.update(before => ({...before, settings: change(before.settings)}))},
    credentials: {
      rows: async () => fake.rows,
      orphans: async () => [],
      search: async () => [],
      async verify(draft) {
        fake.drafts.push(draft);
        return fake.verdict;
      },
      async add(draft) {
        calls.push(`add ${draft.provider}`);
        return fake.newId;
      },
      replace: async id => void calls.push(`replace ${id}`),
      rename: async (id, label) => void calls.push(`rename ${id} ${label}`),
      async remove(id) {
        calls.push(`remove ${id}`);
        return true;
      },
      setHidden: (key, hidden) => void calls.push(`hidden ${key} ${hidden}`),
    },
    history: () => [],
    forecastsOf: () => [],
    keepForecasts() {},
    now: () => fake.time.now,
    redact: text => text,
    close: async () => {},
  };
  return fake;
}
