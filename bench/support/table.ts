/** `quick`: a run of seconds that shows that everything works; its figures say nothing. */
export type BenchOptions = {quick: boolean};

/** What a bench found. `rows` are as wide as `columns`; `notes` say what the figures cannot. */
export type Table = {title: string; columns: readonly string[]; rows: readonly (readonly string[])[]; notes?: string[]};

/** As Markdown, so that it can be read in a terminal and pasted into a document. The first column is words. */
export function textOf({title, columns, rows, notes = []}: Table): string {
  const widths = columns.map((_, at) => Math.max(...[columns, ...rows].map(row => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  const below = notes.length === 0 ? [] : ['', ...notes.map(note => `- ${note}`)];
  return [`### ${title}`, '', line(columns), rule, ...rows.map(line), ...below, ''].join('\n');
}
