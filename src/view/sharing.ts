/** True when both say the same: arrays, maps and plain objects are gone through; all else is the same or it is not. */
export function alike(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) return sameLists(one, other);
  if (one instanceof Map && other instanceof Map) return sameLists([...one], [...other]);
  return isPlain(one) && isPlain(other) && sameObjects(one, other);
}

const sameLists = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, at) => alike(item, other[at]));

function sameObjects(one: Plain, other: Plain): boolean {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(key => Object.hasOwn(other, key) && alike(one[key], other[key]))
  );
}

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/**
 * `next`, in which every part that says the same as `before` is that very part: whoever compares references sees what
 * changed, and nothing else.
 */
export function sharing<T>(before: unknown, next: T): T {
  if (alike(before, next)) return before as T;
  if (Array.isArray(before) && Array.isArray(next)) return next.map((item, at) => sharing(before[at], item)) as T;
  if (!isPlain(before) || !isPlain(next)) return next;
  return Object.fromEntries(Object.entries(next).map(([key, value]) => [key, sharing(before[key], value)])) as T;
}

/** `before`, as long as each of its parts is the very part of `next`. */
export function sameParts<T extends object>(before: T | undefined, next: T): T {
  if (before === undefined) return next;
  const keys = Object.keys(next) as (keyof T)[];
  return keys.every(key => Object.is(before[key], next[key])) ? before : next;
}

/** Remembers the last answer, for as long as it is asked with the same references. */
export function remembering<In extends readonly unknown[], Out>(make: (...input: In) => Out): (...input: In) => Out {
  let last: {input: In; output: Out} | null = null;
  return (...input) => {
    if (last === null || !isAll(input, last.input)) last = {input, output: make(...input)};
    return last.output;
  };
}

/** As `remembering`, for each object apart; what is gone is forgotten. */
export function rememberingEach<Key extends object, In extends readonly unknown[], Out>(
  make: (key: Key, ...input: In) => Out,
): (key: Key, ...input: In) => Out {
  const known = new WeakMap<Key, {input: In; output: Out}>();
  return (key, ...input) => {
    const last = known.get(key);
    if (last !== undefined && isAll(input, last.input)) return last.output;
    const output = make(key, ...input);
    known.set(key, {input, output});
    return output;
  };
}

const isAll = (these: readonly unknown[], those: readonly unknown[]): boolean =>
  these.every((each, at) => Object.is(each, those[at]));
