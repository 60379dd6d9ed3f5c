import type {AccountState} from '../../core/model.ts';
import type {LayoutSettings, SortName} from '../../core/settings.ts';
import type {ViewContext} from '../context.ts';
import {needOf, type PanelModel} from '../rows/panel.ts';
import {type TableColumns, tableColumns} from '../rows/table-columns.ts';
import {type OutOfView, outOfView} from '../rows/table-edges.ts';
import {remembering} from '../sharing.ts';
import type {Ui} from '../ui-state.ts';
import type {Layout} from './layout.ts';
import {borderColumns, borderRows, sum} from './placing.ts';
import {headingRows, roomFor, type TablePlan, tablePlan} from './table-plan.ts';
import {focusedRow, sorted, type TableRow, tableRowsOf} from './table-rows.ts';

/** The table in its place: a row per account, and below it the panel of the focused one. */
export type AccountTable = {
  /** Row of the screen at which its heading stands. */
  y: number;
  columns: TableColumns;
  rows: readonly TableRow[];
  /** The rows that are visible, and how many are above them. */
  visible: readonly TableRow[];
  first: number;
  /** Id of the focused row. */
  focus: string | null;
  sort: SortName;
  /** What its rule says; null: all rows are visible, and there is none. */
  hidden: {above: OutOfView; below: OutOfView} | null;
};

/** Where `Ui` keeps how far the table is scrolled. */
export const tableScroll = ':table';

const smallest = {columns: 40, rows: 8} as const;
const mostNumbered = 9;
const headerRows = 1;
const edgeRows = 2;

export type TableInput = {
  columns: number;
  rows: number;
  /** Every panel, and those that the filter lets through, in their order. */
  all: readonly PanelModel[];
  panels: readonly PanelModel[];
  ui: Ui;
  wanted: LayoutSettings;
  notSetUpLine: boolean;
  context: ViewContext;
};

/** Whether there is room for a table, and something to put into it. */
export const hasRoomForTable = ({columns, rows, panels}: Pick<TableInput, 'columns' | 'rows' | 'panels'>): boolean =>
  columns >= smallest.columns && rows >= smallest.rows && panels.length > 0;

export type Tabled = {table: AccountTable; layout: Layout; preview: PanelModel | null};

export function tabled(input: TableInput): Tabled {
  const {columns, rows: height, all, ui, wanted, context} = input;
  const available = height - edgeRows;
  const rows = rowsWithin(all, input.panels, wanted.folded, ui.unfolded, wanted.sort, available, context);
  const focused = focusedRow(rows, ui.row, ui.focus);
  const preview = focused === undefined ? null : previewOf(focused, input.panels);
  const plan = tablePlan({
    available,
    count: rows.length,
    full: preview === null ? 0 : needOf(preview, context).full(columns - borderColumns) + borderRows,
    most: Math.max(0, ...rows.map(rowsOfPanel)),
    scroll: ui.scroll[tableScroll] ?? 0,
    focus: focused === undefined ? 0 : rows.indexOf(focused),
  });
  const {first, shown, rule} = plan;
  const [above, below] = [rows.slice(0, first), rows.slice(first + shown)].map(each => outOfView(each, context));
  const table: AccountTable = {
    y: headerRows,
    columns: columnsOf(rows, columns, all.length <= mostNumbered, context),
    rows,
    visible: rows.slice(first, first + shown),
    first,
    focus: focused?.id ?? null,
    sort: wanted.sort,
    hidden: rule && above && below ? {above, below} : null,
  };
  return {table, preview, layout: layoutOf(plan, input, focused)};
}

const columnsOf = remembering(tableColumns);

/** All rows, folded as the settings say; where these do not fit, all are folded but what was unfolded by hand. */
const rowsWithin = remembering(
  (
    all: readonly PanelModel[],
    panels: readonly PanelModel[],
    folded: readonly string[],
    unfolded: readonly string[],
    sort: SortName,
    available: number,
    context: ViewContext,
  ): readonly TableRow[] => {
    const numbers = new Map(all.map(({info}, index) => [info.id, index + 1]));
    const rowsWith = (isFolded: (provider: string) => boolean): readonly TableRow[] =>
      sorted(tableRowsOf(panels, numbers, isFolded, context), sort, context.now);
    const chosen = rowsWith(id => folded.includes(id));
    if (chosen.length <= roomFor(available)) return chosen;
    return rowsWith(id => folded.includes(id) || !unfolded.includes(id));
  },
);

/** About how high its panel is: a row each for windows and notes, two for a failure. */
function rowsOfPanel({accounts}: TableRow): number {
  const rowsOf = ({reading, failure}: AccountState): number =>
    (reading?.windows.length ?? 0) + (reading?.notes.length ?? 0) + (failure === null ? 0 : 2);
  return borderRows + sum(accounts.map(rowsOf));
}

/** The panel of what is focused alone. */
const previewOf = remembering(({info, accounts}: TableRow, panels: readonly PanelModel[]): PanelModel | null => {
  const panel = panels.find(each => each.info.id === info.id);
  return panel === undefined ? null : {...panel, accounts};
});

function layoutOf(plan: TablePlan, {columns, rows, notSetUpLine}: TableInput, focused: TableRow | undefined): Layout {
  const used = headingRows + plan.shown + (plan.rule ? 1 : 0);
  const place = {x: 0, y: headerRows + used, width: columns, height: plan.preview};
  const spare = rows - edgeRows - used - plan.preview;
  // What is not set up is worth a row that nobody needs.
  const hasLine = notSetUpLine && spare > 0;
  return {
    kind: 'table',
    header: true,
    footer: true,
    notSetUpLine: hasLine,
    above: 0,
    below: 0,
    placements: focused !== undefined && plan.preview > 0 ? [{...place, id: focused.info.id, form: 'open'}] : [],
    free: [{x: 0, y: place.y + plan.preview, width: columns, height: spare - (hasLine ? 1 : 0)}],
  };
}

/** The row at a row of the screen. */
export const rowAt = ({y, visible}: AccountTable, screenRow: number): TableRow | undefined =>
  visible[screenRow - y - headingRows];
