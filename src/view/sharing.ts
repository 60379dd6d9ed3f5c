/**
 * `next`, in which every part that says the same as `before` is that very part: whoever compares references sees what
 * changed, and nothing else. Arrays, maps and plain objects are gone through; all else is the same or it is not.
 */
export function sharing<T>(before: unknown, next: T): T {
  if (Object.is(before, next)) return next;
  if (Array.isArray(before) && Array.isArray(next)) return sharedArray(before, next) as T;
  if (before instanceof Map && next instanceof Map) return sharedMap(before, next) as T;
  if (isPlain(before) && isPlain(next)) return sharedObject(before, next) as T;
  return next;
}

function sharedArray(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const shared = next.map((item, at) => sharing(before[at], item));
  return before.length === next.length && shared.every((item, at) => Object.is(item, before[at])) ? before : shared;
}

function sharedMap(before: ReadonlyMap<unknown, unknown>, next: ReadonlyMap<unknown, unknown>) {
  const shared = new Map([...next].map(([key, value]) => [key, sharing(before.get(key), value)]));
  const isSame =
    before.size === shared.size &&
    [...shared].every(([key, value]) => before.has(key) && Object.is(before.get(key), value));
  return isSame ? before : shared;
}

function sharedObject(before: Plain, next: Plain): Plain {
  const keys = Object.keys(next);
  const shared = Object.fromEntries(keys.map(key => [key, sharing(before[key], next[key])]));
  const isSame = (key: string): boolean => Object.hasOwn(before, key) && Object.is(before[key], shared[key]);
  return Object.keys(before).length === keys.length && keys.every(isSame) ? before : shared;
}

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Remembers the last answer, for as long as it is asked with the same references. */
export function remembering<In extends readonly unknown[], Out>(make: (...input: In) => Out): (...input: In) => Out {
  let last: {input: In; output: Out} | null = null;
  return (...input) => {
    if (last === null || !isAll(input, last.input)) last = {input, output: make(...input)};
    return last.output;
  };
}

const isAll = (these: readonly unknown[], those: readonly unknown[]): boolean =>
  these.every((each, at) => Object.is(each, those[at]));
