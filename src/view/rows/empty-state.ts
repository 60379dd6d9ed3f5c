import type {MonitorState} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import {keyOf} from '../keymap/spell.ts';
import type {Keymap} from '../keymap/table.ts';
import type {ScreenModel} from '../layout/screen-model.ts';
import type {Ui} from '../ui-state.ts';
import {absenceKeysOf, absenceLines} from './absence.ts';
import {blank, type Line, lineWidth, span, wrapped} from './line.ts';

/** What stands in place of the panels where there are none. */

/** In place of the panels when the filter hides them all, with the key that shows them again. */
function nothingMatches(filter: string, key: string, width: number, height: number, context: ViewContext): Line[] {
  const {nothingFound, clears} = context.strings.filter;
  const texts = [nothingFound(filter), ...(key === '' ? [] : [clears(key)])];
  return centred(texts.flatMap(text => wrapped(text, width - 2, 'dim')).slice(-height), width, height);
}

/** What a screen without panels says while logins are looked for. */
const lookingLines = (width: number, height: number, {strings}: ViewContext): Line[] =>
  centred([[span(strings.panel.looking, 'dim')]], width, height);

/**
 * The first start: what is looked for and how to begin; or, when something is there but not shown, why and what to do.
 * On a small screen what to do is worth more than all the rest.
 */
export function startLines(
  absence: readonly string[],
  key: string,
  width: number,
  height: number,
  context: ViewContext,
): Line[] {
  const {start} = context.strings;
  const room = Math.min(Math.max(1, width - 2), 72);
  const isThere = absence.length > 0;
  const add = start.add(key);
  const title = wrapped(isThere ? start.notShown : start.title, room).map(boldly);
  const rest = (texts: readonly string[]): Line[][] =>
    texts.map(text => wrapped(text, room, isThere && text !== add ? 'text' : 'dim'));
  const all = [title, ...rest(isThere ? [...absence, add] : [start.discovered, add, start.demo, start.doctor])];
  const needed = rest(isThere ? absence : [add]);
  const brief = rest(isThere ? absence : [start.addShort(key)]);
  const ways = [apart(all), all.flat(), [...title, ...needed.flat()], needed.flat(), [...title, ...brief.flat()]];
  return centred(ways.find(lines => lines.length <= height) ?? brief.flat().slice(0, height), width, height);
}

const boldly = (line: Line): Line => line.map(each => ({...each, tone: 'title', bold: true}));

/** With a free row between two texts. */
const apart = (texts: readonly Line[][]): Line[] =>
  texts.flatMap((lines, index) => [...(index > 0 ? [blank] : []), ...lines]);

function centred(lines: readonly Line[], width: number, height: number): Line[] {
  const widest = lines.reduce((most, line) => Math.max(most, lineWidth(line)), 0);
  const left = span(' '.repeat(Math.max(0, Math.floor((width - widest) / 2))));
  const top = Math.max(0, Math.floor((height - lines.length) / 2));
  return [...Array.from({length: top}, (): Line => []), ...lines.map((line): Line => [left, ...line])];
}

// In fewer columns the names of a few providers leave no room for what to do.
const leastForNames = 40;

/** What stands in place of the panels when there are none; null when there are some. */
export function insteadOfPanels(
  model: ScreenModel,
  state: MonitorState,
  keymap: Keymap,
  ui: Ui,
  context: ViewContext,
): Line[] | null {
  const {columns, rows} = model;
  if (model.panels.length > 0) return null;
  if (model.all.length > 0)
    return nothingMatches(ui.filter, keyOf(keymap, 'back', context.ascii), columns, rows - 2, context);
  if (!state.providers.every(provider => provider.discovered)) return lookingLines(columns, rows - 2, context);
  const keys = absenceKeysOf(keymap, context);
  const absence = absenceLines(model.absence, keys, context.strings, columns < leastForNames);
  return startLines(absence, keys.credentials, columns, rows - 2, context);
}
