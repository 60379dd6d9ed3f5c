import {useInput, usePaste} from 'ink';
import {useEffect} from 'react';
import {keysOf} from '../view/keymap.ts';
import type {Commands} from './commands.ts';
import type {TerminalControl} from './terminal.ts';

/** Keys to commands, one at a time: several may arrive in one input event. */
export function useKeys(commands: Commands, terminal: TerminalControl): void {
  useInput((input, flags) => {
    for (const key of keysOf(input, flags)) commands.key(key);
  });
  usePaste(text => commands.paste(text));
  useEffect(
    () => terminal.listen(event => (event.type === 'key' ? commands.key(event.key) : undefined)),
    [commands, terminal],
  );
}
