import {type ThemeName, themeNames} from './settings.ts';

/** Colour themes that the user wrote: what is in them, and how they may be called. */

/** What a theme gives a colour to. */
export const themeTones = [
  'ok',
  'warn',
  'critical',
  'okStale',
  'warnStale',
  'criticalStale',
  'dim',
  'accent',
  'border',
  'track',
  'tick',
] as const;
export type ThemeTone = (typeof themeTones)[number];

/** `#rrggbb`, or a number in the terminal's palette of 256. */
export type Color = string | number;

export type OwnTheme = {
  /** The theme that the others of its colours come from. */
  extends: ThemeName;
  colors: Readonly<Partial<Record<ThemeTone, Color>>>;
  /** In place of those on a terminal with 256 colours. */
  colors256: Readonly<Partial<Record<ThemeTone, number>>>;
};
export type OwnThemes = ReadonlyMap<string, OwnTheme>;

/** What such a theme may be called; its file has the same name. */
export const ownThemeName = /^[a-z0-9][a-z0-9_-]{0,31}$/;

/** All themes there are, in the order in which they are offered. */
export const allThemes = (own: OwnThemes): string[] => [...themeNames, ...own.keys()];
