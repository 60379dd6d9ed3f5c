import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import type {MonitorState} from '../../src/core/model.ts';
import type {Language} from '../../src/core/settings.ts';
import {themeFor} from '../../src/view/theme/theme.ts';
import {fakeProgram} from '../support/program.ts';
import {openTestScreen} from '../support/screen.ts';
import {busy, exhausted, failing, fresh, many} from '../support/state.ts';
import {withTones} from '../support/tones.ts';

/** Pictures of the whole screen. `UPDATE=1` draws them anew; they are read in review. */

process.env.TZ = 'UTC';

const states = {fresh, busy, failing, exhausted, many} satisfies Record<string, () => MonitorState>;
type State = keyof typeof states;
const all: readonly State[] = ['fresh', 'busy', 'failing', 'exhausted'];
const wide = [
  [300, 100],
  [200, 60],
  [160, 45],
  [132, 43],
] as const;
const usual = [
  [120, 40],
  [100, 30],
  [80, 24],
] as const;
const small = [
  [80, 12],
  [60, 20],
  [40, 12],
  [30, 10],
  [20, 5],
] as const;

type Group = {
  of: readonly State[];
  sizes: readonly (readonly [number, number])[];
  language?: Language;
  /** With the meaning of each colour in the picture. */
  tones?: true;
};
const groups: readonly Group[] = [
  {of: all, sizes: [...wide, ...usual, ...small]},
  {
    of: ['many'],
    sizes: [
      [200, 60],
      [120, 40],
      [50, 60],
    ],
  },
  // Low and wide: every panel is open, in columns.
  {
    of: ['fresh'],
    sizes: [
      [200, 8],
      [160, 16],
    ],
  },
  {of: ['fresh', 'failing'], sizes: [...usual, [40, 12]], language: 'zh'},
  {of: ['fresh', 'failing'], sizes: [...usual, [40, 12]], language: 'ja'},
  {of: ['failing', 'exhausted'], sizes: [[80, 24]], tones: true},
];
const cases = groups.flatMap(({of, sizes, language = 'en', tones = false}) =>
  of.flatMap(state =>
    sizes.map(([columns, rows]) => ({
      state,
      columns,
      rows,
      language,
      tones,
      file: [state, `${columns}x${rows}`, ...(language === 'en' ? [] : [language]), ...(tones ? ['tones'] : [])].join(
        '-',
      ),
    })),
  ),
);
const goldens = new URL('./goldens/', import.meta.url);
const theme = themeFor('dark', 'truecolor', 'dark');

it.each(cases)('$file looks as it should', async ({state, columns, rows, language, tones, file}) => {
  const screen = openTestScreen(fakeProgram(states[state]()), {
    columns,
    rows,
    flags: {noMouse: true, language, theme: 'dark'},
    env: {REDUCED_MOTION: '1'},
  });
  await screen.until(text => /\d%/.test(text));
  const lines = tones ? screen.cells().map(row => withTones(row, theme)) : screen.rows();
  await screen.close();
  const picture = `${lines.join('\n')}\n`;
  const path = new URL(`${file}.txt`, goldens);
  if (process.env.UPDATE) {
    mkdirSync(goldens, {recursive: true});
    writeFileSync(path, picture);
  }
  expect(picture).toBe(readFileSync(path, 'utf8'));
});

it('has no picture that nobody compares', () => {
  expect(readdirSync(goldens).sort()).toEqual(cases.map(({file}) => `${file}.txt`).sort());
});
