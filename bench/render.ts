import {setTimeout as pause} from 'node:timers/promises';
import {manyTable, sizes} from './many.ts';
import type {FramesResult} from './programs/frames.tsx';
import {rowsTable} from './rows.ts';
import {createReadWorld, isFull} from './support/ledger-world.ts';
import {insist, runNode} from './support/process.ts';
import {openPty, type Pty, type Size, usualSize} from './support/pty.ts';
import {figure, median, megabytes, percentile, ratio} from './support/stats.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

const counts = [5, 50, 500];

/** What a frame costs, and how soon a key is answered. */
export async function render(workshop: Workshop, options: BenchOptions): Promise<Table[]> {
  return [
    ...(await framesTables(workshop, options)),
    await manyTable(workshop, options),
    await rowsTable(workshop, options),
    await keysTable(workshop, options),
  ];
}

export type FramesOf = {
  subject: string;
  size: Size;
  accounts: number;
  frames: number;
  /** With so many accounts each. */
  providers?: number;
  view?: 'auto' | 'panels' | 'table';
  language?: 'en' | 'zh' | 'ja';
  betweenMs?: number;
};

/** Frames drawn in a process of their own, into nothing. */
export async function framesOf(
  workshop: Pick<Workshop, 'beside'>,
  {subject, size, accounts, frames, providers = 0, view = 'auto', language = 'en', betweenMs = 20}: FramesOf,
): Promise<FramesResult> {
  const words = [subject, size.columns, size.rows, accounts, frames, providers, view, language, betweenMs].map(String);
  const env = {PATH: '', FORCE_COLOR: '3', COLUMNS: String(size.columns), LINES: String(size.rows)};
  return JSON.parse(insist(await runNode([workshop.beside('frames'), ...words], env)).stdout) as FramesResult;
}

async function framesTables(workshop: Workshop, options: BenchOptions): Promise<Table[]> {
  const tables: Table[] = [];
  for (const size of options.quick ? [usualSize] : sizes) tables.push(await framesTable(workshop, size, options));
  return tables;
}

async function framesTable(workshop: Workshop, size: Size, options: BenchOptions): Promise<Table> {
  const [frames, rounds] = options.quick ? [2, 1] : [40, 2];
  const subjects = subjectsOf(options).map(subject => ({...subject, results: [] as FramesResult[]}));
  for (let round = 0; round < rounds; round++)
    for (const {subject, accounts, results} of subjects)
      results.push(await framesOf(workshop, {subject, size, accounts, frames}));
  const medianOf = (name: string, of: (result: FramesResult) => number[]): number =>
    median(subjects.find(each => each.name === name)?.results.flatMap(of) ?? []);
  const hello = medianOf('Ink hello-world', ({ms}) => ms);
  const cpuOf = (name: string): number => medianOf(name, ({cpuMs}) => cpuMs);
  const oneBesideAll = countsOf(options).map(
    count =>
      `${ratio(cpuOf(`${oneChanges}, ${count} accounts`), cpuOf(`${allChange}, ${count} accounts`))} (${count} accounts)`,
  );
  return {
    title: `A frame at ${size.columns}×${size.rows}, ${rounds} × ${frames} frames`,
    columns: ['what', 'median ms', 'p95 ms', 'CPU ms', 'bytes', 'beside hello', 'heap MB'],
    rows: subjects.map(({name, results}) => {
      const ms = results.flatMap(result => result.ms);
      return [
        name,
        figure(median(ms), 2),
        figure(percentile(ms, 0.95), 2),
        figure(cpuOf(name), 2),
        figure(
          medianOf(name, ({bytes}) => bytes),
          0,
        ),
        ratio(median(ms), hello),
        megabytes(median(results.map(({heap}) => heap))),
      ];
    }),
    notes: [
      'From the change in the state (or the key) to the last byte of the frame; 20 ms between frames.',
      `CPU of a frame with one changed figure beside one with all of them changed: ${oneBesideAll.join(', ')}. Aim: ≤ 0.6.`,
    ],
  };
}

const oneChanges = 'one figure changes';
const allChange = 'every figure changes';
const countsOf = ({quick}: BenchOptions): readonly number[] => (quick ? [6] : counts);

function subjectsOf(options: BenchOptions): {name: string; subject: string; accounts: number}[] {
  const of = (subject: string, words: string) =>
    countsOf(options).map(accounts => ({name: `${words}, ${accounts} accounts`, subject, accounts}));
  return [
    {name: 'ANSI by hand', subject: 'ansi', accounts: 0},
    {name: 'Ink hello-world', subject: 'hello', accounts: 0},
    ...of('figure', oneChanges),
    ...of('all', allChange),
    ...of('key', 'the focus moves'),
  ];
}

/** Presses a key as a person does, again and again, and notes how long each frame takes to come (ms). */
export async function pressKeys(pty: Pty, key: string, presses: number): Promise<number[]> {
  const found: number[] = [];
  for (let press = 0; press < presses; press++) {
    await pause(60 + Math.random() * 120);
    const answered = pty.says(text => text.includes(endOfFrame));
    const pressedAt = performance.now();
    pty.type(key);
    found.push((await answered) - pressedAt);
  }
  return found;
}

const endOfFrame = '\u001b[?2026l';
const has = (text: string) => (screen: string) => screen.includes(text);
const keySubjects = [
  {name: 'ANSI by hand', program: 'ansi', shows: has('limit'), key: 'x'},
  {name: 'Ink hello-world', program: 'hello', shows: has('hello'), key: 'x'},
  {name: 'monitor: the focus moves', program: null, shows: isFull, key: '\t'},
  {name: 'monitor: used and left (kept in a file)', program: null, shows: isFull, key: 'u'},
] as const;

async function keysTable(workshop: Workshop, options: BenchOptions): Promise<Table> {
  const world = await createReadWorld(workshop.program);
  const [blocks, presses] = options.quick ? [1, 2] : [4, 30];
  const subjects = keySubjects.map(subject => {
    const file = subject.program === null ? workshop.program : workshop.beside(subject.program);
    return {...subject, pty: openPty(process.execPath, [file], world.env), ms: [] as number[]};
  });
  try {
    await Promise.all(subjects.map(({pty, shows}) => pty.shows(shows)));
    await pause(options.quick ? 300 : 3000);
    // One after the other, in turns: on a small machine they would be in each other's way.
    for (let block = 0; block < blocks; block++)
      for (const {pty, key, ms} of subjects) ms.push(...(await pressKeys(pty, key, presses)));
    return {
      title: `Key press → frame at 120×40, ${blocks * presses} keys, 60–180 ms apart`,
      columns: ['what', 'median ms', 'p95 ms'],
      rows: subjects.map(({name, ms}) => [name, figure(median(ms), 2), figure(percentile(ms, 0.95), 2)]),
      notes: ['Aims: median ≤ 8 ms, p95 ≤ 16 ms.'],
    };
  } finally {
    await Promise.all(subjects.map(({pty}) => pty.close()));
    await world.close();
  }
}
