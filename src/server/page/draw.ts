import {cellWidth} from '../../view/format/cells.ts';
import {type Line, plain, type Span} from '../../view/rows/line.ts';

/** Rows as elements. Text stays text; a bar becomes an element that says how full it is. */

export function rowElement(line: Line): HTMLElement {
  const row = element('div', 'row');
  const label = nameOf(line);
  for (const piece of piecesOf(line))
    row.append(piece.bar === undefined ? textElement(piece) : barElement(piece, label));
  return row;
}

type Piece = Span & {cells: number};

/** The spans of one bar together. */
function piecesOf(line: Line): Piece[] {
  const pieces: Piece[] = [];
  for (const span of line) {
    const last = pieces.at(-1);
    const cells = cellWidth(span.text);
    if (last !== undefined && span.bar !== undefined && isSame(span.bar, last.bar)) last.cells += cells;
    else if (span.text !== '') pieces.push({...span, cells});
  }
  return pieces;
}

/** Two bars never touch, so two pieces that do, and say the same, are of one. */
const isSame = (one: NonNullable<Span['bar']>, other: Span['bar']): boolean =>
  one.fraction === other?.fraction && one.elapsed === other.elapsed;

/** What stands before its first bar. */
const nameOf = (line: Line): string =>
  plain(
    line.slice(
      0,
      Math.max(
        0,
        line.findIndex(({bar}) => bar !== undefined),
      ),
    ),
  )
    .replace(/[│┃|▸]/g, '')
    .trim();

function barElement({bar, tone, cells}: Piece, label: string): HTMLElement {
  const {fraction, elapsed} = bar ?? {fraction: 0, elapsed: null};
  const percent = Math.round(fraction * 100);
  // Something used is never drawn as nothing, and a little left never as full.
  const least = 100 / Math.max(1, cells);
  const shown =
    fraction <= 0 ? 0 : fraction >= 1 ? 100 : Math.min(100 - least / 2, Math.max(least / 2, fraction * 100));
  const outer = element('span', `bar t-${tone === 'track' || tone === undefined ? 'dim' : tone}`);
  outer.style.width = `${cells}ch`;
  outer.style.setProperty('--fill', `${shown}%`);
  outer.setAttribute('role', 'progressbar');
  outer.setAttribute('aria-label', label);
  outer.setAttribute('aria-valuemin', '0');
  outer.setAttribute('aria-valuemax', '100');
  outer.setAttribute('aria-valuenow', String(Math.max(0, Math.min(100, percent))));
  outer.setAttribute('aria-valuetext', `${percent}%`);
  if (elapsed !== null) {
    const tick = element('span', 'tick');
    tick.style.left = `${Math.max(0, Math.min(1, elapsed)) * 100}%`;
    outer.append(tick);
  }
  return outer;
}

function textElement(span: Span): HTMLElement {
  const classes = [`t-${span.tone ?? 'text'}`, ...(span.bold ? ['bold'] : []), ...(span.inverse ? ['inverse'] : [])];
  const outer = element('span', [...classes, ...(span.spin ? ['spin'] : [])].join(' '));
  for (const run of runsOf(span.text)) outer.append(isPlain(run) ? run : slot(run));
  return outer;
}

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
/** Letters of any script stay together; signs stand alone. */
const run = /[\x20-\x7e]+|(?:(?![\x20-\x7e])[\p{L}\p{M}\p{N}\p{P}])+|[^\x20-\x7e]/gu;
const runsOf = (text: string): string[] => text.match(run) ?? [];

/** No font but a terminal's has every sign as wide as its cells: whatever it is, the rest of the row keeps its place. */
function slot(text: string): HTMLElement {
  const outer = element('span', 'slot');
  outer.style.width = `${cellWidth(text)}ch`;
  outer.textContent = text;
  return outer;
}

export function element(name: string, className: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

/** A frame is drawn by the style of its block: what stands for it in the text is left out, as wide as it was. */
export function withoutFrame(lines: readonly Line[]): Line[] {
  return lines.map((line, index) =>
    index === 0 || index === lines.length - 1
      ? line.map(span => (isEdge(span) ? emptied(span) : span))
      : line.map((span, at) => (at === 0 || at === line.length - 1 ? emptied(span) : span)),
  );
}

const isEdge = ({tone}: Span): boolean => tone === 'border' || tone === 'borderFocused';
const emptied = (span: Span): Span => (isEdge(span) ? {text: ' '.repeat(cellWidth(span.text)), tone: 'border'} : span);
