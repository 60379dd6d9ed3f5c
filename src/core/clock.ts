/** Time as the core sees it, so that a test or a benchmark can own it. */
export type Clock = {
  /** Epoch ms. May jump: the machine sleeps, the user sets the clock. */
  now(): number;
  /** Runs once after `ms`; returns the way to call it off. */
  after(ms: number, run: () => void): () => void;
};

// What a timer can hold; beyond it, it would fire at once.
export const longestTimerMs = 2_147_483_647;

export const systemClock: Clock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, longestTimerMs));
    return () => clearTimeout(timer);
  },
};
