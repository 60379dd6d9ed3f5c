import {useEffect, useState} from 'react';

const second = 1000;
const minute = 60 * second;
const floor = (at: number, step: number): number => Math.floor(at / step) * step;

/**
 * The time, as fine as the texts that show it: whole minutes, or whole seconds while `fine`. All texts change together,
 * at the turn of the minute: an idle screen is drawn once a minute at most. Another `view` begins at the second it is
 * opened in, or a countdown that is over there would run again. A clock that was set, or a machine that slept, is noticed
 * within a second.
 */
export function useNow(now: () => number, fine: boolean, view: string): number {
  const step = fine ? second : minute;
  const [at, setAt] = useState(() => floor(now(), second));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is a new beginning.
  useEffect(() => {
    let shown = floor(now(), second);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const context = (): void => {
      const current = now();
      if (current >= floor(shown, step) + step || current < shown) {
        shown = floor(current, step);
        setAt(shown);
      }
      timer = setTimeout(context, Math.min(second, step - (current % step) + 1));
    };
    setAt(shown);
    context();
    return () => clearTimeout(timer);
  }, [now, step, view]);
  return at;
}
