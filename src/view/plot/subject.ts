import type {FanPoint} from '../../core/foresight/fan.ts';
import type {Turn, Usage} from '../../core/foresight/usage.ts';
import type {ViewContext} from '../context.ts';
import type {Tone} from '../theme/theme.ts';
import type {Range} from './steps.ts';

/** What a plot is of: a stretch of time, what happened in it, and what is to come. Times are epoch ms. */
export type Plot = Range & {
  now: number;
  usage: readonly Usage[];
  turns: readonly Turn[];
  /** The forecast from now on; empty where there is none. */
  fan: readonly FanPoint[];
};

/** What one cell shows. */
export type Cell = {text: string; tone: Tone};

/** How high a figure stands, 0–1: what is used, or what is left. */
export function levelOf(percent: number, show: ViewContext['show']): number {
  const used = Math.min(100, Math.max(0, percent)) / 100;
  return show === 'used' ? used : 1 - used;
}

/** What it is drawn with. */
export const glyphs = {
  line: {use: '⠒', reset: '┊', early: '┋', now: '│', middle: '▒', fan: '░', watched: '━', unwatched: '┈'},
  ascii: {use: '#', reset: "'", early: '!', now: '|', middle: '=', fan: ':', watched: '-', unwatched: '.'},
} as const;
