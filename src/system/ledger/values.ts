import type {Amount, Failure, Note, Reading, Remedy, Share, Use, Window} from '../../core/model.ts';
import {amountIds, failureCodes, noteCodes, remedyCodes, units} from '../../core/vocabulary.ts';
import {remedyOfOlder} from './older-words.ts';

/**
 * Readings and failures as they come out of a file: another version may have written them, or they may be damaged.
 * A stranger among amounts, notes and remedies is left out alone; a window that cannot be read spoils the whole, because
 * a reading that silently lacks a limit would be a lie.
 */

/** A provider's own code is taken as it is: which there are, only its words know. */
const isCode = (codes: readonly string[], value: unknown): boolean =>
  isText(value) && (codes.includes(value) || /^[a-z0-9-]+\/[a-z0-9-]+$/.test(value));

export type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isOneOf = <T extends string>(words: readonly T[], value: unknown): value is T =>
  (words as readonly unknown[]).includes(value);
const isAbsent = (value: unknown) => value === undefined;
const isAbsentOr = (is: (value: unknown) => boolean) => (value: unknown) => isAbsent(value) || is(value);
export const isNullOr = (is: (value: unknown) => boolean) => (value: unknown) => value === null || is(value);
const mayBeNumber = isAbsentOr(isNumber);
const mayBeText = isAbsentOr(isText);

function isUse(value: unknown): value is Use {
  if (!isObject(value)) return false;
  if (value.state === 'known')
    return isNumber(value.usedPercent) && mayBeNumber(value.used) && mayBeNumber(value.limit);
  if (value.state === 'unlimited') return mayBeNumber(value.used);
  return value.state === 'not-started' || (value.state === 'unknown' && isText(value.why));
}

const isQuantity = (value: unknown): value is Pick<Amount, 'value' | 'unit'> =>
  isObject(value) && isNumber(value.value) && isOneOf(units, value.unit);

const isShare = (value: unknown): value is Share => isQuantity(value) && isText((value as Partial<Share>).name);

const isWindow = (value: unknown): value is Window =>
  isObject(value) &&
  isText(value.id) &&
  isNullOr(isText)(value.pool) &&
  isNullOr(isNumber)(value.windowMs) &&
  isNullOr(isNumber)(value.resetsAt) &&
  isUse(value.use) &&
  isOneOf(units, value.unit) &&
  mayBeNumber(value.readAt) &&
  (isAbsent(value.limitFrom) || value.limitFrom === 'plan-table') &&
  (isAbsent(value.shares) || (Array.isArray(value.shares) && value.shares.every(isShare)));

const isAmount = (value: unknown): value is Amount =>
  isObject(value) &&
  isOneOf(amountIds, value.id) &&
  isNumber(value.value) &&
  isOneOf(units, value.unit) &&
  mayBeNumber(value.limit);

const isNote = (value: unknown): value is Note =>
  isObject(value) &&
  isCode(noteCodes, value.code) &&
  mayBeText(value.text) &&
  mayBeNumber(value.at) &&
  mayBeNumber(value.percent) &&
  isAbsentOr(isQuantity)(value.amount);

const isRemedy = (value: unknown): value is Remedy =>
  isObject(value) &&
  isCode(remedyCodes, value.code) &&
  [value.name, value.command, value.version, value.url].every(mayBeText);

/** A stored reading; null when it is not one. */
export function toReading(value: unknown): Reading | null {
  if (!isObject(value) || !isNullOr(isText)(value.plan)) return null;
  const {windows, amounts, notes} = value;
  if (!Array.isArray(windows) || !Array.isArray(amounts) || !Array.isArray(notes)) return null;
  if (!windows.every(isWindow)) return null;
  return {
    plan: value.plan as string | null,
    windows,
    amounts: amounts.filter(isAmount),
    notes: notes.filter(isNote),
    ...(isText(value.label) ? {label: value.label} : {}),
    ...(isRemedy(value.remedy) ? {remedy: value.remedy} : {}),
  };
}

const toRemedy = (value: unknown): Remedy | null =>
  isRemedy(value) ? value : isObject(value) ? remedyOfOlder(value.code, value.url) : null;

/** A stored failure; null when it is not one. */
export function toFailure(value: unknown): Failure | null {
  if (!isObject(value) || !isText(value.detail) || !isNullOr(isNumber)(value.retryAt)) return null;
  const {code} = value;
  if (!isOneOf(failureCodes, code)) return null;
  return {
    code,
    detail: value.detail,
    retryAt: value.retryAt as number | null,
    remedy: toRemedy(value.remedy),
    ...(isText(value.shape) ? {shape: value.shape} : {}),
    ...(value.unreachable === true ? {unreachable: true as const} : {}),
    ...(value.aside === true ? {aside: true as const} : {}),
  };
}
