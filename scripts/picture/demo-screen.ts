/** The built program with --demo on a terminal of its own. */
import {setTimeout as pause} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import headless, {type IBufferCell} from '@xterm/headless';

export type Size = {cols: number; rows: number};

const env = {PATH: process.env.PATH, TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'en_GB.UTF-8', TZ: 'UTC'};
const isBusy = /refreshing…|looking for logins/;
// Forecasts come last: a pace stands beside one only.
const hasForecasts = /▲\d/;

/** Settled when everything that the demo has is on the screen. */
export async function openDemo(size: Size) {
  const screen = new headless.Terminal({...size, allowProposedApi: true, scrollback: 0});
  const pty = spawn(process.execPath, ['bin/mystatus-tui.js', '--demo'], {...size, env, name: env.TERM});
  pty.onData(data => screen.write(data));
  screen.onData(data => pty.write(data));
  const line = (y: number) => screen.buffer.active.getLine(y);
  const text = () => Array.from({length: size.rows}, (_, y) => line(y)?.translateToString()).join('\n');
  do await pause(1500);
  while (isBusy.test(text()) || !text().includes('98%') || !hasForecasts.test(text()));
  const cellsOf = (y: number): IBufferCell[] =>
    Array.from({length: size.cols}, (_, x) => line(y)?.getCell(x) ?? []).flat();
  return {
    rows: (): IBufferCell[][] => Array.from({length: size.rows}, (_, y) => cellsOf(y)),
    async press(keys: string): Promise<void> {
      pty.write(keys);
      await pause(700);
    },
    close: () => pty.kill(),
  };
}
