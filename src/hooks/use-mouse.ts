import {useEffect} from 'react';
import type {Commands} from '../controllers/commands.ts';
import type {Controller} from '../controllers/controller.ts';
import {handleMouse} from '../controllers/mouse.ts';
import {useKept} from './use-shown.ts';

/** The mouse, while the settings want it. */
export function useMouse(controller: Controller, commands: Commands): void {
  const {terminal} = controller;
  const enabled = useKept(({display}) => display().mouse);
  useEffect(() => {
    terminal.setMouse(enabled);
    if (!enabled) return;
    const stop = terminal.listen(event =>
      event.type === 'mouse' ? handleMouse(controller, commands, event.mouse) : undefined,
    );
    return () => {
      stop();
      terminal.setMouse(false);
    };
  }, [controller, commands, terminal, enabled]);
}
