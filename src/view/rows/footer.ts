import type {ViewContext} from '../context.ts';
import {accountCount} from '../filter.ts';
import {cut} from '../format/cells.ts';
import type {Keymap} from '../keymap/table.ts';
import {dialogArea} from '../layout/dialog-area.ts';
import {foldableIn, type ScreenModel} from '../layout/screen-model.ts';
import type {LoginForm} from '../login-form.ts';
import {filterOf, isCovered, typedFilter, type Ui} from '../ui-state.ts';
import {
  activeFilter,
  type FilterCount,
  type FooterHit,
  filterLine,
  footerEntries,
  footerLine,
  messageLines,
} from './footer-entries.ts';
import {type Line, span} from './line.ts';
import {formEntries} from './login-form.ts';

export type Foot = {lines: readonly Line[]; hits: readonly FooterHit[]};

import {paletteFooter} from './palette.ts';

/** The foot of the screen: what is being typed, or what was just said and the keys. What was said may need more lines. */
export function footOf(ui: Ui, form: LoginForm | null, keymap: Keymap, model: ScreenModel, context: ViewContext): Foot {
  const keys = (before: Line): Foot => {
    const {line, hits} = lastLine(ui, form, keymap, model, context, before);
    return {lines: [line], hits};
  };
  return ui.message && !ui.typing && ui.palette === null ? messageFoot(ui.message.text, keys, model) : keys([]);
}

/** The keys stay beside what was said, or below it where the screen has rows for both. */
function messageFoot(text: string, keys: (before: Line) => Foot, {columns, rows}: ScreenModel): Foot {
  const beside = keys([span(text, 'accent')]);
  if (beside.hits.length > 0) return beside;
  const lines = messageLines(text, columns);
  if (rows < leastForBoth) return {lines, hits: []};
  const below = keys([]);
  return {lines: [...lines, ...below.lines], hits: below.hits};
}
const leastForBoth = 10;

function lastLine(
  ui: Ui,
  form: LoginForm | null,
  keymap: Keymap,
  model: ScreenModel,
  context: ViewContext,
  before: Line,
) {
  const {columns: width, panels, all, notices} = model;
  const count = {shown: accountCount(panels), all: accountCount(all)};
  if (ui.palette !== null) return footerLine(paletteFooter(context), width, context);
  if (ui.typing)
    return {line: filterLine(typedFilter(ui), ui.mode === 'help' ? null : count, width, context), hits: []};
  // While a form is open every other key is text.
  if (form) return footerLine(formEntries(form, context), width, context, before);
  const entries = footerEntries(keymap, ui.mode, context, {
    empty: all.length === 0,
    notices,
    foldable: foldableIn(model, context) !== undefined,
  });
  return footerLine(entries, width, context, before.length > 0 ? before : activeIn(ui, count, context));
}

/** The filter that holds, and what it leaves. */
function activeIn(ui: Ui, count: FilterCount, context: ViewContext): Line {
  const text = filterOf(ui);
  if (text === '') return [];
  if (ui.mode !== 'help') return activeFilter(text, count, context);
  return [span(context.strings.filter.active(cut(text, 16)), 'warn')];
}

/** Whether the last line is there; a view over the panels has its own measure. */
export function hasFooter(ui: Ui, {layout, all, columns, rows}: ScreenModel): boolean {
  if (layout.kind === 'line') return false;
  if (isCovered(ui)) return dialogArea(columns, rows).footer;
  // A filter that holds must not be forgotten.
  return layout.footer || all.length === 0 || ui.typing || ui.filter !== '';
}
