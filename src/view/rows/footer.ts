import type {ViewContext} from '../context.ts';
import {accountCount} from '../filter.ts';
import {cut} from '../format/cells.ts';
import type {Keymap} from '../keymap/table.ts';
import {dialogArea} from '../layout/dialog-area.ts';
import type {ScreenModel} from '../layout/screen-model.ts';
import type {LoginForm} from '../login-form.ts';
import {filterOf, isCovered, type Ui} from '../ui-state.ts';
import {activeFilter, type FooterHit, filterLine, footerEntries, footerLine, messageLines} from './footer-entries.ts';
import {type Line, span} from './line.ts';
import {formEntries} from './login-form.ts';

export type Foot = {lines: readonly Line[]; hits: readonly FooterHit[]};

import {paletteFooter} from './palette.ts';

/** The last line of the screen: what was just said, what is being typed, else the keys. What was said may need more lines. */
export function footOf(ui: Ui, form: LoginForm | null, keymap: Keymap, model: ScreenModel, context: ViewContext): Foot {
  if (ui.message && !ui.typing) return {lines: messageLines(ui.message.text, model.columns), hits: []};
  const {line, hits} = lastLine(ui, form, keymap, model, context);
  return {lines: [line], hits};
}

function lastLine(ui: Ui, form: LoginForm | null, keymap: Keymap, model: ScreenModel, context: ViewContext) {
  const {columns: width, panels, all, notices} = model;
  const count = {shown: accountCount(panels), all: accountCount(all)};
  if (ui.palette !== null) return footerLine(paletteFooter(context), width, context);
  if (ui.typing) return {line: filterLine(filterOf(ui), ui.mode === 'help' ? null : count, width, context), hits: []};
  // While a form is open every other key is text.
  if (form) return footerLine(formEntries(form, context), width, context);
  const entries = footerEntries(keymap, ui.mode, context, {empty: all.length === 0, notices});
  const active = filterOf(ui);
  if (active === '' || ui.mode === 'help') return footerLine(entries, width, context, searched(active, context));
  return footerLine(entries, width, context, activeFilter(active, count, context));
}

const searched = (text: string, {strings}: ViewContext): Line =>
  text === '' ? [] : [span(strings.filter.active(cut(text, 16)), 'warn')];

/** Whether the last line is there; a view over the panels has its own measure. */
export function hasFooter(ui: Ui, {layout, all, columns, rows}: ScreenModel): boolean {
  if (layout.kind === 'line') return false;
  if (isCovered(ui)) return dialogArea(columns, rows).footer;
  return layout.footer || all.length === 0 || ui.typing;
}
