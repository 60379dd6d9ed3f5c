import type {MonitorState} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import {type Keymap, keyOf} from '../keymap/keymap.ts';
import {dialogArea} from '../layout/dialog-area.ts';
import type {ScreenModel} from '../layout/screen-model.ts';
import type {LoginForm} from '../login-form.ts';
import {filterOf, type Ui} from '../ui-state.ts';
import {type AbsenceKeys, absenceLines} from './absence.ts';
import {lookingLines, nothingMatches, startLines} from './empty-state.ts';
import {type FooterHit, filterLine, footerEntries, footerLine, messageLines} from './footer-entries.ts';
import {headerLine} from './header.ts';
import type {Line} from './line.ts';
import {formEntries} from './login-form.ts';
import {notSetUpLine} from './not-set-up.ts';

export type Foot = {lines: readonly Line[]; hits: readonly FooterHit[]};

/** The last line of the screen: what was just said, what is being typed, else the keys. What was said may need more lines. */
export function footOf(ui: Ui, form: LoginForm | null, keymap: Keymap, model: ScreenModel, context: ViewContext): Foot {
  if (ui.message && !ui.typing) return {lines: messageLines(ui.message.text, model.columns), hits: []};
  const {line, hits} = lastLine(ui, form, keymap, model, context);
  return {lines: [line], hits};
}

function lastLine(ui: Ui, form: LoginForm | null, keymap: Keymap, model: ScreenModel, context: ViewContext) {
  const {columns: width, panels, all, notices} = model;
  if (ui.typing)
    return {line: filterLine(filterOf(ui), ui.mode === 'help' ? null : panels.length, width, context), hits: []};
  // While a form is open every other key is text.
  if (form) return footerLine(formEntries(form, context), width, context);
  const entries = footerEntries(keymap, ui.mode, context, {empty: all.length === 0, notices});
  return footerLine(entries, width, context, filterOf(ui));
}

/** Whether the last line is there; a view over the panels has its own measure. */
export function hasFooter(ui: Ui, {layout, all, columns, rows}: ScreenModel): boolean {
  if (layout.kind === 'line') return false;
  if (ui.mode !== 'panels') return dialogArea(columns, rows).footer;
  return layout.footer || all.length === 0 || ui.typing;
}

/** The first line of the screen. Where there is no last one, what was just said takes its place. */
export function headOf(ui: Ui, state: MonitorState, model: ScreenModel, context: ViewContext): readonly Line[] {
  if (ui.message && !hasFooter(ui, model)) return messageLines(ui.message.text, model.columns);
  return [headerLine(state, model.all, model.layout, model.columns, context)];
}

/** Whether the first line is there: always while something has to be said that has no other place. */
export const hasHeader = (ui: Ui, model: ScreenModel): boolean =>
  (ui.message !== null && !hasFooter(ui, model)) || hasFirstLine(ui, model);

const hasFirstLine = ({mode}: Ui, {layout, all, columns, rows}: ScreenModel): boolean =>
  mode === 'panels' ? layout.header || all.length === 0 : dialogArea(columns, rows).header;

export const notSetUpIn = (model: ScreenModel, keymap: Keymap, context: ViewContext): Line =>
  notSetUpLine(model, absenceKeysOf(keymap, context), model.columns, context);

const absenceKeysOf = (keymap: Keymap, context: ViewContext): AbsenceKeys => ({
  settings: keyOf(keymap, 'settings', context.ascii),
  credentials: keyOf(keymap, 'credentials', context.ascii),
});

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
