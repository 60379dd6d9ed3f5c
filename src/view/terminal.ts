import type {Language} from '../core/settings.ts';
import type {Store} from '../core/store.ts';
import type {MouseEvent} from './mouse.ts';
import type {Background, ColorDepth} from './theme/theme.ts';

/** The terminal as the screen sees it: what it can do, and the few things that Ink does not do with it. */
export type TerminalControl = {
  size: Store<{columns: number; rows: number}>;
  depth: ColorDepth;
  /** Becomes known, if at all, when the terminal answers. */
  background: Store<Background>;
  /** True when only ASCII is safe to draw. */
  ascii: boolean;
  reducedMotion: boolean;
  /** By the locale. */
  language: Language;
  hourCycle: 12 | 24;
  /** Events that Ink keeps to itself: mouse reports, F1 (as the key 'f1'). Returns the way to stop listening. */
  listen(listener: (event: TerminalEvent) => void): () => void;
  setMouse(on: boolean): void;
  /** Puts text into the terminal's clipboard (OSC 52). */
  copy(text: string): void;
  /** Resolves to false when no browser can be started here. */
  openUrl(url: string): Promise<boolean>;
  /** Stops the program until the shell brings it back. Resolves to false where no shell would; then it goes on. */
  suspend(): Promise<boolean>;
  /** Draws everything again, at the size that the terminal has now. */
  redraw(): void;
};

export type TerminalEvent = {type: 'key'; key: string} | {type: 'mouse'; mouse: MouseEvent};
