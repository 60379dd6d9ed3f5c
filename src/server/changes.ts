/** Of named values those that are written differently than the last time, and null for those that have gone. */
export type Changes<T> = (next: ReadonlyMap<string, T>) => Map<string, T | null>;

export function createChanges<T>(written: (value: T) => string = JSON.stringify): Changes<T> {
  let last = new Map<string, string>();
  return next => {
    const before = last;
    last = new Map([...next].map(([name, value]) => [name, written(value)]));
    const changed = [...next].filter(([name]) => last.get(name) !== before.get(name));
    const gone = [...before.keys()].filter(name => !last.has(name)).map((name): [string, null] => [name, null]);
    return new Map<string, T | null>([...changed, ...gone]);
  };
}
