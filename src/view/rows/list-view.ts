import type {Line} from './line.ts';

/** Where an entry of a list can be clicked: a line, and the cells of it; all of them where none are named. */
export type ListHit = {row: number; index: number; from?: number; to?: number};

/** A list with one selected entry: its lines, and where that entry stands among them. */
export type ListView = {
  lines: Line[];
  selectedRow: number;
  /** How many lines the selected entry takes; absent: one. */
  selectedRows?: number;
  /** Lines above the selected entry that belong to it, as long as there is room. */
  lead?: number;
  hits: readonly ListHit[];
  /** Lines above the list that stay while it scrolls. */
  pinned?: readonly Line[];
};

/** The first visible line: where it was, as long as the selected entry is whole in view; of one that is too high, its beginning. */
export function scrolledTo(
  {selectedRow, selectedRows = 1, lead = 0}: ListView,
  before: number,
  height: number,
): number {
  const start = lead + selectedRows <= height ? selectedRow - lead : selectedRow;
  return Math.min(start, Math.max(before, selectedRow + selectedRows - height));
}

export const hitAt = (hits: readonly ListHit[], row: number, x: number): ListHit | undefined =>
  hits.find(hit => hit.row === row && x >= (hit.from ?? 0) && x < (hit.to ?? Number.POSITIVE_INFINITY));
