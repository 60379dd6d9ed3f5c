import type {Measured} from './rounds.ts';
import {figure, median, percentile, ratio} from './stats.ts';
import type {Table} from './table.ts';

/** Median, 95th percentile, and how many times the first one's median. Milliseconds. */
export function timesTable(title: string, found: readonly Measured[], notes: string[] = []): Table {
  const baseline = median(found[0]?.values ?? []);
  return {
    title,
    columns: ['what', 'median ms', 'p95 ms', 'ratio'],
    rows: found.map(({name, values}) => [
      name,
      figure(median(values)),
      figure(percentile(values, 0.95)),
      ratio(median(values), baseline),
    ]),
    notes,
  };
}
