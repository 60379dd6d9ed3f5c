import {type Controller, createController} from '../../src/controllers/controller.ts';
import type {Display} from '../../src/core/settings.ts';
import {createStore} from '../../src/core/store.ts';
import type {TerminalControl} from '../../src/view/terminal.ts';
import {type FakeProgram, fakeProgram} from './program.ts';
import {fresh} from './state.ts';

/** A terminal that only says what it is. */
export const fakeTerminal = (more: Partial<TerminalControl> = {}): TerminalControl => ({
  size: createStore({columns: 120, rows: 40}),
  depth: 'truecolor',
  background: createStore('dark'),
  ascii: false,
  reducedMotion: false,
  language: 'en',
  hourCycle: 24,
  listen: () => () => {},
  setMouse: () => {},
  copy: () => {},
  openUrl: async () => false,
  suspend: async () => true,
  redraw: () => {},
  ...more,
});

/** A controller for components that are drawn by themselves: of an invented program, in English on a dark screen. */
export const fakeController = (
  program: FakeProgram = fakeProgram(fresh()),
  terminal: Partial<TerminalControl> = {},
  display: Partial<Display> = {},
): Controller => createController(program, fakeTerminal(terminal), {theme: 'dark', ...display});
