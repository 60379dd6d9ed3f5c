import type {Clock} from '../clock.ts';

// Another copy's reading must be on this screen within two seconds; a beat costs microseconds.
export const beatMs = 1000;

/** The timer that drives all polling. It beats while it has at least one listener. */
export type Heartbeat = {listen(beat: (now: number) => void): () => void};

export function createHeartbeat(clock: Clock): Heartbeat {
  const listeners = new Set<(now: number) => void>();
  let stop: (() => void) | null = null;
  const schedule = (): void => {
    stop = clock.after(beatMs, () => {
      schedule();
      for (const beat of [...listeners]) beat(clock.now());
    });
  };
  return {
    listen(beat) {
      listeners.add(beat);
      if (stop === null) schedule();
      return () => {
        listeners.delete(beat);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
}
