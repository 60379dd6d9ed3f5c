import {expect} from 'vitest';
import type {Terminal} from './terminal.ts';

/** Whatever was switched on in the terminal is off again: alternate screen, mouse, pastes, a hidden cursor. */
export async function expectRestored(terminal: Terminal, ofOthers: readonly string[] = []): Promise<void> {
  expect(await terminal.isAlternate()).toBe(false);
  expect(terminal.cursorIsShown()).toBe(true);
  const on = [...modesOf(terminal.written())].flatMap(([mode, state]) => (state === 'on' ? mode : []));
  expect(on.filter(mode => !ofOthers.includes(mode))).toEqual([]);
}

/** Every private mode that was ever touched, and how it was left. The cursor is no mode here: it is on by itself. */
export function modesOf(written: string): Map<string, 'on' | 'off'> {
  const modes = new Map<string, 'on' | 'off'>();
  for (const [, list = '', end] of written.matchAll(/\u001b\[\?([\d;]+)([hl])/g))
    for (const mode of list.split(';')) if (mode !== '25') modes.set(mode, end === 'h' ? 'on' : 'off');
  return modes;
}

/** Run behind the program in a shell: says how it ended, and how the terminal is set. */
export const sayHowItEnded = 'echo "left with $?"; stty -a; echo end of report';

/** Echo, lines and signals, as a shell wants them. Of what `sayHowItEnded` printed. */
export function expectCooked(text: string): void {
  for (const flag of ['icanon', 'echo', 'isig', 'icrnl', 'opost'])
    expect(text).toMatch(new RegExp(`(?<!-)\\b${flag}\\b`));
}
