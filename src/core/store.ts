/** A value and those who want to know when it changes. Knows no React: a reference that stays the same is no change. */
export type Store<T> = {
  get(): T;
  set(value: T): void;
  update(change: (value: T) => T): void;
  /** Returns the way to stop listening. */
  subscribe(listener: () => void): () => void;
};

/** For those who only read it. */
export type ReadOnlyStore<T> = Pick<Store<T>, 'get' | 'subscribe'>;

/** One part of a store, read from it at each call. */
export const partOf = <T, Part>(store: ReadOnlyStore<T>, part: (value: T) => Part): ReadOnlyStore<Part> => ({
  get: () => part(store.get()),
  subscribe: store.subscribe,
});

export function createStore<T>(initial: T): Store<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  const set = (value: T): void => {
    if (Object.is(value, current)) return;
    current = value;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => current,
    set,
    update: change => set(change(current)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
