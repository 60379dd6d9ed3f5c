/** Dots of braille, 2 × 4 in each cell. */

export const dotsAcross = 2;
const dotsDown = 4;
const bits = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
const firstLetter = 0x28_00;

export type Dots = {columns: number; rows: number; cells: Uint8Array};

export const emptyDots = (columns: number, rows: number): Dots => ({
  columns,
  rows,
  cells: new Uint8Array(columns * rows),
});

/** The cell's letter of braille; null where it has no dot. */
export function letterAt({columns, cells}: Dots, column: number, row: number): string | null {
  const dots = cells[row * columns + column] ?? 0;
  return dots === 0 ? null : String.fromCodePoint(firstLetter + dots);
}

function setDot({columns, cells}: Dots, x: number, y: number): void {
  const at = Math.floor(y / dotsDown) * columns + Math.floor(x / dotsAcross);
  const bit = bits[x % dotsAcross === 0 ? 0 : 1][(y % dotsDown) as 0 | 1 | 2 | 3];
  cells[at] = (cells[at] ?? 0) | bit;
}

/**
 * A line of steps: a dot for each column of dots that has a level (0 lowest, 1 highest), and what rises from one to the
 * next is drawn in between. What falls is a window that began again: nothing lies between the two.
 */
export function drawSteps(dots: Dots, levels: readonly (number | null)[], turned: boolean): void {
  const down = dots.rows * dotsDown - 1;
  let before: number | null = null;
  for (const [x, level] of levels.entries()) {
    if (level !== null) {
      const y = Math.round((1 - level) * down);
      const rises = before !== null && (turned ? before < y : before > y);
      const from = rises && before !== null ? before + (turned ? 1 : -1) : y;
      for (let dot = Math.min(from, y); dot <= Math.max(from, y); dot += 1) setDot(dots, x, dot);
      before = y;
    } else before = null;
  }
}
