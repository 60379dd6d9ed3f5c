/** Makes docs/picture*.svg from the built program: `npm run build && node scripts/picture.ts`. */
import {writeFileSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import headless, {type IBufferCell, type Terminal} from '@xterm/headless';
import {type Cell, pictureSvg} from './picture-svg.ts';

const program = fileURLToPath(new URL('../bin/mystatus-tui.js', import.meta.url));
const docs = new URL('../docs/', import.meta.url);
const patienceMs = 15_000;

// One figure of every service of the demo (OpenAI and Copilot share one): then all have answered.
const filled = [/71%/, /34%[\s\S]*34%/, /100%/, /98%/, /42%/];
const busy = /[\u2800-\u28ff]|refreshing…|no data yet|looking for logins/;

type Shot = {file: string; columns: number; rows: number; title: string};
const shots: Shot[] = [
  {file: 'picture.svg', columns: 118, rows: 34, title: 'mystatus-tui --demo'},
  {file: 'picture-narrow.svg', columns: 64, rows: 17, title: 'mystatus-tui --demo, in a small pane'},
];

/** Runs the program on a terminal of that size and draws what it shows when all panels are filled. */
async function take({columns, rows, title}: Shot): Promise<string> {
  const screen = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0});
  const env = {PATH: process.env.PATH, TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'en_GB.UTF-8', TZ: 'UTC'};
  const pty = spawn(process.execPath, [program, '--demo'], {cols: columns, rows, env, name: env.TERM});
  pty.onData(data => screen.write(data));
  screen.onData(data => pty.write(data));
  try {
    await filledUp(screen);
    return pictureSvg({title, rows: cellsOf(screen)});
  } finally {
    pty.kill();
    screen.dispose();
  }
}

async function filledUp(screen: Terminal): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const text = cellsOf(screen)
      .map(row => row.map(each => each.text).join(''))
      .join('\n');
    if (filled.every(figure => figure.test(text)) && !busy.test(text)) return;
    if (Date.now() > deadline) throw new Error(`the panels were not filled in time:\n${text}`);
    await pause(100);
  }
}

function cellsOf(screen: Terminal): Cell[][] {
  const {active} = screen.buffer;
  return Array.from({length: screen.rows}, (_, y) => {
    const line = active.getLine(active.baseY + y);
    return Array.from({length: screen.cols}, (_, x) => toCell(line?.getCell(x)));
  });
}

const blank: Cell = {text: ' ', color: null, background: null, bold: false, dim: false};

// Themes speak in RGB where the terminal says that it has all colours; so there is no palette to translate.
function toCell(cell: IBufferCell | undefined): Cell {
  if (cell === undefined) return blank;
  const color = cell.isFgRGB() ? hex(cell.getFgColor()) : null;
  const background = cell.isBgRGB() ? hex(cell.getBgColor()) : null;
  const [front, back] = cell.isInverse() ? [background ?? '#12151d', color ?? '#d7dce6'] : [color, background];
  return {
    text: cell.getChars() || ' ',
    color: front,
    background: back,
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
  };
}

const hex = (rgb: number): string => `#${rgb.toString(16).padStart(6, '0')}`;

for (const shot of shots) writeFileSync(new URL(shot.file, docs), await take(shot));
