import {EventEmitter} from 'node:events';
import xterm from '@xterm/headless';
import {openScreen, type ScreenOptions} from '../../src/commands/open-screen.tsx';
import type {Services} from '../../src/core/services.ts';

/** Colours as '#rrggbb'; null: the terminal's own. A wide letter's second cell has no text. */
export type Cell = {text: string; color: string | null; background: string | null; bold: boolean; inverse: boolean};

/** The whole program on a terminal emulator: keys go in, a picture comes out, and every byte in between is kept. */
export type TestScreen = {
  /** Sends keys as a terminal would, in one read. */
  send(text: string): void;
  resize(columns: number, rows: number): void;
  /** The same, and the program is not told: it finds out when it asks the terminal. */
  resizeUnheard(columns: number, rows: number): void;
  /** Rows of the picture, without spaces at their ends. */
  rows(): string[];
  text(): string;
  /** Everything that was ever written. */
  bytes(): string;
  writes(): number;
  /** Resolves when the condition holds; rejects with the picture when it never does. */
  until(condition: (text: string) => boolean): Promise<void>;
  /** Resolves when everything that was written is in the picture. */
  drawn(): Promise<void>;
  isAlternate(): boolean;
  isRaw(): boolean;
  /** The picture cell by cell, with its colours. */
  cells(): Cell[][];
  /** True when a cell has a colour of its own; `x`, `y` from 0. */
  isColoured(x: number, y: number): boolean;
  exited: Promise<{exitCode: number}>;
  close(): Promise<void>;
};

export type TestScreenOptions = {
  columns?: number;
  rows?: number;
  env?: Record<string, string>;
  /** What starts a browser; without it there is none. */
  start?: ScreenOptions['start'];
  flags?: Partial<ScreenOptions['flags']>;
  /** A first frame, and what was written for it. */
  painted?: {frame: NonNullable<ScreenOptions['painted']>; bytes: string};
};

// Generous: a busy machine with two cores runs this beside everything else.
const deadlineMs = 20_000;
const defaultEnv = {TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'en_GB.UTF-8'};

export function openTestScreen(program: Services, options: TestScreenOptions = {}): TestScreen {
  const {columns = 100, rows = 30} = options;
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0, convertEol: true});
  const stdout = fakeStdout(terminal, columns, rows);
  const stdin = fakeStdin();
  if (options.painted) stdout.stream.write(options.painted.bytes);
  const flags = {noColor: false, ascii: false, noMouse: false, ...options.flags};
  const exited = openScreen(program, {
    stdin: stdin.stream,
    stdout: stdout.stream,
    env: {...defaultEnv, ...options.env},
    start: options.start ?? (async () => false),
    flags,
    painted: options.painted?.frame ?? null,
  });
  let crash: unknown = null;
  exited.catch(error => {
    crash = error;
  });
  // The emulator keeps what stood beyond the columns of a window that became narrower; nobody sees it.
  const rowsNow = (): string[] =>
    Array.from(
      {length: terminal.rows},
      (_, y) =>
        terminal.buffer.active.getLine(terminal.buffer.active.baseY + y)?.translateToString(true, 0, terminal.cols) ??
        '',
    );
  const text = (): string => rowsNow().join('\n');
  return {
    send: stdin.push,
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      stdout.resize(newColumns, newRows);
    },
    resizeUnheard(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      stdout.resizeUnheard(newColumns, newRows);
    },
    rows: rowsNow,
    text,
    bytes: () => stdout.chunks.join(''),
    writes: () => stdout.chunks.filter(chunk => chunk !== '').length,
    async until(condition) {
      const end = performance.now() + deadlineMs;
      for (;;) {
        await stdout.drawn();
        if (crash) throw crash;
        if (condition(text())) return;
        if (performance.now() > end) throw new Error(`the screen never came to it:\n${text()}`);
        await new Promise(resolve => setTimeout(resolve, 4));
      }
    },
    drawn: stdout.drawn,
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    isRaw: stdin.isRaw,
    cells: () => cellsOf(terminal),
    isColoured: (x, y) =>
      !(
        terminal.buffer.active
          .getLine(terminal.buffer.active.baseY + y)
          ?.getCell(x)
          ?.isFgDefault() ?? true
      ),
    exited,
    async close() {
      stdin.push('\u0003');
      await exited.catch(() => {});
      await stdout.drawn();
      terminal.dispose();
    },
  };
}

function cellsOf(terminal: InstanceType<typeof xterm.Terminal>): Cell[][] {
  const {active} = terminal.buffer;
  const hex = (rgb: number): string => `#${rgb.toString(16).padStart(6, '0')}`;
  return Array.from({length: terminal.rows}, (_, y) =>
    Array.from({length: terminal.cols}, (_, x): Cell => {
      const cell = active.getLine(active.baseY + y)?.getCell(x);
      return {
        text: cell?.getWidth() === 0 ? '' : cell?.getChars() || ' ',
        color: cell?.isFgRGB() ? hex(cell.getFgColor()) : null,
        background: cell?.isBgRGB() ? hex(cell.getBgColor()) : null,
        bold: Boolean(cell?.isBold()),
        inverse: Boolean(cell?.isInverse()),
      };
    }),
  );
}

function fakeStdout(terminal: InstanceType<typeof xterm.Terminal>, columns: number, rows: number) {
  const chunks: string[] = [];
  let feeding: Promise<void> = Promise.resolve();
  const write = (chunk: unknown, ...rest: unknown[]): boolean => {
    const text = String(chunk);
    chunks.push(text);
    feeding = feeding.then(() => new Promise<void>(resolve => terminal.write(text, resolve)));
    const done = rest.find(each => typeof each === 'function');
    if (typeof done === 'function') queueMicrotask(() => done());
    return true;
  };
  let size = {columns, rows};
  // As Node's own does: it asks the terminal, and says so when the answer is another one.
  const _refreshSize = (): void => {
    if (stream.columns === size.columns && stream.rows === size.rows) return;
    Object.assign(stream, size);
    stream.emit('resize');
  };
  const stream = Object.assign(new EventEmitter(), {isTTY: true, ...size, write, writable: true, _refreshSize});
  return {
    chunks,
    stream: stream as unknown as NodeJS.WriteStream,
    // What is written while we wait is waited for too.
    async drawn(): Promise<void> {
      let seen: Promise<void>;
      do {
        seen = feeding;
        await seen;
      } while (seen !== feeding);
    },
    resize(newColumns: number, newRows: number) {
      size = {columns: newColumns, rows: newRows};
      _refreshSize();
    },
    resizeUnheard(newColumns: number, newRows: number) {
      size = {columns: newColumns, rows: newRows};
    },
  };
}

function fakeStdin() {
  const waiting: string[] = [];
  let raw = false;
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    setRawMode: (on: boolean) => {
      raw = on;
    },
    setEncoding: () => {},
    ref: () => {},
    unref: () => {},
    read: () => waiting.shift() ?? null,
  });
  return {
    stream: stream as unknown as NodeJS.ReadStream,
    isRaw: () => raw,
    push(text: string) {
      waiting.push(text);
      stream.emit('readable');
    },
  };
}
