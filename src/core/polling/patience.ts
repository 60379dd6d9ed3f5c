import type {Clock} from '../clock.ts';
import {createLimiter} from './limiter.ts';

/**
 * Patience with places that may give no answer. A network directory that is gone holds a call for minutes, and a thread
 * with it, of which there are only four: each place costs itself the wait and one thread, and the others nothing.
 */
export type Patience = {
  /** What `work` gives; undefined when it takes longer than `waitMs`, or when its place is left alone. */
  at<T>(place: string, work: () => Promise<T>, waitMs: number): Promise<T | undefined>;
};

const second = 1000;
// So long a place that gave no answer is left alone; and as long as it still holds the thread.
const leaveAloneMs = 60 * second;
// In the burst of calls of one discovery the first to a place goes ahead, and the others follow when it has come through.
const trustMs = second;
// One thread is left for everything else, the names of hosts among it.
const mostThreads = 3;

type Place = {answeredAt: number; lateAt: number; pending: number; first: Promise<unknown> | null};

export function createPatience(clock: Clock): Patience {
  const places = new Map<string, Place>();
  const threads = createLimiter(mostThreads);

  function placeOf(name: string): Place {
    const never = Number.NEGATIVE_INFINITY;
    const place = places.get(name) ?? {answeredAt: never, lateAt: never, pending: 0, first: null};
    places.set(name, place);
    return place;
  }

  const isWithin = (ms: number, since: number): boolean => clock.now() >= since && clock.now() - since < ms;

  /** Notes how the place did. What comes after the wait is of no interest any more, except that it has come. */
  function timed<T>(place: Place, work: () => Promise<T>, waitMs: number): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      const stopWaiting = clock.after(waitMs, () => {
        isLate = true;
        place.lateAt = clock.now();
        place.pending += 1;
        resolve(undefined);
      });
      const settled = (): void => {
        stopWaiting();
        if (isLate) place.pending -= 1;
        else place.answeredAt = clock.now();
      };
      work().finally(settled).then(resolve, reject);
    });
  }

  async function onThread<T>(work: () => Promise<T>): Promise<T> {
    const passOn = await threads.take('thread');
    return work().finally(passOn);
  }

  return {
    async at(name, work, waitMs) {
      const place = placeOf(name);
      while (place.first !== null) await place.first;
      if (place.pending > 0 || isWithin(leaveAloneMs, place.lateAt)) return undefined;
      if (isWithin(trustMs, place.answeredAt)) return timed(place, work, waitMs);
      const first = timed(place, () => onThread(work), waitMs);
      place.first = first.then(
        () => {},
        () => {},
      );
      return first.finally(() => {
        place.first = null;
      });
    },
  };
}
