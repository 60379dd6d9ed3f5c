/** Where a value stands in a body: own keys and places in lists, spelled out. No wildcard, filter or arithmetic. */

/** `data.limits[0].used`, or literal keys: `['odd.key', 'x']`; an empty list is the body itself. */
export type Path = string | readonly string[];

const mostSegments = 8;
const refused = new Set(['__proto__', 'prototype', 'constructor']);
const written = /^(?:[A-Za-z0-9_-]+|\[\d{1,2}\])(?:\.[A-Za-z0-9_-]+|\[\d{1,2}\])*$/;

/** Its keys and places; null for what is no path. */
export function segmentsOf(path: Path): (string | number)[] | null {
  const segments = typeof path === 'string' ? split(path) : path;
  if (segments === null || segments.length > mostSegments) return null;
  return segments.every(each => each !== '' && !refused.has(String(each))) ? [...segments] : null;
}

const split = (path: string): (string | number)[] | null =>
  written.test(path)
    ? [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([key, place]) => (place === undefined ? key : Number(place)))
    : null;

/** Undefined where nothing stands. */
export function valueAt(body: unknown, path: Path): unknown {
  let value = body;
  for (const segment of segmentsOf(path) ?? [refusedKey]) value = ownIn(value, segment);
  return value;
}
const refusedKey = '';

function ownIn(value: unknown, segment: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value) !== (typeof segment === 'number')) return undefined;
  return Object.hasOwn(value, segment) ? (value as Record<string | number, unknown>)[segment] : undefined;
}

/** As it is written: `data.limits[0]`. */
export const pathText = (path: Path): string => (typeof path === 'string' ? path : path.join('.'));

const deepest = 32;

/** Whether a body is nested further than anything that is meant to be read. */
export const isTooDeep = (value: unknown, depth = deepest): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth === 0 || Object.values(value).some(each => isTooDeep(each, depth - 1)));
