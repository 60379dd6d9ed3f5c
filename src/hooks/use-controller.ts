import {useApp} from 'ink';
import {createContext, use, useEffect, useMemo} from 'react';
import {suspend} from '../controllers/actions.ts';
import {type Commands, createCommands} from '../controllers/commands.ts';
import {type Controller, createController} from '../controllers/controller.ts';
import {tellUnsaved} from '../controllers/settings.ts';
import type {Services} from '../core/services.ts';
import type {Display} from '../core/settings.ts';
import type {TerminalControl} from '../view/terminal.ts';

export const ControllerContext = createContext<Controller | null>(null);

/** The controller of the screen that the component is on. */
export function useController(): Controller {
  const controller = use(ControllerContext);
  if (controller === null) throw new Error('there is no controller around this component');
  return controller;
}

/** A controller for these services. */
export function useNewController(
  services: Services,
  terminal: TerminalControl,
  initial: Partial<Display>,
  now: number | undefined,
): Controller {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `initial` and `now` count once, at the start.
  const controller = useMemo(() => createController(services, terminal, initial, now), [services, terminal]);
  useEffect(() => tellUnsaved(controller), [controller]);
  return controller;
}

/** What keys and clicks do. */
export function useCommands(controller: Controller): Commands {
  const {exit} = useApp();
  return useMemo(
    () => createCommands(controller, {exit: () => exit(), suspend: () => void suspend(controller)}),
    [controller, exit],
  );
}
