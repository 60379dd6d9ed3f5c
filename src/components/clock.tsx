import {useClock} from '../hooks/use-clock.ts';

/** Moves the moment that is drawn on; what shows it is drawn, and the screen around is not. */
export function Clock() {
  useClock();
  return null;
}
