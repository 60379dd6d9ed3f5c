import {useEffect, useState} from 'react';

const second = 1000;
const minute = 60 * second;
const floor = (at: number, step: number): number => Math.floor(at / step) * step;

/**
 * The time, as fine as the texts that show it: whole minutes, or whole seconds while `fine`. All texts change together,
 * at the turn of the minute: an idle screen is drawn once a minute at most.
 */
export function useNow(now: () => number, fine: boolean): number {
  const step = fine ? second : minute;
  const [at, setAt] = useState(() => floor(now(), step));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const beat = (): void => {
      const current = now();
      setAt(floor(current, step));
      timer = setTimeout(beat, step - (current % step) + 1);
    };
    beat();
    return () => clearTimeout(timer);
  }, [now, step]);
  return at;
}
