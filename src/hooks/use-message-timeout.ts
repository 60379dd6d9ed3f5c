import {useEffect} from 'react';
import type {Controller} from '../controllers/controller.ts';

const messageMs = 4000;

/** What was said stands for a while. */
export function useMessageTimeout({ui, dispatch}: Pick<Controller, 'ui' | 'dispatch'>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown = ui.get().message;
    const stop = ui.subscribe(() => {
      const {message} = ui.get();
      if (message === shown) return;
      shown = message;
      clearTimeout(timer);
      if (message !== null) timer = setTimeout(() => dispatch({type: 'clear-message', id: message.id}), messageMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [ui, dispatch]);
}
