import {isBuiltIn} from '../../core/settings.ts';
import type {OwnThemes} from '../../core/themes.ts';
import type {Background, TextStyle, Theme} from '../../view/theme/theme.ts';

/** The tones of the theme as custom properties, which page.css uses. */
export function applyTheme(theme: Theme, background: Background): void {
  const {style, dataset} = document.documentElement;
  dataset.background = background;
  for (const [tone, look] of Object.entries(theme.styles)) {
    style.setProperty(`--${tone}`, cssColor(look) ?? 'var(--ink)');
    style.setProperty(`--${tone}-weight`, look.bold ? '700' : '400');
    style.setProperty(`--${tone}-opacity`, look.dimColor ? '0.72' : '1');
  }
}

/** As a terminal shows the sixteen that it has names for. */
const named: Readonly<Record<string, readonly [dark: string, light: string]>> = {
  black: ['#6b7280', '#111827'],
  red: ['#ff8a8f', '#c02634'],
  green: ['#7fc998', '#1b7a45'],
  yellow: ['#e6bd70', '#8a5a00'],
  blue: ['#8cb4f5', '#2459b5'],
  magenta: ['#d6a0f0', '#8a3ab0'],
  cyan: ['#7fd0d8', '#0f6f7a'],
  white: ['#e6e9ef', '#1f2430'],
  gray: ['#9aa2b4', '#5f6673'],
};

function cssColor({color}: TextStyle): string | null {
  if (color === undefined) return null;
  if (color.startsWith('#')) return color;
  const index = /^ansi256\((\d+)\)$/.exec(color)?.[1];
  if (index !== undefined) return indexed(Number(index));
  const [dark, light] = named[color.replace(/Bright$/, '').replace('grey', 'gray')] ?? [];
  return dark === undefined ? null : `light-dark(${light}, ${dark})`;
}

/** The colour cube and the greys of a terminal with 256 colours. */
function indexed(index: number): string | null {
  if (index < 16 || index > 255) return null;
  if (index >= 232) return grey(8 + (index - 232) * 10);
  const level = (value: number): number => (value === 0 ? 0 : 55 + value * 40);
  const place = index - 16;
  return `rgb(${level(Math.floor(place / 36))} ${level(Math.floor(place / 6) % 6)} ${level(place % 6)})`;
}
const grey = (value: number): string => `rgb(${value} ${value} ${value})`;

/** What a theme of this name is made for. */
export function backgroundOf(theme: string, own: OwnThemes, system: Background): Background {
  const name = isBuiltIn(theme) ? theme : (own.get(theme)?.extends ?? 'auto');
  return name === 'dark' || name === 'light' ? name : system;
}
