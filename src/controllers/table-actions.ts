import {type LayoutSettings, sortNames} from '../core/settings.ts';
import {dialogArea} from '../view/layout/dialog-area.ts';
import {foldableIn, panelIn, type ScreenModel} from '../view/layout/screen-model.ts';
import {type AccountTable, tableScroll} from '../view/layout/table.ts';
import type {TableRow} from '../view/layout/table-rows.ts';
import {detailLines} from '../view/rows/detail.ts';
import {type Controller, notify} from './controller.ts';

/** What keys and clicks do to the table of accounts, and to which of the two views is shown. */

/** The other view than the one that is shown; back to `auto` where that would show it by itself. */
export function toggleView(controller: Controller, model: ScreenModel): void {
  const {view} = controller.settings().layout;
  const other = model.table === null ? 'table' : 'panels';
  const next: LayoutSettings['view'] = view === 'auto' ? other : 'auto';
  controller.setLayout({view: next});
  const shown = controller.model().table === null ? 'panels' : 'table';
  // What `auto` shows is what was shown before: then the other one is meant.
  if (next === 'auto' && shown !== other) controller.setLayout({view: other});
  const {refresh, settings} = controller.context().strings;
  notify(controller, refresh.view(settings.views[controller.model().table === null ? 'panels' : 'table']));
}

export function nextSort(controller: Controller): void {
  const {sort} = controller.settings().layout;
  const next = sortNames[(sortNames.indexOf(sort) + 1) % sortNames.length] ?? 'order';
  controller.setLayout({sort: next});
  const {refresh, settings} = controller.context().strings;
  notify(controller, refresh.sort(settings.sorts[next]));
}

/** Of the focused provider; kept, but for what only a table that is too long has folded. */
export function toggleFold(controller: Controller, model: ScreenModel): void {
  const {refresh} = controller.context().strings;
  const panel = foldableIn(model, controller.context());
  if (panel === undefined) {
    notify(controller, refresh.nothingToFold);
    return;
  }
  const {id, name} = panel.info;
  const folded = model.table?.rows.every(row => row.info.id !== id || !row.folded) ?? false;
  const others = controller.settings().layout.folded.filter(each => each !== id);
  controller.dispatch({type: 'fold', id, folded});
  controller.setLayout({folded: folded ? [...others, id] : others});
  notify(controller, folded ? refresh.folded(name) : refresh.unfolded(name));
}

/** The row that has the focus. */
export const rowOf = ({table}: ScreenModel): TableRow | undefined => table?.rows.find(({id}) => id === table.focus);

/** What is seen stays where it is, as far as the row allows. */
export function focusRow(controller: Controller, table: AccountTable, row: TableRow | undefined): void {
  if (row === undefined) return;
  const by = table.first - (controller.ui.get().scroll[tableScroll] ?? 0);
  controller.dispatch({type: 'scroll', what: tableScroll, by, most: table.rows.length});
  controller.dispatch({type: 'focus', id: row.info.id, row: row.id});
  showAccount(controller);
}

const at = ({rows, focus}: AccountTable): number => rows.findIndex(({id}) => id === focus);

/** So many rows on, no further than there are any. */
export function moveRow(controller: Controller, table: AccountTable, by: number): void {
  const index = Math.max(0, Math.min(table.rows.length - 1, at(table) + by));
  focusRow(controller, table, table.rows[index]);
}

/** To the next row, and from the last one to the first. */
export function stepRow(controller: Controller, table: AccountTable, by: 1 | -1): void {
  const count = table.rows.length;
  focusRow(controller, table, table.rows[(at(table) + by + count) % count]);
}

/** To the first row of the next provider. */
export function moveProvider(controller: Controller, table: AccountTable, by: 1 | -1): void {
  const {rows} = table;
  const here = at(table);
  const differs = (index: number): boolean => rows[index]?.info.id !== rows[here]?.info.id;
  let index = here + by;
  while (index >= 0 && index < rows.length && !differs(index)) index += by;
  focusRow(controller, table, rows[index]);
}

/** Free lines between two accounts of the detail view. */
const between = 2;

/** Scrolls the details to the account that has the focus in the table. */
export function showAccount(controller: Controller): void {
  const ui = controller.ui.get();
  const model = controller.model();
  const panel = panelIn(model, model.focus);
  const key = rowOf(model)?.accounts[0]?.key;
  if (ui.mode !== 'detail' || panel === undefined || key === undefined) return;
  const area = dialogArea(model.columns, model.rows);
  const context = controller.context();
  const before = panel.accounts.slice(
    0,
    Math.max(
      0,
      panel.accounts.findIndex(each => each.key === key),
    ),
  );
  const linesOf = (accounts: typeof before): number => detailLines({...panel, accounts}, area.inner, context).length;
  const start = before.length === 0 ? 0 : linesOf(before) + between;
  const most = Math.max(0, linesOf([...panel.accounts]) - area.lines);
  controller.dispatch({type: 'scroll', what: 'detail', by: start - (ui.scroll.detail ?? 0), most});
}
