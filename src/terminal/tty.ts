import type {Size} from './size.ts';

type Binding = {
  isTTY(fd: number): boolean;
  TTY: new (fd: number, context: object) => Terminal;
};
type Terminal = {
  getWindowSize(size: number[]): number;
  setBlocking(on: boolean): number;
  close(): void;
};

/**
 * The size of the terminal, without the streams: to load these takes as long as a frame. What knows it has no public
 * name. null where it cannot be had.
 */
export function terminalSize(): Size | null {
  const size = [0, 0];
  const terminal = new (bindingOf().TTY)(1, {});
  try {
    if (terminal.getWindowSize(size) !== 0) return null;
  } finally {
    // Asked for its size, it no longer waits until the terminal takes what is written, of which it holds 4 kB.
    terminal.setBlocking(true);
    terminal.close();
  }
  const [columns = 0, rows = 0] = size;
  return columns > 0 && rows > 0 ? {columns, rows} : null;
}

export const isTerminal = (fd: number): boolean => bindingOf().isTTY(fd);

// A Node that is asked to (`--pending-deprecation`) warns of it: on a full screen that would be garbage.
function bindingOf(): Binding {
  const {emitWarning} = process;
  process.emitWarning = () => {};
  try {
    return (process as unknown as {binding(name: string): Binding}).binding('tty_wrap');
  } finally {
    process.emitWarning = emitWarning;
  }
}
