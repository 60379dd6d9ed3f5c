import {dayOf, folded, type Span, spans, type Usage} from './usage.ts';

/** Rows of history in memory, in the order of time: as the ledger keeps them, without a file. Pure. */

const second = 1000;
/** Seconds after which a finer span becomes a coarser one. */
const kept = {quarter: 8 * spans.day, hour: 56 * spans.day};

/** Rows with more of them: what is known of the same span becomes one. */
export function joined(rows: readonly Usage[], more: readonly Usage[]): Usage[] {
  const all = [...rows];
  for (const row of more) {
    const at = all.findLastIndex(each => each.at < row.at || (each.at === row.at && each.span <= row.span));
    const same = all[at];
    if (same?.at === row.at && same.span === row.span) all[at] = folded([same, row], row.span, row.at);
    else all.splice(at + 1, 0, row);
  }
  return all;
}

/** Folds what has grown old: quarter hours to hours, hours to local days. Once a day there is something to fold. */
export function compacted(rows: Usage[], now: number): Usage[] {
  const at = Math.floor(now / second);
  const isOld = ({span, at: since}: Usage): boolean =>
    span !== spans.day && since < at - spans.day - (span === spans.quarter ? kept.quarter : kept.hour);
  if (!rows.some(isOld)) return rows;
  const hours = coarser(rows, spans.quarter, spans.hour, at - kept.quarter, start => start - (start % spans.hour));
  return coarser(hours, spans.hour, spans.day, dayOf(at - kept.hour), dayOf);
}

/** Rows of a span before a moment become rows of the next. */
function coarser(rows: readonly Usage[], from: Span, to: Span, before: number, startOf: (at: number) => number) {
  const groups = new Map<number, Usage[]>();
  const isOld = ({span, at}: Usage): boolean => span === from && at < before;
  for (const row of rows.filter(isOld)) {
    const start = startOf(row.at);
    groups.set(start, [...(groups.get(start) ?? []), row]);
  }
  return joined(
    rows.filter(row => !isOld(row)),
    [...groups].map(([start, own]) => folded(own, to, start)),
  );
}
