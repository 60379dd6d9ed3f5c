import {staleTone, type Tone} from '../theme/theme.ts';
import {type Line, span} from './line.ts';

/** A bar shows two things: the fill is what is used (or left), the tick how much of the period has gone by. */
export type Bar =
  | {state: 'known'; fraction: number; elapsed: number | null; tone: Tone}
  | {state: 'unlimited' | 'not-started' | 'unknown'};

export type BarStyle = {
  glyphs: 'line' | 'ascii';
  /** Old numbers are drawn in a paler colour. */
  stale: boolean;
};

type Glyphs = {fill: string; rest: string; tick: string; unlimited: string; notStarted: string; unknown: string};
// Lines in the middle of their cells: bars above each other stay apart.
const glyphs: Readonly<Record<BarStyle['glyphs'], Glyphs>> = {
  line: {fill: '━', rest: '╌', tick: '┃', unlimited: '∞ ─', notStarted: '○ ╌', unknown: '? · '},
  ascii: {fill: '=', rest: '.', tick: '|', unlimited: '~', notStarted: 'o .', unknown: '? - '},
};

/** With fewer cells there is no telling where a tick stands. */
const leastForTick = 6;

/** A bar of exactly `width` cells. */
export function bar(what: Bar, width: number, style: BarStyle): Line {
  if (width <= 0) return [];
  if (what.state === 'known') return knownBar(what, width, style);
  return [span(drawing(what.state, width, glyphs[style.glyphs]), what.state === 'unlimited' ? 'ok' : 'dim')];
}

/** Drawings of their own for what is no number: `? · ? ·`, `∞ ───`, `○ ╌╌╌`. */
function drawing(state: Exclude<Bar['state'], 'known'>, width: number, own: Glyphs): string {
  switch (state) {
    case 'unlimited':
      return own.unlimited.padEnd(width, own.unlimited.at(-1)).slice(0, width);
    case 'not-started':
      return own.notStarted.padEnd(width, own.notStarted.at(-1)).slice(0, width);
    case 'unknown':
      return own.unknown.repeat(width).slice(0, width);
  }
}

/** Fill and rest; the tick has the colour of the fill where it stands in it, and one of its own in the rest. */
function knownBar({fraction, elapsed, tone}: Extract<Bar, {state: 'known'}>, width: number, style: BarStyle): Line {
  const {fill, rest, tick} = glyphs[style.glyphs];
  const shown = style.stale ? staleTone(tone) : tone;
  const filled = filledCells(fraction, width);
  const at = tickAt(elapsed, width);
  const ticked = (text: string, from: number): string =>
    at === null || at < from || at >= from + text.length
      ? text
      : text.slice(0, at - from) + tick + text.slice(at - from + 1);
  const used = span(ticked(fill.repeat(filled), 0), shown);
  const beyond = width - filled;
  const isInFill = at === null || at < filled;
  const before = isInFill ? beyond : at - filled;
  const pieces = [
    used,
    span(rest.repeat(before), 'track'),
    ...(isInFill ? [] : [span(tick, 'tick'), span(rest.repeat(beyond - before - 1), 'track')]),
  ];
  const bar = {fraction, elapsed: at === null ? null : elapsed};
  return pieces.filter(({text}) => text !== '').map(piece => ({...piece, bar}));
}

/** Something used is never drawn as nothing, and a little left never as full. */
function filledCells(fraction: number, width: number): number {
  if (!(fraction > 0)) return 0;
  const filled = Math.max(1, Math.round(fraction * width));
  return fraction < 1 ? Math.min(filled, Math.max(1, width - 1)) : width;
}

function tickAt(elapsed: number | null, width: number): number | null {
  if (elapsed === null || width < leastForTick) return null;
  return Math.min(width - 1, Math.floor(Math.max(0, Math.min(1, elapsed)) * width));
}
