import {useApp} from 'ink';
import {useEffect, useMemo} from 'react';
import type {Program} from '../core/program.ts';
import type {Display} from '../core/settings.ts';
import {suspend} from './actions.ts';
import {type Commands, createCommands} from './commands.ts';
import {createDesk, type Desk} from './desk.ts';
import {tellUnsaved} from './settings-desk.ts';
import type {TerminalControl} from './terminal.ts';
import {useStore} from './use-store.ts';

const messageMs = 4000;

/** The desk for this program, the commands that work on it, and a render whenever something on it changes. */
export function useDesk(
  program: Program,
  terminal: TerminalControl,
  initial: Partial<Display>,
): {desk: Desk; commands: Commands} {
  const {exit} = useApp();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `initial` counts once, at the start.
  const desk = useMemo(() => createDesk(program, terminal, initial), [program, terminal]);
  const commands = useMemo(
    () => createCommands(desk, {exit: () => exit(), suspend: () => void suspend(desk)}),
    [desk, exit],
  );
  useStore(program.monitor.store);
  useStore(program.settings.store);
  useStore(desk.overrides);
  useStore(desk.logins);
  useStore(terminal.background);
  const {message} = useStore(desk.ui);
  useEffect(() => tellUnsaved(desk), [desk]);
  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(() => desk.dispatch({type: 'hush', id: message.id}), messageMs);
    return () => clearTimeout(timer);
  }, [desk, message]);
  return {desk, commands};
}
