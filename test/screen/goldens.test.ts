import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import type {Language} from '../../src/core/settings.ts';
import {watched} from '../support/history.ts';
import {type ManyState, manyProgram, manyStates} from '../support/many.ts';
import {picturesOf} from '../support/pictures.ts';
import {type FakeProgram, fakeProgram, longWatched} from '../support/program.ts';
import {fresh, many} from '../support/state.ts';

/**
 * Pictures of the whole screen. `UPDATE=1` draws them anew; they are read in review.
 *
 * Every size with every state and with every number of providers: the number goes on by one from state to state and from
 * size to size, so that each state occurs with each number too. A file holds both views, one below the other. Other
 * languages and colours: at the sizes that people have, in the states with the most words.
 */

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
  [50, 60],
  [40, 12],
  [40, 8],
  [30, 10],
  [20, 5],
  // Low and wide: panels stand in columns.
  [200, 8],
  [160, 16],
  [120, 10],
] as const;
type Size = readonly [columns: number, rows: number];
const counts = [5, 12, 25] as const;
type Count = (typeof counts)[number];
/** A state that is added here gets its pictures by itself. */
const states = Object.keys(manyStates) as ManyState[];

type Case = {
  size: Size;
  state: ManyState | 'crowded' | 'watched';
  count: Count;
  language?: Language;
  tones?: true;
  /** The history alone. */
  alone?: true;
};

const countAt = (size: number, state: number): Count => counts[(size + state) % counts.length] ?? 5;
const covering = sizes.flatMap((size, at) =>
  states.map((state, turn): Case => ({size, state, count: countAt(at, turn)})),
);
const usual: readonly Size[] = [
  [120, 40],
  [100, 30],
  [80, 24],
  [40, 12],
];
const translated = (['zh', 'ja'] as const).flatMap((language, shift) =>
  usual.flatMap((size, at) =>
    (['fresh', 'failing', 'forecasting'] as const).map(
      (state, turn): Case => ({size, state, count: turn === 1 ? countAt(at, shift) : 5, language}),
    ),
  ),
);
const coloured = states.map((state, at): Case => ({size: [80, 24], state, count: countAt(at, 0), tones: true}));
/** Some providers with several logins, one of them with a dozen. */
const crowded = (
  [
    [200, 60],
    [120, 40],
    [50, 60],
  ] as const
).map((size): Case => ({size, state: 'crowded', count: 5}));
/** With a history of every limit: trends in rows, the plot in free room and alone. */
const histories = (
  [
    [300, 100],
    [200, 60],
    [160, 45],
    [120, 40],
    [100, 30],
    [80, 24],
    [50, 60],
  ] as const
).map((size): Case => ({size, state: 'watched', count: 5}));
const alone = (
  [
    [200, 60],
    [120, 40],
    [80, 24],
    [60, 20],
    [40, 12],
    [30, 10],
  ] as const
).map((size): Case => ({size, state: 'watched', count: 5, alone: true}));
const inWords = (['zh', 'ja'] as const).flatMap((language): Case[] => [
  {size: [120, 40], state: 'watched', count: 5, language},
  {size: [80, 24], state: 'watched', count: 5, language, alone: true},
]);
const tinted: Case = {size: [120, 40], state: 'watched', count: 5, tones: true, alone: true};
const cases = [...covering, ...translated, ...coloured, ...crowded, ...histories, ...alone, ...inWords, tinted].map(
  each => ({...each, file: fileOf(each)}),
);

function fileOf({size, state, count, language, tones, alone}: Case): string {
  const more = [...(alone ? ['alone'] : []), ...(language ? [language] : []), ...(tones ? ['tones'] : [])];
  return [size.join('x'), state, count, ...more].join('-');
}

function programOf({state, count}: Case): FakeProgram {
  if (state === 'crowded') return fakeProgram(many());
  if (state === 'watched') return watched(fakeProgram(fresh()));
  // Five are those that people know, with a login each.
  const program = count === 5 ? fakeProgram(manyStates[state]()) : manyProgram(count, state);
  if (state === 'busy' || state === 'forecasting') program.forecasts.set(longWatched);
  return program;
}

const goldens = new URL('./goldens/', import.meta.url);
if (process.env.UPDATE) {
  rmSync(goldens, {recursive: true, force: true});
  mkdirSync(goldens);
}

it.concurrent.each(cases)('$file looks as it should', async ({file, ...one}) => {
  const {size, language = 'en', tones = false} = one;
  const [columns, rows] = size;
  const history = one.state !== 'watched' ? null : one.alone ? 'alone' : 'beside';
  const pictures = await picturesOf(() => programOf(one), {columns, rows, language, tones, history});
  const path = new URL(`${file}.txt`, goldens);
  if (process.env.UPDATE) writeFileSync(path, pictures);
  expect(pictures).toBe(readFileSync(path, 'utf8'));
});

it('has no picture that nobody compares, and none of the pairs is missing', () => {
  expect(readdirSync(goldens).sort()).toEqual(cases.map(({file}) => `${file}.txt`).sort());
  const pairs = new Set(
    covering.flatMap(({size, state, count}) => [`${size} ${state}`, `${size} ${count}`, `${state} ${count}`]),
  );
  expect(pairs.size).toBe(sizes.length * (states.length + counts.length) + states.length * counts.length);
});
