import {type FanPoint, fanOf} from '../core/foresight/fan.ts';
import {createHistoryLog, type HistoryLog, type HistoryOf} from '../core/foresight/history-log.ts';
import type {SeriesHistory} from '../core/ledger.ts';
import type {Services} from '../core/services.ts';
import {createStore, type ReadOnlyStore} from '../core/store.ts';

/** The histories that the screen shows. */
export type Histories = {
  /** undefined until they were read; another function when they were read again. */
  of: ReadOnlyStore<HistoryOf | undefined>;
  /** Reads what is stored: once the first frame is drawn. */
  begin(): void;
};

/** The longest span of a plot, and a day. */
const shownMs = 366 * 86_400_000;

type FanSources = Pick<Services, 'now'> & {monitor: Pick<Services['monitor'], 'forecasts' | 'learnedOf'>};

/** Forecasts by time, made when they are drawn for the first time since a forecast was made again. */
export function followFans({monitor, now}: FanSources): (account: string, window: string) => readonly FanPoint[] {
  const made = new Map<string, readonly FanPoint[]>();
  let asOf = monitor.forecasts.get();
  return (account, window) => {
    if (monitor.forecasts.get() !== asOf) made.clear();
    asOf = monitor.forecasts.get();
    const name = `${account}\n${window}`;
    const series = monitor.learnedOf(account, window);
    const fan = made.get(name) ?? (series === null ? [] : fanOf(series, now()));
    made.set(name, fan);
    return fan;
  };
}

/** Made before anything listens to the monitor: who draws a reading finds it in the history. */
export function followHistories({monitor, settings, history, now, ready}: Services): Histories {
  const store = createStore<HistoryOf | undefined>(undefined);
  let log: HistoryLog | null = null;
  const isKept = (): boolean => settings.store.get().settings.history.enabled;
  let wasKept = isKept();
  const read = (): SeriesHistory[] => (isKept() ? history(now() - shownMs) : []);

  function begin(): void {
    const all = Map.groupBy(read(), each => each.account);
    log = createHistoryLog(account => {
      // Whoever is new, or comes back, may have another history by now.
      const stored = all.get(account) ?? read().filter(each => each.account === account);
      all.delete(account);
      return stored;
    });
    log.follow(monitor.store.get().accounts);
    store.set(log.of);
  }

  let seen = monitor.store.get().accounts;
  monitor.store.subscribe(() => {
    const {accounts} = monitor.store.get();
    if (accounts === seen) return;
    seen = accounts;
    log?.follow(accounts);
  });
  // What other machines know of the past comes after the first frame.
  void ready?.then(() => {
    if (log !== null) begin();
  });
  settings.store.subscribe(() => {
    if (isKept() === wasKept) return;
    wasKept = isKept();
    if (log !== null) begin();
  });
  return {of: store, begin};
}
