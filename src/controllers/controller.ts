import type {Services} from '../core/services.ts';
import type {Display, LayoutSettings} from '../core/settings.ts';
import {createStore, type ReadOnlyStore, type Store} from '../core/store.ts';
import {allThemes, type OwnThemes} from '../core/themes.ts';
import type {Logins} from '../view/rows/logins.ts';
import type {TerminalControl} from '../view/terminal.ts';
import {firstUi, reduceUi, type Ui, type UiEvent} from '../view/ui-state.ts';
import {type Derived, derivedFrom} from './derived.ts';
import {followHistories, type Histories} from './history.ts';

/**
 * What the screen works with, outside React: keys that arrive together are handled one after the other, and each must
 * see what the one before it did.
 */
export type Controller = Derived & {
  services: Services;
  terminal: TerminalControl;
  ui: Store<Ui>;
  /** What the command line asked for; a choice made on the screen takes its place. */
  overrides: Store<Partial<Display>>;
  /** The credentials view's rows and form; a secret being typed is here and nowhere else. */
  logins: Store<Logins>;
  histories: Histories;
  /** The moment that is drawn, the same in every text. */
  now: Store<number>;
  /** Tells of every change in what is drawn. Returns the way to stop listening. */
  subscribe(listener: () => void): () => void;
  /** The same for as long as nothing has changed. */
  revision(): unknown;
  dispatch(event: UiEvent): void;
  /** Applied at once and kept. */
  setDisplay(change: Partial<Display>): void;
  setLayout(change: Partial<LayoutSettings>): void;
  size(): {columns: number; rows: number};
};

export function createController(
  services: Services,
  terminal: TerminalControl,
  initial: Partial<Display>,
  at = services.now(),
): Controller {
  const stores = {
    ui: createStore(firstUi),
    overrides: createStore(initial),
    logins: createStore<Logins>({rows: null, form: null, presets: null}),
    now: createStore(wholeSecond(at)),
  };
  const {ui, overrides, now} = stores;
  const histories = followHistories(services);
  const all = [
    ...Object.values(stores),
    histories.of,
    services.monitor.store,
    services.monitor.forecasts,
    services.settings.store,
    services.alerts.given,
    terminal.size,
    terminal.background,
  ];
  const revision = revisionOf(all);
  const derived = derivedFrom({services, terminal, histories, ...stores});
  return {
    services,
    terminal,
    ...stores,
    histories,
    ...derived,
    // Every component asks for these about every change.
    context: oncePer(revision, derived.context),
    model: oncePer(revision, derived.model),
    size: terminal.size.get,
    subscribe: toAll(all),
    revision,
    dispatch(event) {
      const {mode} = ui.get();
      ui.update(before => reduceUi(before, event));
      // Another view begins now, or a countdown that is over there would run again.
      if (ui.get().mode !== mode) now.set(wholeSecond(services.now()));
    },
    setDisplay(change) {
      overrides.update(before => without(before, Object.keys(change)));
      services.settings.update(before => ({...before, display: {...before.display, ...change}}));
    },
    setLayout(change) {
      services.settings.update(before => ({...before, layout: {...before.layout, ...change}}));
    },
  };
}

/** Says something in place of the footer, for a while. */
export const notify = (controller: Controller, text: string): void => controller.dispatch({type: 'notify', text});

const second = 1000;
export const wholeSecond = (at: number): number => Math.floor(at / second) * second;

/** Changes when any of the stores does. */
function revisionOf(stores: readonly Pick<ReadOnlyStore<unknown>, 'get'>[]): () => unknown {
  const seen: unknown[] = [];
  let revision = {};
  return () => {
    let isSame = true;
    for (let at = 0; at < stores.length; at++) {
      const value = stores[at]?.get();
      if (seen[at] === value) continue;
      seen[at] = value;
      isSame = false;
    }
    if (!isSame) revision = {};
    return revision;
  };
}

function oncePer<T>(revision: () => unknown, make: () => T): () => T {
  let last: {revision: unknown; value: T} | undefined;
  return () => {
    const present = revision();
    if (last === undefined || last.revision !== present) last = {revision: present, value: make()};
    return last.value;
  };
}

/** Subscribes to several stores at once, however many listen: who watches them is itself watched while anybody listens. */
function toAll(stores: readonly Pick<ReadOnlyStore<unknown>, 'subscribe'>[]) {
  const listeners = new Set<() => void>();
  let stops: (() => void)[] = [];
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const stop = (): void => {
    for (const each of stops) each();
    stops = [];
  };
  return (listener: () => void): (() => void) => {
    listeners.add(listener);
    if (stops.length === 0) stops = stores.map(({subscribe}) => subscribe(tell));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) stop();
    };
  };
}

export function nextTheme(current: string, own: OwnThemes): string {
  const names = allThemes(own);
  return names[(names.indexOf(current) + 1) % names.length] ?? 'auto';
}

const without = <T extends object>(value: T, keys: readonly string[]): T =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) as T;
