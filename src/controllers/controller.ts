import type {MonitorState} from '../core/model.ts';
import type {Services} from '../core/services.ts';
import {type Display, type Settings, settingsOf, themeNames} from '../core/settings.ts';
import {createStore, type Store} from '../core/store.ts';
import type {ViewContext} from '../view/context.ts';
import {hideIdentities} from '../view/format/privacy.ts';
import {keyOf} from '../view/keymap/spell.ts';
import {type Keymap, keymapWith} from '../view/keymap/table.ts';
import {type ScreenModel, screenModelOf} from '../view/layout/screen-model.ts';
import type {Logins} from '../view/rows/logins.ts';
import {stringsFor} from '../view/strings/index.ts';
import type {TerminalControl} from '../view/terminal.ts';
import {themeFor} from '../view/theme/theme.ts';
import {firstUi, reduceUi, type Ui, type UiEvent} from '../view/ui-state.ts';

/**
 * What the screen works with, outside React: keys that arrive together are handled one after the other, and each must
 * see what the one before it did.
 */
export type Controller = {
  services: Services;
  terminal: TerminalControl;
  ui: Store<Ui>;
  /** What the command line asked for; a choice made on the screen takes its place. */
  overrides: Store<Partial<Display>>;
  /** The credentials view's rows and form; a secret being typed is here and nowhere else. */
  logins: Store<Logins>;
  dispatch(event: UiEvent): void;
  settings(): Settings;
  display(): Display;
  /** Applied at once and kept. */
  setDisplay(change: Partial<Display>): void;
  keymap(): Keymap;
  context(now: number): ViewContext;
  /** The monitor's state as it may be shown. */
  state(): MonitorState;
  size: {columns: number; rows: number};
  model(now: number): ScreenModel;
};

export function createController(services: Services, terminal: TerminalControl, initial: Partial<Display>): Controller {
  const ui = createStore(firstUi);
  const overrides = createStore(initial);
  const settings = (): Settings => services.settings.store.get().settings;
  const keymap = memo(keymapWith);
  const hidden = memo(hideIdentities);
  const controller: Controller = {
    services,
    terminal,
    ui,
    overrides,
    logins: createStore<Logins>({rows: null, form: null}),
    dispatch: event => ui.update(before => reduceUi(before, event)),
    settings,
    display: () => ({...settings().display, ...overrides.get()}),
    setDisplay(change) {
      overrides.update(before => without(before, Object.keys(change)));
      services.settings.update(before => ({...before, display: {...before.display, ...change}}));
    },
    keymap: () => keymap(settings().keys),
    context: now => contextOf(controller, now),
    state: () => (controller.display().privacy ? hidden(services.monitor.store.get()) : services.monitor.store.get()),
    size: {columns: 80, rows: 24},
    model: now =>
      screenModelOf({
        state: controller.state(),
        catalogue: services.catalogue,
        named: services.named,
        ui: ui.get(),
        ...controller.size,
        context: controller.context(now),
      }),
  };
  return controller;
}

function contextOf(controller: Controller, now: number): ViewContext {
  const {terminal, services} = controller;
  const display = controller.display();
  const ascii = display.ascii === 'auto' ? terminal.ascii : display.ascii;
  const theme = themeFor(display.theme, terminal.depth, terminal.background.get());
  const defaults = new Map(services.catalogue.map(info => [info.id, info.intervalSeconds.default]));
  return {
    now,
    strings: stringsFor(display.language === 'auto' ? terminal.language : display.language, services.catalogue),
    clock: {hourCycle: terminal.hourCycle},
    show: display.show,
    thresholds: controller.settings().thresholds,
    ascii,
    glyphs: ascii ? 'ascii' : theme.solidTrack ? 'solid' : 'shade',
    theme,
    intervalOf: id => (settingsOf(controller.settings(), id).intervalSeconds ?? defaults.get(id) ?? 120) * 1000,
    openKey: keyOf(controller.keymap(), 'open', ascii) || undefined,
  };
}

export const nextTheme = (current: Display['theme']): Display['theme'] =>
  themeNames[(themeNames.indexOf(current) + 1) % themeNames.length] ?? 'auto';

/** Remembers the last answer: stores keep their references until something changes. */
function memo<In, Out>(make: (input: In) => Out): (input: In) => Out {
  let last: {input: In; output: Out} | null = null;
  return input => {
    if (!last || last.input !== input) last = {input, output: make(input)};
    return last.output;
  };
}

const without = <T extends object>(value: T, keys: readonly string[]): T =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) as T;
