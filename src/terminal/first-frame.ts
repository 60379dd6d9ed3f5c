import type {MonitorState} from '../core/model.ts';
import type {Size} from './size.ts';

/** The frame that stands on the screen before the program is loaded, for who takes the screen over. */
export type FirstFrame = {
  /** What it shows, and for which moment: the next frame is to be the same. */
  state: MonitorState;
  now: number;
  size: Size;
  /** Gives the terminal back, for an end that comes before anybody took it over. */
  leave(): void;
  /** Somebody has it now. */
  release(): void;
};

// It is painted by another file than the one that goes on, and nothing else do the two share.
const name = Symbol.for('mystatus-tui first frame');
const shared = globalThis as unknown as {[name]?: FirstFrame | null};

export function handOn(frame: FirstFrame | null): void {
  shared[name] = frame;
}

export const firstFrame = (): FirstFrame | null => shared[name] ?? null;
