/** At most so many at a time for each name; the others wait in the order in which they came. */
export type Limiter = {
  /** Resolves when it is this one's turn, with the way to pass it on. */
  take(name: string): Promise<() => void>;
};

export function createLimiter(mostAtOnce: number): Limiter {
  const lanes = new Map<string, {running: number; waiting: (() => void)[]}>();
  return {
    async take(name) {
      const lane = lanes.get(name) ?? {running: 0, waiting: []};
      lanes.set(name, lane);
      if (lane.running < mostAtOnce) lane.running += 1;
      else await new Promise<void>(resolve => lane.waiting.push(resolve));
      return () => {
        const next = lane.waiting.shift();
        if (next === undefined) lane.running -= 1;
        else next();
      };
    },
  };
}
