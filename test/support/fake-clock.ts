import type {Clock} from '../../src/core/clock.ts';

/** Time that a test owns. `advance` runs every timer on the way, with pauses for promises in between. */
export type FakeClock = Clock & {
  advance(ms: number): Promise<void>;
  /** The clock is set, or the machine slept: time passes and no timer ran meanwhile. */
  jump(ms: number): void;
  /** Timers that wait. */
  waiting(): number;
};

/** Lets everything that is already resolved run. */
export async function flush(turns = 4): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise<void>(resolve => setImmediate(resolve));
}

/** `turns` of the event loop between two timers: one is enough where nothing but promises is waited for. */
export function createFakeClock(start = Date.parse('2026-09-01T22:00:00Z'), turns = 4): FakeClock {
  let wall = start;
  let elapsed = 0;
  let timers: {at: number; run: () => void}[] = [];
  const next = (until: number): {at: number; run: () => void} | undefined =>
    timers.filter(timer => timer.at <= until).sort((a, b) => a.at - b.at)[0];
  const pass = (to: number): void => {
    wall += to - elapsed;
    elapsed = to;
  };
  return {
    now: () => wall,
    waiting: () => timers.length,
    jump(ms) {
      wall += ms;
    },
    after(ms, run) {
      const timer = {at: elapsed + Math.max(0, ms), run};
      timers.push(timer);
      return () => {
        timers = timers.filter(other => other !== timer);
      };
    },
    async advance(ms) {
      const until = elapsed + ms;
      await flush(turns);
      for (let timer = next(until); timer !== undefined; timer = next(until)) {
        const {at, run} = timer;
        timers = timers.filter(other => other !== timer);
        pass(Math.max(elapsed, at));
        run();
        await flush(turns);
      }
      pass(until);
    },
  };
}
