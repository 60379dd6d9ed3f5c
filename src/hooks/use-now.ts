import {useEffect, useState} from 'react';

const second = 1000;
const minute = 60 * second;
const floor = (at: number, step: number): number => Math.floor(at / step) * step;

/**
 * The time, as fine as the texts that show it: whole minutes, or whole seconds while `fine`. All texts change together,
 * at the turn of the minute: an idle screen is drawn once a minute at most. Another `view` begins at the second it is
 * opened in, or a countdown that is over there would run again.
 */
export function useNow(now: () => number, fine: boolean, view: string): number {
  const step = fine ? second : minute;
  const [at, setAt] = useState(() => floor(now(), second));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is a new beginning.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const beat = (finest: number): void => {
      const current = now();
      setAt(floor(current, finest));
      timer = setTimeout(() => beat(step), step - (current % step) + 1);
    };
    beat(second);
    return () => clearTimeout(timer);
  }, [now, step, view]);
  return at;
}
