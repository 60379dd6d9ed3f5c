/** Says what the rows of one picture of the screen are used for, as JSON on stdout: `rows <columns> <rows> <providers> <view>`. */
import {setTimeout as pause} from 'node:timers/promises';
import type {LayoutSettings} from '../../src/core/settings.ts';
import {manyProgram} from '../../test/support/many.ts';
import {openTestScreen} from '../../test/support/screen.ts';
import {usageOfRows} from '../support/used-rows.ts';

export type RowsResult = {useful: number; figures: number; blank: number; idleWrites: number};

const [columns = 80, rows = 24, providers = 5] = process.argv.slice(2, 5).map(Number);
const view = (process.argv[5] ?? 'auto') as LayoutSettings['view'];

const program = manyProgram(providers, 'fresh', providers === 5 ? 1 : 2);
program.settings.update(before => ({...before, layout: {...before.layout, view}}));
const screen = openTestScreen(program, {columns, rows, flags: {noMouse: true, theme: 'dark'}});
await screen.until(text => /\d%/.test(text));
// A terminal is asked what it is; what follows from its silence is drawn too.
for (let seen = -1; seen !== screen.writes(); await pause(500)) seen = screen.writes();
await screen.drawn();
const used = usageOfRows(screen.rows());
const seen = screen.writes();
for (let turn = 1; turn <= 10; turn++) {
  program.state.update(state => structuredClone(state));
  await pause(40);
}
await screen.drawn();
const result: RowsResult = {...used, idleWrites: screen.writes() - seen};
process.stdout.write(JSON.stringify(result), () => process.exit(0));
