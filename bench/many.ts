import type {FramesResult} from './programs/frames.tsx';
import {framesOf} from './render.ts';
import {type Size, usualSize} from './support/pty.ts';
import {figure, median, percentile, ratio} from './support/stats.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

export const sizes: readonly Size[] = [{columns: 80, rows: 24}, usualSize, {columns: 200, rows: 60}];
const views = ['panels', 'table'] as const;
const subjects = [
  {subject: 'figure', words: 'one figure changes'},
  {subject: 'all', words: 'every figure changes'},
  {subject: 'key', words: 'the focus moves'},
] as const;
const [few, many] = [5, 25];
const accounts = 2;

/** A frame with many providers beside one with few, in both views: what is not on the screen should cost nothing. */
export async function manyTable(workshop: Workshop, options: BenchOptions): Promise<Table> {
  const rows: string[][] = [];
  for (const size of options.quick ? [usualSize] : sizes)
    for (const view of views)
      for (const {subject, words} of subjects)
        rows.push([
          `${size.columns}×${size.rows}, ${view}: ${words}`,
          ...(await cellsOf(workshop, {subject, size, view}, options)),
        ]);
  return {
    title: `A frame with ${many} providers of ${accounts} accounts, beside ${few} of them`,
    columns: ['what', `${few}: median ms`, `${many}: median ms`, `${many}: p95 ms`, 'ratio', 'CPU ratio'],
    rows,
    notes: ['Aims: ratio ≤ 1.3; where the focus moves, median ≤ 8 ms and p95 ≤ 16 ms.'],
  };
}

type What = {subject: string; size: Size; view: (typeof views)[number]};

async function cellsOf(workshop: Workshop, what: What, {quick}: BenchOptions): Promise<string[]> {
  const [frames, rounds] = quick ? [2, 1] : [40, 3];
  const results: {few: FramesResult[]; many: FramesResult[]} = {few: [], many: []};
  for (let round = 0; round < rounds; round++) {
    results.few.push(await framesOf(workshop, {...what, accounts, frames, providers: few}));
    results.many.push(await framesOf(workshop, {...what, accounts, frames, providers: many}));
  }
  const [before, after] = [results.few, results.many].map(found => found.flatMap(({ms}) => ms));
  const [cpuBefore, cpuAfter] = [results.few, results.many].map(found => median(found.flatMap(({cpuMs}) => cpuMs)));
  return [
    figure(median(before ?? []), 2),
    figure(median(after ?? []), 2),
    figure(percentile(after ?? [], 0.95), 2),
    ratio(median(after ?? []), median(before ?? [])),
    ratio(cpuAfter ?? Number.NaN, cpuBefore ?? Number.NaN),
  ];
}
