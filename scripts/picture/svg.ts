/** A terminal's cells as SVG. */
import type {IBufferCell} from '@xterm/headless';

const [width, height, margin, bar] = [9, 20, 16, 38];
const [paper, ink, pale] = ['#12151d', '#d7dce6', '#838b9c'];
const font = "ui-monospace, 'JetBrains Mono', 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', Consolas, monospace";
const blocks = ' ▏▎▍▌▋▊▉█';
const frames: Record<string, string> = {'─': 'lr', '│': 'ud', '╭': 'rd', '╮': 'ld', '╰': 'ru', '╯': 'lu', '╌': 'lr'};
const heavy: Record<string, string> = {'━': 'lr', '┃': 'ud', '┏': 'rd', '┓': 'ld', '┗': 'ru', '┛': 'lu'};

/** A row of the screen as elements of a picture, `y` rows down. */
export const rowOf = (row: readonly IBufferCell[], y: number): string => spansOf(row, bar + y * height).join('\n');

/** A window of a terminal of this size, with what is drawn in it. */
export function windowOf({cols, rows}: {cols: number; rows: number}, content: string, style = ''): string {
  const [w, h] = [2 * margin + width * cols, bar + margin + height * rows];
  const dot = (fill: string, at: number) => `<circle cx="${22 + at * 20}" cy="19" r="6" fill="${fill}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img">
<title>mystatus-tui --demo</title>
<style>rect{shape-rendering:crispEdges}${style}</style>
<rect x=".5" y=".5" width="${w - 1}" height="${h - 1}" rx="11" fill="${paper}" stroke="#343b4b" style="shape-rendering:auto"/>
${['#ee7b80', '#e3b66a', '#7fbf95'].map(dot).join('')}
<g font-family="${font}" font-size="15" stroke-width="1.5">
${content}
</g>
</svg>
`;
}

/** Neighbours that look alike are one run: filled, drawn as lines, or written with a length that fits any font. */
function spansOf(row: readonly IBufferCell[], y: number): string[] {
  const looks = row.map(lookOf);
  const starts = [...looks.keys()].filter(at => looks[at] !== looks[at - 1]);
  return starts.flatMap((from, at) => {
    const texts = row.slice(from, starts[at + 1]).map(cell => cell.getChars() || ' ');
    const [kind, color, back, more] = (looks[from] ?? '').split(' ');
    const [x, length] = [margin + from * width, texts.length * width];
    const under = back === 'none' ? '' : rectangle(x, y, length, back);
    if (kind === 'block') return under + rectangle(x, y, (length * blocks.indexOf(more ?? '')) / 8, color);
    const strokes = () => texts.map((each, n) => strokeOf(each, x + n * width, y)).join('');
    if (kind === 'frame' || kind === 'heavy')
      return `${under}<path d="${strokes()}" stroke="${color}" fill="none"${kind === 'heavy' ? ' stroke-width="3"' : ''}/>`;
    const look = `fill="${color}" font-weight="${more}"`;
    return (
      under +
      wordsIn(texts)
        .map(({at, cells}) => textAt(x + at * width, y, cells, look))
        .join('')
    );
  });
}

type Words = {at: number; cells: string[]};

/** What stands between gaps: viewers of pictures differ in what they make of spaces at the end, or of two of them. */
function wordsIn(texts: readonly string[]): Words[] {
  const words: Words[] = [];
  texts.forEach((text, at) => {
    const last = words.at(-1);
    if (text === ' ') return;
    if (last !== undefined && at - last.at - last.cells.length < 2)
      last.cells.push(...texts.slice(last.at + last.cells.length, at + 1));
    else words.push({at, cells: [text]});
  });
  return words;
}

function textAt(x: number, y: number, cells: readonly string[], look: string): string {
  const text = cells.join('').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y + 15}" ${look} textLength="${cells.length * width}">${text}</text>`;
}

function lookOf(cell: IBufferCell, at: number): string {
  const text = cell.getChars() || ' ';
  const front = cell.isFgRGB() ? hex(cell.getFgColor()) : cell.isDim() ? pale : ink;
  const back = cell.isBgRGB() ? hex(cell.getBgColor()) : 'none';
  const colors = cell.isInverse() ? `${back === 'none' ? paper : back} ${front}` : `${front} ${back}`;
  if (frames[text] !== undefined) return `frame ${colors}`;
  if (heavy[text] !== undefined) return `heavy ${colors}`;
  if (text !== ' ' && blocks.includes(text)) return `block ${colors} ${text}`;
  // A font may lack a symbol: another one then draws it in a width of its own.
  return `text ${colors} ${cell.isBold() ? 700 : 400} ${/[^\u0020-\u024f…–—’“”]/u.test(text) ? at : ''}`;
}

function strokeOf(text: string, left: number, top: number): string {
  const [x, y, right, below] = [left + width / 2, top + height / 2, left + width, top + height];
  if (text === '╌') return [0, 4.5].map(dash => `M${left + dash + 0.75} ${y}h3`).join('');
  const ends: Record<string, string> = {l: `${left} ${y}`, r: `${right} ${y}`, u: `${x} ${top}`, d: `${x} ${below}`};
  const [one = '', other = ''] = frames[text] ?? heavy[text] ?? '';
  return `M${ends[one]}Q${x} ${y} ${ends[other]}`;
}

const hex = (rgb: number): string => `#${rgb.toString(16).padStart(6, '0')}`;
// Bars leave a hair of the page between two rows, as the line height of a terminal does.
const rectangle = (x: number, y: number, w: number, fill = ''): string =>
  `<rect x="${x}" y="${y + 2}" width="${w}" height="${height - 4}" fill="${fill}"/>`;
