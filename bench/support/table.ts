/** What a bench found. `rows` are as wide as `columns`; `notes` say what the figures cannot. */
export type Table = {title: string; columns: readonly string[]; rows: readonly (readonly string[])[]; notes?: string[]};

/** As Markdown, so that it can be read in a terminal and pasted into a document. The first column is words. */
export function textOf({title, columns, rows, notes = []}: Table): string {
  const widths = columns.map((column, at) => Math.max(...[column, ...rows.map(row => row[at] ?? '')].map(cellWidth)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => pad(cell, at, widths)).join(' | ')} |`;
  const rule = `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [
    `### ${title}`,
    '',
    line(columns),
    rule,
    ...rows.map(line),
    ...(notes.length === 0 ? [] : ['', ...notes.map(note => `- ${note}`)]),
    '',
  ].join('\n');
}

const cellWidth = (cell: string): number => cell.length;
const pad = (cell: string, at: number, widths: readonly number[]): string =>
  at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
