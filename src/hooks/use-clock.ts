import {useEffect} from 'react';
import {wholeSecond} from '../controllers/controller.ts';
import {showsSeconds} from '../view/shows-seconds.ts';
import {useController} from './use-controller.ts';
import {useKept} from './use-shown.ts';

const second = 1000;
const minute = 60 * second;
const floor = (at: number, step: number): number => Math.floor(at / step) * step;

/**
 * Moves the moment that is drawn on, as finely as the texts show it: by whole minutes, or by whole seconds. All texts
 * change together, at the turn of the minute: an idle screen is drawn once a minute at most. A clock that was set, or a
 * machine that slept, is noticed within a second.
 */
export function useClock(): void {
  const {services, now} = useController();
  const step = useKept(({ui, state}) => (showsSeconds(ui.get(), state(), services.now()) ? second : minute));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = (): void => {
      const current = services.now();
      const shown = now.get();
      if (current >= floor(shown, step) + step || current < shown) now.set(floor(current, step));
      timer = setTimeout(tick, Math.min(second, step - (current % step) + 1));
    };
    now.set(wholeSecond(services.now()));
    tick();
    return () => clearTimeout(timer);
  }, [services, now, step]);
}
