import {useInput, usePaste} from 'ink';
import {useEffect} from 'react';
import type {Commands} from '../controllers/commands.ts';
import {keysOf} from '../view/keymap/decode.ts';
import type {TerminalControl} from '../view/terminal.ts';

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
