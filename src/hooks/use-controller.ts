import {useApp} from 'ink';
import {useEffect, useMemo} from 'react';
import {suspend} from '../controllers/actions.ts';
import {type Commands, createCommands} from '../controllers/commands.ts';
import {type Controller, createController} from '../controllers/controller.ts';
import {tellUnsaved} from '../controllers/settings.ts';
import type {Services} from '../core/services.ts';
import type {Display} from '../core/settings.ts';
import type {TerminalControl} from '../view/terminal.ts';
import {useStore} from './use-store.ts';

const messageMs = 4000;

/** The controller for these services, the commands that work on it, and a render whenever something in it changes. */
export function useController(
  services: Services,
  terminal: TerminalControl,
  initial: Partial<Display>,
): {controller: Controller; commands: Commands} {
  const {exit} = useApp();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `initial` counts once, at the start.
  const controller = useMemo(() => createController(services, terminal, initial), [services, terminal]);
  const commands = useMemo(
    () => createCommands(controller, {exit: () => exit(), suspend: () => void suspend(controller)}),
    [controller, exit],
  );
  useStore(services.monitor.store);
  useStore(services.settings.store);
  useStore(controller.overrides);
  useStore(controller.logins);
  useStore(terminal.background);
  const {message} = useStore(controller.ui);
  useEffect(() => tellUnsaved(controller), [controller]);
  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(() => controller.dispatch({type: 'clear-message', id: message.id}), messageMs);
    return () => clearTimeout(timer);
  }, [controller, message]);
  return {controller, commands};
}
