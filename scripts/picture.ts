/** Makes docs/picture*.svg: what the built program shows with --demo, as a terminal would. `npm run build` comes first. */
import {writeFileSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import headless, {type IBufferCell} from '@xterm/headless';

const pictures = {picture: {cols: 118, rows: 40}, 'picture-narrow': {cols: 64, rows: 17}};
const env = {PATH: process.env.PATH, TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'en_GB.UTF-8', TZ: 'UTC'};
const isBusy = /refreshing…|looking for logins/;
// Forecasts come last: a pace stands beside one only.
const hasForecasts = /▲\d/;

const [width, height, margin, bar] = [9, 20, 16, 38];
const [paper, ink, pale] = ['#12151d', '#d7dce6', '#838b9c'];
const font = "ui-monospace, 'JetBrains Mono', 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', Consolas, monospace";
const blocks = ' ▏▎▍▌▋▊▉█';
const frames: Record<string, string> = {'─': 'lr', '│': 'ud', '╭': 'rd', '╮': 'ld', '╰': 'ru', '╯': 'lu', '╌': 'lr'};
const heavy: Record<string, string> = {'━': 'lr', '┃': 'ud', '┏': 'rd', '┓': 'ld', '┗': 'ru', '┛': 'lu'};

function svgOf(rows: IBufferCell[][]): string {
  const [w, h] = [2 * margin + width * (rows[0]?.length ?? 0), bar + margin + height * rows.length];
  const dot = (fill: string, at: number) => `<circle cx="${22 + at * 20}" cy="19" r="6" fill="${fill}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img">
<title>mystatus-tui --demo</title>
<style>rect{shape-rendering:crispEdges}</style>
<rect x=".5" y=".5" width="${w - 1}" height="${h - 1}" rx="11" fill="${paper}" stroke="#343b4b" style="shape-rendering:auto"/>
${['#ee7b80', '#e3b66a', '#7fbf95'].map(dot).join('')}
<g font-family="${font}" font-size="15" stroke-width="1.5" xml:space="preserve">
${rows.flatMap((row, at) => rowOf(row, bar + at * height)).join('\n')}
</g>
</svg>
`;
}

/** Neighbours that look alike are one run: filled, drawn as lines, or written with a length that fits any font. */
function rowOf(row: IBufferCell[], y: number): string[] {
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
    const text = texts.join('').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    if (text.trim() === '') return under || [];
    const look = `fill="${color}" font-weight="${more}" textLength="${length}"`;
    return `${under}<text x="${x}" y="${y + 15}" ${look}>${text}</text>`;
  });
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

for (const [name, size] of Object.entries(pictures)) {
  const screen = new headless.Terminal({...size, allowProposedApi: true, scrollback: 0});
  const pty = spawn(process.execPath, ['bin/mystatus-tui.js', '--demo'], {...size, env, name: env.TERM});
  pty.onData(data => screen.write(data));
  screen.onData(data => pty.write(data));
  const line = (y: number) => screen.buffer.active.getLine(y);
  const text = () => Array.from({length: size.rows}, (_, y) => line(y)?.translateToString()).join('\n');
  do await pause(1500);
  while (isBusy.test(text()) || !text().includes('98%') || !hasForecasts.test(text()));
  const cells = (y: number) => Array.from({length: size.cols}, (_, x) => line(y)?.getCell(x) ?? []).flat();
  writeFileSync(`docs/${name}.svg`, svgOf(Array.from({length: size.rows}, (_, y) => cells(y))));
  pty.kill();
}
process.exit();
