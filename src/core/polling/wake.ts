import {beatMs} from './heartbeat.ts';

// A busy machine delays a beat by a second or two; more than this means that it slept, or that the clock was set.
const gapMs = 15_000;

/** Notices by the beats themselves that time went missing: suspend, a stopped terminal, a clock that was set. */
export function createWakeDetector(startedAt: number): {sleptMs(now: number): number; reset(now: number): void} {
  let last = startedAt;
  return {
    /** Milliseconds that are missing (negative: the clock was set back); 0 when all is usual. */
    sleptMs(now) {
      const missing = now - last - beatMs;
      last = now;
      return Math.abs(missing) > gapMs ? missing : 0;
    },
    reset(now) {
      last = now;
    },
  };
}
