import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {MonitorState} from '../../src/core/model.ts';
import {fakeProgram} from '../support/program.ts';
import {openTestScreen} from '../support/screen.ts';
import {busy, exhausted, failing, fresh} from '../support/state.ts';

/** Pictures of the whole screen. `UPDATE=1` draws them anew; they are read in review. */

process.env.TZ = 'UTC';

const sizes = [
  [300, 100],
  [200, 60],
  [160, 45],
  [132, 43],
  [120, 40],
  [100, 30],
  [80, 24],
  [80, 12],
  [60, 20],
  [40, 12],
  [30, 10],
  [20, 5],
] as const;
const states: Record<string, () => MonitorState> = {fresh, busy, failing, exhausted};
const goldens = new URL('./goldens/', import.meta.url);

describe.each(Object.keys(states))('%s', name => {
  it.each(sizes)('looks as it should at %i×%i', async (columns, rows) => {
    const program = fakeProgram((states[name] ?? fresh)());
    const screen = openTestScreen(program, {columns, rows, flags: {noMouse: true}, env: {REDUCED_MOTION: '1'}});
    await screen.until(text => /\d%|1\d\d%/.test(text));
    const picture = `${screen.rows().join('\n')}\n`;
    await screen.close();
    const file = new URL(`${name}-${columns}x${rows}.txt`, goldens);
    if (process.env.UPDATE) {
      mkdirSync(goldens, {recursive: true});
      writeFileSync(file, picture);
    }
    expect(picture).toBe(readFileSync(file, 'utf8'));
  });
});
