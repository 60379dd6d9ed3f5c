import {nearest} from '../../core/text/nearest.ts';
import {sanitize} from '../../core/text/sanitize.ts';

/** Told about a value that is ignored or changed, and why. `path` is empty for the whole. */
export type Report = (path: string, why: string) => void;

/** The value when it is allowed; undefined, after a report, when it is not. */
export type Check<T> = (value: unknown, path: string, report: Report) => T | undefined;
export type Checks<T> = {[Name in keyof T]-?: Check<Exclude<T[Name], undefined>>};

const below = (path: string, name: string) => (path ? `${path}.${sanitize(name, 40)}` : sanitize(name, 40));

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const orUndefined = (report: Report, path: string, why: string): undefined => {
  report(path, why);
  return undefined;
};

/** One of a few words (or switches). The nearest word is offered. */
export const oneOf =
  <T extends string | boolean>(allowed: readonly T[]): Check<T> =>
  (value, path, report) => {
    const found = allowed.find(word => word === value);
    if (found !== undefined) return found;
    const said = typeof value === 'string' ? `"${sanitize(value, 40)}"` : kindOf(value);
    const hint = typeof value === 'string' ? hintFor(value, allowed.map(String)) : '';
    return orUndefined(report, path, `${said} is not one of ${allowed.join(', ')}${hint}`);
  };

export const flag: Check<boolean> = (value, path, report) =>
  typeof value === 'boolean' ? value : orUndefined(report, path, `must be true or false, not ${kindOf(value)}`);

/** A text that is never quoted back: it may be a secret. */
export const words: Check<string> = (value, path, report) =>
  typeof value === 'string' && value !== ''
    ? value
    : orUndefined(report, path, `must be a string, not ${kindOf(value)}`);

/** A finite number within bounds (both included). */
export const numberWithin =
  (least: number, most: number): Check<number> =>
  (value, path, report) =>
    typeof value === 'number' && value >= least && value <= most
      ? value
      : orUndefined(report, path, `must be a number from ${least} to ${most}, not ${kindOf(value)}`);

export const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value, path, report) =>
    value === null ? null : check(value, path, report);

/** A list; what is wrong in it is left out alone, and so is what stands in it twice. */
export const listOf =
  <T>(check: Check<T>): Check<T[]> =>
  (value, path, report) => {
    if (!Array.isArray(value)) return orUndefined(report, path, `must be a list, not ${kindOf(value)}`);
    const found: T[] = [];
    for (const [index, item] of value.entries()) {
      const checked = check(item, `${path}[${index}]`, report);
      if (checked === undefined) continue;
      if (found.includes(checked)) report(`${path}[${index}]`, 'is in the list twice');
      else found.push(checked);
    }
    return found;
  };

/** An object with names of the user's choice, or, where `names` are given, with these only. */
export const recordOf =
  <T>(check: Check<T>, names?: readonly string[]): Check<Record<string, T>> =>
  (value, path, report) => {
    if (!isRecord(value)) return orUndefined(report, path, `must be an object, not ${kindOf(value)}`);
    const entries = Object.entries(value).flatMap(([name, item]) => {
      const at = below(path, name);
      if (names && !names.includes(name)) {
        report(at, `is not one of ${names.join(', ')}${hintFor(name, names)}`);
        return [];
      }
      const checked = check(item, at, report);
      return checked === undefined ? [] : [[name, checked] as const];
    });
    // Not by assignment: a file may have a name like __proto__ in it.
    return Object.fromEntries(entries);
  };

/** An object with known names; each stranger is named once. */
export const fields =
  <T extends object>(checks: Checks<T>): Check<Partial<T>> =>
  (value, path, report) => {
    if (!isRecord(value)) return orUndefined(report, path, `must be an object, not ${kindOf(value)}`);
    const known = Object.entries<Check<unknown>>(checks);
    const names = known.map(([name]) => name);
    for (const name of Object.keys(value)) {
      if (!names.includes(name)) report(below(path, name), `is not a setting${hintFor(name, names)}`);
    }
    const found = known.flatMap(([name, check]) => {
      if (!Object.hasOwn(value, name)) return [];
      const checked = check(value[name], below(path, name), report);
      return checked === undefined ? [] : [[name, checked] as const];
    });
    return Object.fromEntries(found) as Partial<T>;
  };

const hintFor = (word: string, allowed: readonly string[]) => {
  const near = nearest(word, allowed);
  return near === undefined ? '' : `; did you mean "${near}"?`;
};

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? (value === '' ? 'an empty string' : 'a string') : 'an object';
}
