import type {RowsResult} from './programs/rows.ts';
import {insist, runNode} from './support/process.ts';
import type {Size} from './support/pty.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

const sizes: readonly Size[] = [
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
  {columns: 200, rows: 60},
];
const counts = [5, 12, 25];
const views = ['auto', 'panels', 'table'] as const;

/** What the rows of the screen are used for, and whether it is quiet while nothing changes. */
export async function rowsTable(workshop: Workshop, {quick}: BenchOptions): Promise<Table> {
  const rows: string[][] = [];
  for (const size of quick ? sizes.slice(0, 1) : sizes)
    for (const providers of counts)
      for (const view of views) {
        const {useful, figures, blank, idleWrites} = await rowsOf(workshop, size, providers, view);
        const name = `${size.columns}×${size.rows}, ${providers} providers, ${view === 'auto' ? 'as it opens' : view}`;
        rows.push([name, ...[useful, figures, blank, idleWrites].map(String)]);
      }
  return {
    title: 'Rows of the screen, providers with one account (5) or two',
    columns: ['what', 'useful rows', 'figures', 'blank beside hidden', 'frames while idle'],
    rows,
    notes: [
      'Useful: rows inside frames or without one that say a limit, an amount or a failure; the agenda does not count.',
      'Figures: all of these that are on the screen, those in borders too.',
      'Idle: ten times the same state anew; no text changes.',
    ],
  };
}

export async function rowsOf(
  workshop: Pick<Workshop, 'beside'>,
  {columns, rows}: Size,
  providers: number,
  view: string,
): Promise<RowsResult> {
  const words = [columns, rows, providers, view].map(String);
  return JSON.parse(insist(await runNode([workshop.beside('rows'), ...words], {PATH: ''})).stdout) as RowsResult;
}
