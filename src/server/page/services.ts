import type {HistoryOf} from '../../core/foresight/history-log.ts';
import {emptySeries, restore, type Series, take} from '../../core/foresight/series.ts';
import {sampleOf} from '../../core/foresight/usage.ts';
import type {SeriesHistory} from '../../core/ledger.ts';
import type {Services} from '../../core/services.ts';
import type {Settings} from '../../core/settings.ts';
import {createStore} from '../../core/store.ts';
import type {Known} from './parts.ts';

/** The services of the screen, fed by a server: what would ask or change something on its machine is not there. */
export type PageServices = {
  services: Services;
  take(known: Known): void;
  setHistory(history: readonly SeriesHistory[]): void;
  /** For the histories that the screen follows. */
  followHistory(historyOf: () => HistoryOf | undefined): void;
};

/** What this browser shows in its own way. */
type Own = {display?: Partial<Settings['display']>; layout?: Partial<Settings['layout']>};
const storageKey = 'mystatus-own';
const nobody = (): Promise<never> => Promise.reject(new Error('not from here'));

export function createServices(first: Known, now: () => number): PageServices {
  let own = readOwn();
  let server = first.settings;
  let history: readonly SeriesHistory[] = [];
  let historyOf: () => HistoryOf | undefined = () => undefined;
  const catalogue = [...first.catalogue];
  const state = createStore(first.state);
  const forecasts = createStore(first.forecastOf);
  const given = createStore(first.given);
  const settings = createStore<ReturnType<Services['settings']['store']['get']>>({
    settings: withOwn(server, own),
    problems: [],
    themes: first.themes,
  });
  const idle = {lease: () => () => {}, rediscover: async () => {}, close: async () => {}};
  const services: Services = {
    ...{version: first.program.version, catalogue, named: first.program.named ?? undefined, now},
    monitor: {
      ...{store: state, forecasts, ...idle},
      refresh: () => ({refreshing: [], tooSoon: [], waiting: []}),
      setPaused() {},
      readOnce: async () => state.get(),
      lookOnce: async () => state.get(),
      requests: () => [],
      learnedOf: (account, window) => learnedFrom(historyOf(), state.get(), account, window, now()),
    },
    settings: {
      store: settings,
      update(change) {
        const {display, layout} = change(settings.get().settings);
        own = {display: others(display, server.display), layout: others(layout, server.layout)};
        keepOwn(own);
        settings.update(before => ({...before, settings: withOwn(server, own)}));
      },
    },
    credentials: {
      ...{rows: async () => [], orphans: async () => [], search: async () => [], setHidden() {}},
      ...{verify: nobody, add: nobody, replace: nobody, rename: nobody, remove: nobody},
    },
    history: since => history.map(each => ({...each, usage: each.usage.filter(({at}) => at * 1000 >= since)})),
    forecastsOf: () => [],
    keepForecasts() {},
    alerts: {given, listen: () => () => {}, review() {}},
    redact: text => text,
    close: async () => {},
  };
  return {
    services,
    take(known) {
      server = known.settings;
      catalogue.splice(0, catalogue.length, ...known.catalogue);
      settings.set({settings: withOwn(server, own), problems: [], themes: known.themes});
      given.set(known.given);
      forecasts.set(known.forecastOf);
      state.set(known.state);
    },
    setHistory(next) {
      history = next;
    },
    followHistory(of) {
      historyOf = of;
    },
  };
}

function withOwn(server: Settings, {display, layout}: Own): Settings {
  return {
    ...server,
    // What the machine hides stays hidden.
    display: {...server.display, ...display, privacy: server.display.privacy || display?.privacy === true},
    layout: {...server.layout, ...layout},
  };
}

/** What differs: of the rest, the server has the say still. */
const others = <T extends object>(chosen: T, server: T): Partial<T> =>
  Object.fromEntries(Object.entries(chosen).filter(([name, value]) => value !== server[name as keyof T])) as Partial<T>;

function readOwn(): Own {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Own) : {};
  } catch {
    return {};
  }
}

function keepOwn(own: Own): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(own));
  } catch {
    // Private windows have no room for it: then it lasts as long as they do.
  }
}

/** What the server has learned, from the same history. */
function learnedFrom(
  historyOf: HistoryOf | undefined,
  {accounts}: Known['state'],
  account: string,
  window: string,
  now: number,
): Series | null {
  const {reading, readAt, failure} = accounts[account] ?? {};
  const shown = reading?.windows.find(({id}) => id === window);
  const kept = historyOf?.(account, window);
  if (shown === undefined || readAt == null || failure !== null || kept === undefined) return null;
  const series = emptySeries();
  restore(series, kept.usage, now);
  take(series, sampleOf(shown, shown.readAt ?? readAt));
  return series;
}
