import {usedOf} from '../core/health.ts';
import type {LedgerRow} from '../core/ledger.ts';
import type {Window} from '../core/model.ts';
import {leftPercent} from '../view/format/use.ts';
import type {FieldName} from './statusline-path.ts';

/** What of a status line is a number: for bars that draw one, and for `{if used >= 80}`. */

const numeric = ['used', 'left', 'number', 'risk'] as const satisfies readonly FieldName[];
type NumericField = (typeof numeric)[number];
export const isNumeric = (field: FieldName): field is NumericField => (numeric as readonly FieldName[]).includes(field);

/** Percent, as exact as it was told; null unless it is known. */
export function numberIn(window: Window | null, field: Exclude<NumericField, 'risk'>): number | null {
  const used = window === null ? null : usedOf(window);
  return used === null || field !== 'left' ? used : leftPercent(used);
}

/** A whole number of percent; what is not quite all, or a little more, is not said to be all. */
export function wholePercent(window: Window | null): string | null {
  const used = numberIn(window, 'used');
  if (used === null) return null;
  if (used > 0 && used < 1) return '1';
  if (used > 99 && used < 100) return '99';
  return String(used > 100 ? Math.ceil(used) : Math.round(used));
}

const cells = 10;

/** A cell for every tenth that is used; a little is never nothing, and not quite all is never all. */
export function barOf(window: Window | null, isAscii: boolean): string | null {
  const used = numberIn(window, 'used');
  if (used === null) return null;
  const full = used >= 100 ? cells : Math.min(cells - 1, Math.max(used > 0 ? 1 : 0, Math.round((used * cells) / 100)));
  const [filled, empty] = isAscii ? ['=', '-'] : ['█', '░'];
  return filled.repeat(full) + empty.repeat(cells - full);
}

// Every number carries its age: said from here on, or at once when the last asking failed.
const saysAgeAfterMs = 30 * 60_000;

export const isOld = ({failure, readAt}: LedgerRow, now: number): boolean =>
  failure !== null || now - (readAt ?? 0) > saysAgeAfterMs;
