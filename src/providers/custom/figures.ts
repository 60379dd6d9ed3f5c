import type {Condition, NumberSource, TextSource, TimeSource} from '../../core/custom/definition.ts';
import {type Path, valueAt} from '../../core/custom/path.ts';
import {nextUtc} from '../../core/custom/period.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {toEpochMs, toNumber} from '../shared/values.ts';

/** A figure that was told, or why it was not. */
export type Told = {value: number} | {why: string; path: Path};

const most = 1e15;

export function numberAt(source: NumberSource, row: unknown): Told {
  if (typeof source === 'number') return {value: source};
  const {path, divideBy = 1, negate = false, money = false} = source;
  const raw = valueAt(row, path);
  if (raw === undefined) return {why: 'missing', path};
  if (raw === null) return {why: 'null', path};
  const number = toNumber(raw) ?? (money ? moneyIn(raw) : undefined);
  if (number === undefined) return {why: 'not a number', path};
  const value = number / (negate ? -divideBy : divideBy);
  // Not minus zero.
  return Math.abs(value) <= most ? {value: value + 0} : {why: 'out of range', path};
}

const amount =
  /^(?<sign>-?)[^\d.,+\-\s]{0,4}\s?(?<inner>-?)(?<digits>\d{1,3}(?:,\d{3})+|\d+)(?<fraction>\.\d+)?\s?[^\d.,+\-\s]{0,4}$/;

/** `$1,234.50`, `-€5`. */
function moneyIn(raw: unknown): number | undefined {
  const {sign, inner, digits, fraction = ''} = (typeof raw === 'string' && amount.exec(raw.trim())?.groups) || {};
  if (digits === undefined || (sign === '-' && inner === '-')) return undefined;
  return Number(`${sign}${inner}${digits.replaceAll(',', '')}${fraction}`);
}

/** Null where nothing stands that can be shown. */
export function textAt(source: TextSource | undefined, row: unknown): string | null {
  const raw = typeof source === 'object' ? valueAt(row, source.path) : source;
  const text = typeof raw === 'number' && Number.isFinite(raw) ? String(raw) : raw;
  return typeof text === 'string' ? sanitize(text, longestText) || null : null;
}
const longestText = 60;

export function isMet(condition: Condition, row: unknown): boolean {
  const value = valueAt(row, condition.path);
  if (condition.present) return value !== undefined && value !== null;
  if (condition.positive) return (toNumber(value) ?? 0) > 0;
  return value === condition.equals;
}

/** Epoch ms; null for what is not told, or is over. */
export function timeAt(source: TimeSource | undefined, row: unknown, now: number): number | null {
  if (source === undefined) return null;
  const at = 'next' in source ? nextUtc(source.next, now) : momentOf(valueAt(row, source.path), source.as, now);
  return at !== null && at > now && at <= lastMoment ? at : null;
}
// What `Date` can hold.
const lastMoment = 8.64e15;

type Kind = 'iso' | 's' | 'ms' | 'in-seconds';

function momentOf(raw: unknown, as: Kind, now: number): number | null {
  if (as === 'iso') return typeof raw === 'string' && toNumber(raw) === undefined ? toEpochMs(raw) : null;
  const number = toNumber(raw);
  if (number === undefined) return null;
  return Math.round(as === 'ms' ? number : number * 1000 + (as === 'in-seconds' ? now : 0));
}
