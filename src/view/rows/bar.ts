import {staleTone, type Tone} from '../theme/theme.ts';
import type {Line, Span} from './line.ts';

/** A bar shows two things: the fill is what is used (or left), the tick how much of the period has gone by. */
export type Bar =
  | {state: 'known'; fraction: number; elapsed: number | null; tone: Tone}
  | {state: 'unlimited' | 'not-started' | 'unknown'};

export type BarStyle = {
  /** solid: a coloured track; shade: `░`; ascii: `[##--|--]`. */
  glyphs: 'solid' | 'shade' | 'ascii';
  /** Old numbers are drawn in a paler colour. */
  stale: boolean;
};

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** A bar of exactly `width` cells. */
export function bar(what: Bar, width: number, style: BarStyle): Line {
  if (width <= 0) return [];
  if (style.glyphs === 'ascii') return asciiBar(what, width, style);
  if (what.state === 'known') return knownBar(what, width, style);
  return [{text: emptyTrack(what.state, width), tone: what.state === 'unlimited' && !style.stale ? 'ok' : 'dim'}];
}

/** Drawings of their own for what is no number: `? ╌ ╌`, `∞ ───`, `○ ┄┄┄`. */
function emptyTrack(state: 'unlimited' | 'not-started' | 'unknown', width: number): string {
  const [mark, line] = {unlimited: ['∞', '─'], 'not-started': ['○', '┄'], unknown: ['?', '·']}[state] as [
    string,
    string,
  ];
  return state === 'unknown'
    ? Array.from({length: width}, (_, index) => (index % 4 === 0 ? mark : index % 4 === 2 ? line : ' ')).join('')
    : `${mark} ${line.repeat(width)}`.slice(0, width);
}

type Cell = {text: string; tone: Tone; on?: Tone; inverse?: true};

function knownBar(what: Extract<Bar, {state: 'known'}>, width: number, style: BarStyle): Line {
  const tone: Tone = style.stale ? staleTone(what.tone) : what.tone;
  const over = what.fraction > 1;
  const filled = Math.round(Math.max(0, Math.min(1, what.fraction)) * width * 8);
  // Something used is never drawn as nothing, and a little left never as full.
  const units = what.fraction > 0 ? Math.max(1, what.fraction < 1 ? Math.min(filled, width * 8 - 1) : filled) : 0;
  const cells = Array.from({length: width}, (_, index) => fillCell(units - index * 8, tone, style));
  if (over) cells[width - 1] = overMark(tone, style);
  const tick = tickAt(what.elapsed, width);
  if (tick !== null && !(over && tick === width - 1)) cells[tick] = tickCell(units - tick * 8, tone, style);
  return merge(cells);
}

function fillCell(units: number, tone: Tone, style: BarStyle): Cell {
  const solid = style.glyphs === 'solid';
  if (units >= 8) return {text: '█', tone};
  if (units > 0) return {text: eighths[units] ?? '▏', tone, ...(solid ? {on: 'track' as const} : {})};
  return solid ? {text: ' ', tone: 'track', on: 'track'} : {text: '░', tone: 'track'};
}

/** The tick stands out from the fill by the fill's own colour behind it, and from the track by brightness. */
function tickCell(units: number, tone: Tone, style: BarStyle): Cell {
  if (style.glyphs === 'solid')
    return units >= 4 ? {text: '│', tone: 'onFill', on: tone} : {text: '│', tone: 'tick', on: 'track'};
  return units >= 4 ? {text: '│', tone, inverse: true} : {text: '│', tone: 'tick'};
}

const overMark = (tone: Tone, style: BarStyle): Cell =>
  style.glyphs === 'solid' ? {text: '▶', tone: 'onFill', on: tone} : {text: '▶', tone, inverse: true};

function tickAt(elapsed: number | null, width: number): number | null {
  if (elapsed === null || width < 6) return null;
  return Math.min(width - 1, Math.floor(Math.max(0, Math.min(1, elapsed)) * width));
}

/** Neighbours of one style become one span: fewer nodes to lay out. */
function merge(cells: readonly Cell[]): Line {
  const spans: Span[] = [];
  for (const cell of cells) {
    const last = spans.at(-1);
    if (last && last.tone === cell.tone && last.on === cell.on && last.inverse === cell.inverse) {
      spans[spans.length - 1] = {...last, text: last.text + cell.text};
    } else spans.push(cell);
  }
  return spans;
}

function asciiBar(what: Bar, width: number, style: BarStyle): Line {
  if (width < 3) return [{text: ' '.repeat(width)}];
  const inner = width - 2;
  const frame = (spans: Line): Line => [{text: '[', tone: 'dim'}, ...spans, {text: ']', tone: 'dim'}];
  switch (what.state) {
    case 'unlimited':
      return frame([{text: 'unlimited'.length <= inner ? 'unlimited'.padEnd(inner) : '~'.repeat(inner), tone: 'dim'}]);
    case 'not-started':
      return frame([{text: ' '.repeat(inner), tone: 'dim'}]);
    case 'unknown':
      return frame([{text: '? '.repeat(inner).slice(0, inner), tone: 'dim'}]);
    case 'known':
      return frame(asciiFill(what, inner, style));
  }
}

function asciiFill(what: Extract<Bar, {state: 'known'}>, width: number, style: BarStyle): Line {
  const tone: Tone = style.stale ? staleTone(what.tone) : what.tone;
  const rounded = Math.round(Math.max(0, Math.min(1, what.fraction)) * width);
  const filled = what.fraction > 0 ? Math.max(1, what.fraction < 1 ? Math.min(rounded, width - 1) : rounded) : 0;
  const cells = Array.from(
    {length: width},
    (_, index): Cell => (index < filled ? {text: '#', tone} : {text: '-', tone: 'track'}),
  );
  const tick = tickAt(what.elapsed, width);
  if (tick !== null) cells[tick] = {text: '|', tone: 'tick'};
  if (what.fraction > 1) cells[width - 1] = {text: '>', tone};
  return merge(cells);
}
