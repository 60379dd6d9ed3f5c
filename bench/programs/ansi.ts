/** A dashboard by hand, without any library: the floor. A key moves the mark and writes the two rows that change. */
import {panelRows} from './dashboard.ts';

const {columns = 120, rows = 40} = process.stdout;
const lines = panelRows(columns, rows);
let marked = 0;
const rowAt = (row: number): string =>
  `\u001b[${row + 1};1H${row === marked ? '\u001b[7m' : ''}${lines[row] ?? ''}\u001b[0m`;

process.stdin.setRawMode(true);
process.stdout.write(`\u001b[?1049h\u001b[?25l${lines.map((_, row) => rowAt(row)).join('')}`);
process.stdin.on('data', () => {
  const before = marked;
  marked = (marked + 1) % lines.length;
  process.stdout.write(`\u001b[?2026h${rowAt(before)}${rowAt(marked)}\u001b[?2026l`);
});
