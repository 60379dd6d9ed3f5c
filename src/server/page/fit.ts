import type {Controller} from '../../controllers/controller.ts';
import type {ScreenModel} from '../../view/layout/screen-model.ts';
import {isCovered} from '../../view/ui-state.ts';

/**
 * A page can be longer than its window, and a terminal cannot: panels get as many rows as they need. Where a wide window
 * would have to be scrolled for long, the table comes, as it does on a terminal.
 */
const mostWindows = 3;
const leastTableColumns = 80;
const mostRows = 8000;

export function fitRows(controller: Controller, columns: number, rows: number): void {
  const {size} = controller.terminal;
  const set = (wanted: number): ScreenModel => {
    const now = size.get();
    if (now.columns !== columns || now.rows !== wanted) size.set({columns, rows: wanted});
    return controller.model();
  };
  const model = set(rows);
  const {view} = controller.settings().layout;
  if (isCovered(controller.ui.get()) || view === 'table' || model.panels.length === 0 || isWhole(model)) return;
  const most = view === 'auto' && columns >= leastTableColumns ? rows * mostWindows : mostRows;
  let few = rows;
  let enough = rows * 2;
  while (enough < most && !isWhole(set(enough))) {
    few = enough;
    enough *= 2;
  }
  enough = Math.min(enough, most);
  if (!isWhole(set(enough))) {
    set(rows);
    return;
  }
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (isWhole(set(middle))) enough = middle;
    else few = middle;
  }
  set(enough);
}

/** Every panel is open, and none of its rows is out of view. */
const isWhole = ({table, layout, slots, panels}: ScreenModel): boolean =>
  table === null && layout.kind === 'grid' && slots.length === panels.length && slots.every(({most}) => most === 0);
