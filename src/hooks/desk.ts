import type {MonitorState} from '../core/model.ts';
import type {Program} from '../core/program.ts';
import {type Display, type Settings, settingsOf, themeNames} from '../core/settings.ts';
import {createStore, type Store} from '../core/store.ts';
import type {Logins} from '../view/credentials-view.ts';
import {type Keymap, keymapWith, keyOf} from '../view/keymap.ts';
import type {Look} from '../view/look.ts';
import {hideIdentities} from '../view/privacy.ts';
import {type Scene, sceneOf} from '../view/scene.ts';
import {stringsFor} from '../view/strings/index.ts';
import {themeFor} from '../view/theme.ts';
import {firstUi, reduceUi, type Ui, type UiEvent} from '../view/ui-state.ts';
import type {TerminalControl} from './terminal.ts';

/**
 * What the screen works with, outside React: keys that arrive together are handled one after the other, and each must
 * see what the one before it did.
 */
export type Desk = {
  program: Program;
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
  look(now: number): Look;
  /** The monitor's state as it may be shown. */
  state(): MonitorState;
  size: {columns: number; rows: number};
  scene(now: number): Scene;
};

export function createDesk(program: Program, terminal: TerminalControl, initial: Partial<Display>): Desk {
  const ui = createStore(firstUi);
  const overrides = createStore(initial);
  const settings = (): Settings => program.settings.store.get().settings;
  const keymap = memo(keymapWith);
  const hidden = memo(hideIdentities);
  const desk: Desk = {
    program,
    terminal,
    ui,
    overrides,
    logins: createStore<Logins>({rows: null, form: null}),
    dispatch: event => ui.update(before => reduceUi(before, event)),
    settings,
    display: () => ({...settings().display, ...overrides.get()}),
    setDisplay(change) {
      overrides.update(before => without(before, Object.keys(change)));
      program.settings.update(before => ({...before, display: {...before.display, ...change}}));
    },
    keymap: () => keymap(settings().keys),
    look: now => lookOf(desk, now),
    state: () => (desk.display().privacy ? hidden(program.monitor.store.get()) : program.monitor.store.get()),
    size: {columns: 80, rows: 24},
    scene: now =>
      sceneOf({
        state: desk.state(),
        catalogue: program.catalogue,
        named: program.named,
        ui: ui.get(),
        ...desk.size,
        look: desk.look(now),
      }),
  };
  return desk;
}

function lookOf(desk: Desk, now: number): Look {
  const {terminal, program} = desk;
  const display = desk.display();
  const ascii = display.ascii === 'auto' ? terminal.ascii : display.ascii;
  const theme = themeFor(display.theme, terminal.depth, terminal.background.get());
  const defaults = new Map(program.catalogue.map(info => [info.id, info.intervalSeconds.default]));
  return {
    now,
    strings: stringsFor(display.language === 'auto' ? terminal.language : display.language),
    clock: {hourCycle: terminal.hourCycle},
    show: display.show,
    thresholds: desk.settings().thresholds,
    ascii,
    glyphs: ascii ? 'ascii' : theme.solidTrack ? 'solid' : 'shade',
    theme,
    intervalOf: id => (settingsOf(desk.settings(), id).intervalSeconds ?? defaults.get(id) ?? 120) * 1000,
    openKey: keyOf(desk.keymap(), 'open', ascii) || undefined,
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
