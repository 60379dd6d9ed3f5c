/** A screen of cells as an SVG that looks like a terminal window. Pure. */

export type Cell = {
  text: string;
  /** '#rrggbb'; null: the terminal's own. */
  color: string | null;
  background: string | null;
  bold: boolean;
  dim: boolean;
};
export type Picture = {title: string; rows: readonly (readonly Cell[])[]};

const cell = {width: 9, height: 20};
const margin = 16;
const bar = 38;
const page = '#12151d';
const ink = '#d7dce6';
// Whatever font the reader has: `textLength` makes it fit.
const fonts =
  "ui-monospace, 'JetBrains Mono', 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', Consolas, 'Liberation Mono', monospace";

/** The arms of a box-drawing character, from the middle of its cell. */
const lines: Readonly<Record<string, string>> = {
  '─': 'lr',
  '│': 'ud',
  '╭': 'rd',
  '╮': 'ld',
  '╰': 'ru',
  '╯': 'lu',
  '├': 'rud',
  '┤': 'lud',
  '┬': 'lrd',
  '┴': 'lru',
  '┼': 'lrud',
};
const corners = '╭╮╰╯';
const blocks = ' ▏▎▍▌▋▊▉█';

export function pictureSvg({title, rows}: Picture): string {
  const width = 2 * margin + cell.width * Math.max(...rows.map(row => row.length));
  const height = bar + margin + cell.height * rows.length;
  const drawn = rows.flatMap((row, at) => rowOf(row, bar + at * cell.height));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="11" fill="${page}" stroke="#343b4b"/>`,
    ...['#ee7b80', '#e3b66a', '#7fbf95'].map(
      (fill, at) => `<circle cx="${22 + at * 20}" cy="19" r="6" fill="${fill}"/>`,
    ),
    `<g font-family="${fonts}" font-size="15" fill="${ink}" stroke-width="1.5">`,
    `<text x="${width / 2}" y="24" text-anchor="middle" font-size="13" fill="#838b9c">${escaped(title)}</text>`,
    ...drawn,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** What is filled first, so that lines and letters lie on it. */
const rowOf = (row: readonly Cell[], y: number): string[] => [
  ...fillsOf(row, y),
  ...linesOf(row, y),
  ...wordsOf(row, y),
];

const xOf = (column: number): number => margin + column * cell.width;
const colorOf = ({color, dim}: Cell): string => (dim && color === null ? '#838b9c' : (color ?? ink));

type Fill = {from: number; to: number; color: string};

/** Blocks and backgrounds of one colour that touch are one rectangle: no seam at any zoom. */
function fillsOf(row: readonly Cell[], y: number): string[] {
  const fills: Fill[] = [];
  for (const fill of row.flatMap((each, at) => fillsIn(each, xOf(at)))) {
    const last = fills.at(-1);
    if (last !== undefined && last.to === fill.from && last.color === fill.color) last.to = fill.to;
    else fills.push(fill);
  }
  return fills.map(({from, to, color}) => rectangle(from, y, to - from, color));
}

function fillsIn(each: Cell, x: number): Fill[] {
  const eighths = Math.max(0, blocks.indexOf(each.text));
  const [middle, end] = [x + (eighths / 8) * cell.width, x + cell.width];
  return [
    ...(eighths === 0 ? [] : [{from: x, to: middle, color: colorOf(each)}]),
    ...(eighths === 8 || each.background === null ? [] : [{from: middle, to: end, color: each.background}]),
  ];
}

// Bars leave a hair of the page between two rows, as the line height of a terminal does.
const rectangle = (x: number, y: number, width: number, fill: string): string =>
  `<rect x="${number(x)}" y="${y + 2}" width="${number(width)}" height="${cell.height - 4}" fill="${fill}" shape-rendering="crispEdges"/>`;

function linesOf(row: readonly Cell[], y: number): string[] {
  return runs(row, each => (isLine(each.text) ? colorOf(each) : null)).flatMap(({value, from, to}) => {
    if (value === null) return [];
    const path = row.slice(from, to).map((each, at) => strokeOf(each, xOf(from + at), y));
    return [`<path d="${path.join('').replaceAll(/H(\d+)M\1 [\d.]+(?=H)/g, '')}" stroke="${value}" fill="none"/>`];
  });
}

const isLine = (text: string): boolean => lines[text] !== undefined || text === '┄';

function strokeOf({text, background}: Cell, left: number, top: number): string {
  const [x, y, right, bottom] = [left + cell.width / 2, top + cell.height / 2, left + cell.width, top + cell.height];
  if (text === '┄') return [0, 3, 6].map(at => `M${left + at + 0.5} ${y}h2`).join('');
  const arms = lines[text] ?? '';
  if (arms === 'lr') return `M${left} ${y}H${right}`;
  // A mark inside a bar is as high as the bar.
  if (arms === 'ud' && background !== null) return `M${x} ${top + 2}V${bottom - 2}`;
  if (corners.includes(text)) {
    const [sideways, upright] = [arms.includes('r') ? right : left, arms.includes('u') ? top : bottom];
    return `M${x} ${upright}Q${x} ${y} ${sideways} ${y}`;
  }
  const ends: Record<string, string> = {l: `H${left}`, r: `H${right}`, u: `V${top}`, d: `V${bottom}`};
  return [...arms].map(arm => `M${x} ${y}${ends[arm]}`).join('');
}

/** Letters in runs of one style; a single blank between two words does not part them. */
function wordsOf(row: readonly Cell[], y: number): string[] {
  const styles = row.map(styleOf);
  const joined = (_: Cell, at: number): string | null => {
    const [before, here, after] = [styles[at - 1] ?? null, styles[at] ?? null, styles[at + 1] ?? null];
    return here === null && before === after ? before : here;
  };
  return runs(row, joined).flatMap(({value, from, to}) => {
    if (value === null) return [];
    const [fill = ink, weight = '400'] = value.split(' ');
    const text = row
      .slice(from, to)
      .map(each => each.text)
      .join('');
    return [
      textOf(text, from, y, `${fill === ink ? '' : ` fill="${fill}"`}${weight === '700' ? ' font-weight="700"' : ''}`),
    ];
  });
}

/** Null for what is no letter. A symbol stands alone: its style is like no other. */
function styleOf(each: Cell, at: number): string | null {
  const {text, bold} = each;
  if (isLine(text) || text.trim() === '' || blocks.includes(text)) return null;
  return `${colorOf(each)} ${bold ? 700 : 400}${isSymbol(text) ? ` ${at}` : ''}`;
}

// A font may lack these: another one then draws them in a width of its own.
const isSymbol = (text: string): boolean => /[^\u0020-\u024f…–—’“”]/u.test(text);

function textOf(text: string, column: number, y: number, style: string): string {
  const base = y + 15;
  if (isSymbol(text))
    return `<text x="${xOf(column) + cell.width / 2}" y="${base}" text-anchor="middle"${style}>${escaped(text)}</text>`;
  const length = [...text].length * cell.width;
  return `<text x="${xOf(column)}" y="${base}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${style}>${escaped(text)}</text>`;
}

type Run = {value: string | null; from: number; to: number};

/** Neighbours of which `of` says the same. */
function runs(row: readonly Cell[], of: (each: Cell, at: number) => string | null): Run[] {
  const found: Run[] = [];
  for (const [at, each] of row.entries()) {
    const value = of(each, at);
    const last = found.at(-1);
    if (last !== undefined && last.value === value) last.to = at + 1;
    else found.push({value, from: at, to: at + 1});
  }
  return found;
}

const number = (value: number): string => String(Math.round(value * 100) / 100);
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
