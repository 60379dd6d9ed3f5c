/**
 * Draws one frame after the other into nothing and says what each took, as JSON on stdout:
 * `frames <subject> <columns> <rows> <accounts> <frames> [<providers> <view> <language> <ms between frames>]`; with providers, so
 * many accounts each.
 */
import {createHash} from 'node:crypto';
import {EventEmitter} from 'node:events';
import {setTimeout as pause} from 'node:timers/promises';
import {render, Text} from 'ink';
import {openScreen} from '../../src/commands/open-screen.tsx';
import type {ForecastOf} from '../../src/core/foresight/forecasts.ts';
import type {AccountState, MonitorState} from '../../src/core/model.ts';
import type {Display, LayoutSettings} from '../../src/core/settings.ts';
import {manyProgram} from '../../test/support/many.ts';
import {fakeProgram} from '../../test/support/program.ts';
import {crowd} from '../../test/support/state.ts';
import {panelRows} from './dashboard.ts';

/** `digest`: of all that was written while frames were drawn. */
export type FramesResult = {ms: number[]; cpuMs: number[]; bytes: number[]; heap: number; digest: string};

const [subject = 'hello', , , , , , view = 'auto', language = 'en'] = process.argv.slice(2);
const [columns = 120, rows = 40, accounts = 5, frames = 10, providers = 0] = process.argv.slice(3, 8).map(Number);
// Ink draws at most sixty times a second; a frame that comes later than this is drawn at once.
const betweenFramesMs = Number(process.argv[10] ?? 20);

// The compiler has seen everything by then.
const warmUpShare = 0.5;

let bytes = 0;
let written = createHash('sha256');
let wrote = (): void => {};
const stdout = Object.assign(new EventEmitter(), {
  isTTY: true,
  columns,
  rows,
  writable: true,
  write(chunk: unknown, ...rest: unknown[]): boolean {
    bytes += Buffer.byteLength(String(chunk));
    written.update(String(chunk));
    wrote();
    const done = rest.find(each => typeof each === 'function');
    if (typeof done === 'function') queueMicrotask(() => done());
    return true;
  },
}) as unknown as NodeJS.WriteStream;

const pressed: string[] = [];
const stdin = Object.assign(new EventEmitter(), {
  isTTY: true,
  setRawMode() {},
  setEncoding() {},
  ref() {},
  unref() {},
  read: () => pressed.shift() ?? null,
}) as unknown as NodeJS.ReadStream;

/** Starts the subject; what it gives draws the frame of that number. */
const subjects: Record<string, () => (turn: number) => void> = {
  /** One reading came in: one figure changes. */
  figure: () => {
    const {state} = monitor();
    const first = Object.values(state.get().accounts).find(({provider}) => provider === 'openai')?.key;
    return turn =>
      state.update(before => withFigures(before, ({key}) => (key === first ? tightestOfItsProvider(turn) : null)));
  },
  /** The worst that can happen: every figure on the screen changes. */
  all: () => {
    const {state} = monitor();
    return turn => state.update(before => withFigures(before, (_, at) => (at * 37 + turn) % 100));
  },
  /** The focus moves to the next panel. */
  key: () => {
    monitor();
    return () => {
      pressed.push('\t');
      stdin.emit('readable');
    };
  },
  hello: () => {
    const app = render(<Text>hello</Text>, {stdout, stdin, interactive: true, incrementalRendering: true, maxFps: 60});
    return turn => app.rerender(<Text>hello {turn}</Text>);
  },
  ansi: () => turn => {
    stdout.write(`\u001b[H${panelRows(columns, rows, turn).join('\r\n')}`);
  },
};

function monitor() {
  const program =
    providers > 0 ? manyProgram(providers, 'fresh', accounts) : fakeProgram(crowd(Math.max(0, accounts - 4)));
  program.settings.update(before => ({
    ...before,
    layout: {...before.layout, view: view as LayoutSettings['view']},
    display: {...before.display, language: language as Display['language']},
  }));
  program.forecasts.set(onceForecast(program.forecasts.get()));
  const env = {TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'en_GB.UTF-8'};
  void openScreen(program, {
    stdin,
    stdout,
    env,
    start: async () => false,
    flags: {noColor: false, ascii: false, noMouse: false},
  });
  return program;
}

/** A forecast is made when its account is read, and does not belong to a frame: of each window, the first one stands. */
function onceForecast(forecastOf: ForecastOf): ForecastOf {
  const made = new Map<string, ReturnType<ForecastOf>>();
  return (account, window) => {
    const name = `${account.key} ${window.id}`;
    const forecast = made.get(name) ?? forecastOf(account, window);
    made.set(name, forecast);
    return forecast;
  };
}

/** Where a provider has one row alone, that shows its tightest limit. The tightest of all, in the header, is another's. */
const tightestOfItsProvider = (turn: number): number => 55 + (turn % 15);

function withFigures(
  state: MonitorState,
  percentOf: (account: AccountState, at: number) => number | null,
): MonitorState {
  const changed = Object.entries(state.accounts).map(([key, account], at) => {
    const usedPercent = percentOf(account, at);
    if (usedPercent === null || account.reading === null) return [key, account] as const;
    const windows = account.reading.windows.map(window => ({...window, use: {state: 'known', usedPercent} as const}));
    return [key, {...account, reading: {...account.reading, windows}}] as const;
  });
  return {...state, accounts: Object.fromEntries(changed)};
}

async function measured(draw: (turn: number) => void): Promise<FramesResult> {
  const result: FramesResult = {ms: [], cpuMs: [], bytes: [], heap: 0, digest: ''};
  written = createHash('sha256');
  const warmUp = Math.ceil(frames * warmUpShare);
  for (let turn = 1; turn <= warmUp + frames; turn++) {
    await pause(betweenFramesMs);
    bytes = 0;
    const drawn = nextWrite(turn);
    const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
    draw(turn);
    await drawn;
    const [ms, used] = [performance.now() - startedAt, process.cpuUsage(cpu)];
    await pause(1);
    if (turn <= warmUp) continue;
    result.ms.push(ms);
    result.cpuMs.push((used.user + used.system) / 1000);
    result.bytes.push(bytes);
  }
  return {...result, heap: process.memoryUsage().heapUsed, digest: written.copy().digest('hex')};
}

const nextWrite = (turn: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${subject}: nothing was drawn in turn ${turn}`)), 5000);
    wrote = () => {
      clearTimeout(timer);
      resolve();
    };
  });

const draw = subjects[subject];
if (draw === undefined) throw new Error(`nothing is called ${subject}`);
const turn = draw();
await pause(300);
const result = await measured(turn);
process.stdout.write(JSON.stringify(result), () => process.exit(0));
