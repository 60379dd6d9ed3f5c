import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';

export type Size = {columns: number; rows: number};
/** What came out of the terminal in one read; `at` on the clock of `performance.now()`. */
export type Chunk = {at: number; text: string};

export type Pty = {
  pid: number;
  startedAt: number;
  chunks: Chunk[];
  type(keys: string): void;
  /** Resolves with the time of the chunk after which the screen is as `holds` wants it. Rejects when patience ends. */
  shows(holds: (screen: string) => boolean): Promise<number>;
  /** Resolves with the time of the next chunk in which `holds` finds what it wants. */
  says(holds: (text: string) => boolean): Promise<number>;
  /** Resolves with the time at which the program was gone. */
  ended: Promise<number>;
  close(): Promise<void>;
};

const patienceMs = 20_000;
export const usualSize: Size = {columns: 120, rows: 40};

/** Runs a program on a pseudo terminal and writes down what it says and when it was said. */
export function openPty(file: string, args: readonly string[], env: Record<string, string>, size = usualSize): Pty {
  const chunks: Chunk[] = [];
  const listeners = new Set<(chunk: Chunk) => void>();
  const emulator = new xterm.Terminal({cols: size.columns, rows: size.rows, allowProposedApi: true, scrollback: 0});
  const screen = (): string =>
    Array.from({length: size.rows}, (_, row) => emulator.buffer.active.getLine(row)?.translateToString(true)).join(
      '\n',
    );
  const startedAt = performance.now();
  const pty = spawn(file, [...args], {
    cols: size.columns,
    rows: size.rows,
    env,
    cwd: env.HOME ?? '/',
    name: 'xterm-256color',
  });
  const ended = new Promise<number>(resolve => pty.onExit(() => resolve(performance.now())));
  pty.onData(text => {
    const chunk = {at: performance.now(), text};
    chunks.push(chunk);
    emulator.write(text, () => {
      for (const listener of [...listeners]) listener(chunk);
    });
  });
  const when = (holds: (chunk: Chunk) => boolean): Promise<number> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`it never came to it:\n${screen()}`)), patienceMs);
      const listener = (chunk: Chunk): void => {
        if (!holds(chunk)) return;
        clearTimeout(timer);
        listeners.delete(listener);
        resolve(chunk.at);
      };
      listeners.add(listener);
      // The screen may be so already.
      listener({at: chunks.at(-1)?.at ?? startedAt, text: ''});
    });
  return {
    pid: pty.pid,
    startedAt,
    chunks,
    type: keys => pty.write(keys),
    shows: holds => when(() => holds(screen())),
    says: holds => when(({text}) => holds(text)),
    ended,
    async close() {
      try {
        pty.kill('SIGKILL');
      } catch {
        // Already gone.
      }
      await ended;
      emulator.dispose();
    },
  };
}
