import type {Use} from '../../core/model.ts';
import type {Strings} from '../strings/index.ts';

/** Percentages, quantities and times as text. Pure: the clock and the words are arguments. */

/** Drawn where nothing is known. */
export const nothing = '–';

// Binary fractions leave dust (100 − 99.9 = 0.0999…); a millionth of a percent is nobody's quota.
const dusted = (value: number): number => Math.round(value * 1e6) / 1e6;

/**
 * '12%'; one decimal below 1. A little is never '0%', not quite all is never '100%', and a little more than all reads
 * as more than all ('100.3%'): the three borders at which rounding would change the meaning.
 */
export function percent(value: number): string {
  const exact = dusted(value);
  if (exact < 0) return exact > -0.1 ? '<0%' : `-${percent(-exact)}`;
  if (exact > 0 && exact < 0.1) return '<0.1%';
  if (exact < 1) return exact === 0 ? '0%' : `${Math.min(0.9, Math.round(exact * 10) / 10)}%`;
  if (exact > 100 && exact < 101) return `${Math.min(100.9, Math.ceil(exact * 10) / 10)}%`;
  if (exact > 9999) return '>9999%';
  return `${exact < 100 ? Math.min(99, Math.round(exact)) : Math.floor(exact)}%`;
}

/** What is left of a use; below zero when more was used than there was. */
export const leftPercent = (usedPercent: number): number => dusted(100 - usedPercent);
export const remaining = (usedPercent: number): string => percent(leftPercent(usedPercent));

/** What a bar's number says: '12%', '∞', … — every state of a use has a text of its own. */
export function usageText(use: Use, show: 'used' | 'left', strings: Strings): string {
  switch (use.state) {
    case 'known':
      return show === 'used' ? percent(use.usedPercent) : remaining(use.usedPercent);
    case 'unlimited':
      return strings.states.unlimited;
    case 'not-started':
      return strings.states.notStarted;
    case 'unknown':
      return strings.states.unknown;
  }
}

// The linter takes a name that begins with 'use' for a React hook: prefer `usageText`.
export {usageText as useText};
