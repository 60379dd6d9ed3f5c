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
  /** Of the terminal alone: the screen that `shows` looks at keeps its size. */
  resize(size: Size): void;
  /** Resolves with the time of the chunk after which the screen is as `holds` wants it. Rejects when patience ends. */
  shows(holds: (screen: string) => boolean): Promise<number>;
  /** Resolves with the time of the next chunk in which `holds` finds what it wants; the screen is not looked at. */
  says(holds: (text: string) => boolean): Promise<number>;
  /** Resolves with the time at which the program was gone. */
  ended: Promise<number>;
  close(): Promise<void>;
};

const patienceMs = 20_000;
export const usualSize: Size = {columns: 120, rows: 40};

type Listener = (chunk: Chunk) => void;

/** Runs a program on a pseudo terminal and writes down what it says and when it was said. */
export function openPty(file: string, args: readonly string[], env: Record<string, string>, size = usualSize): Pty {
  const chunks: Chunk[] = [];
  const listeners = new Set<Listener>();
  const emulator = createEmulator(size);
  let isGone = false;
  const startedAt = performance.now();
  const pty = spawn(file, [...args], {
    cols: size.columns,
    rows: size.rows,
    env,
    cwd: env.HOME ?? '/',
    name: env.TERM ?? 'xterm-256color',
  });
  const ended = new Promise<number>(resolve =>
    pty.onExit(() => {
      isGone = true;
      resolve(performance.now());
    }),
  );
  pty.onData(text => {
    const chunk = {at: performance.now(), text};
    chunks.push(chunk);
    for (const listener of [...listeners]) listener(chunk);
    void emulator.feed(text);
  });

  const listen = (begin: (found: (at: number) => void) => Listener): Promise<number> =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        listeners.delete(listener);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`it never came to it:\n${emulator.lines().join('\n')}`));
      }, patienceMs);
      const listener = begin(at => {
        end();
        resolve(at);
      });
      listeners.add(listener);
    });

  return {
    pid: pty.pid,
    startedAt,
    chunks,
    type: keys => pty.write(keys),
    resize: ({columns, rows}) => pty.resize(columns, rows),
    says: holds =>
      listen(
        found =>
          ({at, text}) =>
            holds(text) ? found(at) : undefined,
      ),
    shows: holds =>
      listen(found => {
        const look = async (at: number): Promise<void> => {
          // Behind everything that was fed before.
          await emulator.feed('');
          if (holds(emulator.lines().join('\n'))) found(at);
        };
        void look(chunks.at(-1)?.at ?? startedAt);
        // The chunk itself is fed after its listeners ran.
        return ({at}) => queueMicrotask(() => void look(at));
      }),
    ended,
    async close() {
      if (!isGone) pty.kill('SIGKILL');
      await ended;
      emulator.close();
    },
  };
}

export type Emulator = {feed(text: string): Promise<void>; lines(): string[]; close(): void};

/** A terminal that is fed by hand. */
export function createEmulator({columns, rows} = usualSize): Emulator {
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0});
  return {
    feed: text => new Promise(resolve => terminal.write(text, resolve)),
    lines: () =>
      Array.from({length: rows}, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? ''),
    close: () => terminal.dispose(),
  };
}
