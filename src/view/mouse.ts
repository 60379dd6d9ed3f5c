/** Mouse reports in SGR form (mode 1006). Cells count from 0. */
export type MouseEvent = {kind: 'press' | 'wheel-up' | 'wheel-down'; x: number; y: number};

/** Button presses and wheel turns (1000), with coordinates beyond column 223 (1006). */
export const mouseOn = '\u001b[?1000h\u001b[?1006h';
export const mouseOff = '\u001b[?1006l\u001b[?1000l';

/** A report's fields; null for releases, drags and buttons that mean nothing here. */
export function mouseEvent(button: number, column: number, row: number, released: boolean): MouseEvent | null {
  const at = {x: column - 1, y: row - 1};
  // Shift, Alt and Ctrl set bits 2–4; who holds them means something else.
  if (button === 64) return {kind: 'wheel-up', ...at};
  if (button === 65) return {kind: 'wheel-down', ...at};
  return button === 0 && !released ? {kind: 'press', ...at} : null;
}
