/** Rows that look like the monitor's: words, a bar in colour, a percentage. Each is `columns` cells wide. */
export const panelRows = (columns: number, rows: number, shift = 0): string[] =>
  Array.from({length: rows}, (_, row) => rowOf(columns, (row * 7 + shift) % 101));

function rowOf(columns: number, percent: number): string {
  const [label, tail] = [' weekly limit ', ` ${String(percent).padStart(3)}%  resets in 3d 4h `];
  const width = Math.max(0, columns - label.length - tail.length);
  const full = Math.round((width * percent) / 100);
  return `${label}\u001b[38;2;127;191;149m${'█'.repeat(full)}\u001b[38;2;80;80;80m${'░'.repeat(width - full)}\u001b[39m${tail}`;
}
