import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {until} from './until.ts';

export const program = new URL('../../bin/mystatus-tui.js', import.meta.url).pathname;

export type Size = {columns: number; rows: number};
export type Terminal = {
  pid: number;
  type(keys: string): void;
  resize(size: Size): void;
  signal(name: string): void;
  /** The rows as they are seen now. */
  lines(): Promise<string[]>;
  text(): Promise<string>;
  /** Everything that was ever written to the terminal. */
  written(): string;
  isAlternate(): Promise<boolean>;
  cursorIsShown(): boolean;
  /** Waits until the screen holds `expected`; throws with the screen when it never does. */
  sees(expected: string | RegExp): Promise<void>;
  /** Waits until the screen no longer holds it. */
  loses(unwanted: string): Promise<void>;
  exited: Promise<{code: number; signal: number}>;
  /** Nobody reads what the program writes until `resume`. */
  pause(): void;
  resume(): void;
  close(): void;
};

/** A real pseudo terminal with a real emulator behind it, running `node <args>` (the built program unless told). */
export function openTerminal(options: {
  env: Record<string, string>;
  size?: Size;
  args?: string[];
  command?: string;
  cwd?: string;
}): Terminal {
  const {columns, rows} = options.size ?? {columns: 120, rows: 40};
  const emulator = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0});
  const file = options.command ?? process.execPath;
  const args = options.command === undefined ? [program, ...(options.args ?? [])] : (options.args ?? []);
  const pty = spawn(file, args, {
    cols: columns,
    rows,
    env: options.env,
    cwd: options.cwd ?? options.env.HOME ?? '/',
    name: options.env.TERM ?? 'xterm-256color',
  });
  let written = '';
  let fed: Promise<void> = Promise.resolve();
  pty.onData(data => {
    written += data;
    fed = fed.then(() => new Promise<void>(resolve => emulator.write(data, resolve)));
  });
  const exited = new Promise<{code: number; signal: number}>(resolve =>
    pty.onExit(({exitCode, signal}) => resolve({code: exitCode, signal: signal ?? 0})),
  );
  const lines = async (): Promise<string[]> => {
    await fed;
    const {active} = emulator.buffer;
    return Array.from(
      {length: emulator.rows},
      // The emulator keeps what stood beyond the columns of a window that became narrower; nobody sees it.
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true, 0, emulator.cols) ?? '',
    );
  };
  const text = async (): Promise<string> => (await lines()).join('\n');
  return {
    pid: pty.pid,
    type: keys => pty.write(keys),
    resize(size) {
      emulator.resize(size.columns, size.rows);
      pty.resize(size.columns, size.rows);
    },
    signal: name => pty.kill(name),
    lines,
    text,
    written: () => written,
    async isAlternate() {
      await fed;
      return emulator.buffer.active.type === 'alternate';
    },
    cursorIsShown: () => written.lastIndexOf('\u001b[?25h') >= written.lastIndexOf('\u001b[?25l'),
    sees: expected =>
      until(
        async () => (typeof expected === 'string' ? (await text()).includes(expected) : expected.test(await text())),
        async () => `the screen never showed ${expected}:\n${await text()}`,
      ),
    loses: unwanted =>
      until(
        async () => !(await text()).includes(unwanted),
        async () => `the screen still shows ${unwanted}:\n${await text()}`,
      ),
    exited,
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    close() {
      try {
        pty.kill('SIGKILL');
      } catch {
        // already gone
      }
      emulator.dispose();
    },
  };
}
