import type {Language, LayoutSettings} from '../../src/core/settings.ts';
import {createStore} from '../../src/core/store.ts';
import {outlineOf} from '../../src/view/layout/outline.ts';
import {themeFor} from '../../src/view/theme/theme.ts';
import {fakeController} from './controller.ts';
import type {FakeProgram} from './program.ts';
import {openTestScreen} from './screen.ts';
import {withTones} from './tones.ts';

/** The whole screen as text, in both views, one below the other. */

export type PictureOptions = {
  columns: number;
  rows: number;
  language: Language;
  /** With the meaning of each colour in the picture. */
  tones: boolean;
  /** Whether there is a history to wait for, and it is opened. */
  history: 'alone' | 'beside' | null;
};

const views = ['panels', 'table'] as const;
const theme = themeFor('dark', 'truecolor', 'dark');

/** Where both views are the same there is one picture. The one that is shown by itself says so in its heading. */
export async function picturesOf(program: () => FakeProgram, options: PictureOptions): Promise<string> {
  const [panels = '', table = ''] = await Promise.all(views.map(view => pictureOf(program(), view, options)));
  if (panels === table) return `[panels and table]\n${panels}`;
  const first = viewByItself(program(), options);
  const heading = (view: (typeof views)[number]): string => `[${view}${view === first ? ', as it opens' : ''}]`;
  return `${heading('panels')}\n${panels}\n${heading('table')}\n${table}`;
}

function viewByItself(program: FakeProgram, {columns, rows, language}: PictureOptions): 'panels' | 'table' {
  const {ui, model} = fakeController(program, {size: createStore({columns, rows}), language});
  return outlineOf(ui.get(), model()).body === 'table' ? 'table' : 'panels';
}

const dots = /[⠁-⣿]/;
const trendOrDots = /[▁▂▃▄▅▆▇█⠁-⣿]/;

async function pictureOf(
  program: FakeProgram,
  view: LayoutSettings['view'],
  {columns, rows, language, tones, history}: PictureOptions,
): Promise<string> {
  program.settings.update(before => ({...before, layout: {...before.layout, view}}));
  const screen = openTestScreen(program, {
    columns,
    rows,
    flags: {noMouse: true, language, theme: 'dark'},
    env: {REDUCED_MOTION: '1'},
  });
  await screen.until(text => /\d%/.test(text));
  if (history === 'alone') screen.send('H');
  if (history !== null) await screen.until(text => (history === 'alone' ? dots : trendOrDots).test(text));
  const lines = tones ? screen.cells().map(row => withTones(row, theme)) : screen.rows();
  await screen.close();
  return `${lines.join('\n')}\n`;
}
