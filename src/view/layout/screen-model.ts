import type {MonitorState} from '../../core/model.ts';
import type {ProviderInfo} from '../../core/services.ts';
import type {ViewContext} from '../context.ts';
import {filtered} from '../filter.ts';
import {type Absence, absenceIn, hiddenNames} from '../rows/absence.ts';
import {hasAside, notSetUp} from '../rows/aside.ts';
import {type FoldedColumns, foldedColumns} from '../rows/folded.ts';
import {columnsFor, mostScroll, needOf, type PanelModel, panelsOf} from '../rows/panel.ts';
import type {RowColumns} from '../rows/window.ts';
import type {Ui} from '../ui-state.ts';
import {type Layout, layout, type Placement} from './layout.ts';

/** What stands where, worked out from everything that decides about it. Drawing and keys both read it. */
export type ScreenModel = {
  columns: number;
  rows: number;
  /** Every panel, and those that the filter lets through. */
  all: readonly PanelModel[];
  panels: readonly PanelModel[];
  layout: Layout;
  /** Id of the focused provider; null when there is none. */
  focus: string | null;
  slots: readonly PanelSlot[];
  folded: FoldedColumns;
  /** Names of providers for which no login was found, and of those whose logins are all hidden. */
  notSetUp: readonly string[];
  hidden: readonly string[];
  absence: Absence;
  /** How many notices there are to read. */
  notices: number;
};

/** One placed panel. */
export type PanelSlot = {
  placement: Placement;
  panel: PanelModel;
  /** Its number among all panels, as the keys 1–9 count. */
  number: number;
  columns: RowColumns;
  /** Rows of content, and how far they can be scrolled. */
  height: number;
  scroll: number;
  most: number;
};

export type ScreenModelInput = {
  state: MonitorState;
  catalogue: readonly ProviderInfo[];
  /** Ids of providers that the command line names. */
  named?: readonly string[] | undefined;
  ui: Ui;
  columns: number;
  rows: number;
  context: ViewContext;
};

export function screenModelOf(input: ScreenModelInput): ScreenModel {
  const {state, catalogue, ui, columns, rows, context} = input;
  const all = panelsOf(state, catalogue, context.now);
  const panels = filtered(all, ui.filter, context);
  const focus = focusOf(ui, all, panels);
  const besides = {
    notSetUp: notSetUp(state, catalogue),
    hidden: hiddenNames(state, catalogue),
    absence: absenceIn(state, catalogue, input.named),
  };
  const aside = panels.length > 0 && hasAside(besides);
  const placed = layout({columns, rows, panels: panels.map(panel => needOf(panel, context)), focus, aside});
  return {
    columns,
    rows,
    all,
    panels,
    layout: placed,
    focus,
    slots: slotsOf(placed, all, panels, ui, context),
    folded: foldedColumns(panels, columns, context),
    ...besides,
    notices: state.notices.length,
  };
}

/** Who is focused; nobody while the details are open of a provider whose last login has gone: no other is meant. */
function focusOf({mode, focus}: Ui, all: readonly PanelModel[], panels: readonly PanelModel[]): string | null {
  const has = (among: readonly PanelModel[]): boolean => among.some(panel => panel.info.id === focus);
  if (has(panels)) return focus;
  return mode === 'detail' && focus !== null && !has(all) ? null : (panels[0]?.info.id ?? null);
}

function slotsOf(
  placed: Layout,
  all: readonly PanelModel[],
  panels: readonly PanelModel[],
  ui: Ui,
  context: ViewContext,
): PanelSlot[] {
  const byWidth = new Map<number, RowColumns>();
  const columnsAt = (width: number): RowColumns => {
    const columns = byWidth.get(width) ?? columnsFor(panels, width, context);
    byWidth.set(width, columns);
    return columns;
  };
  return placed.placements.flatMap(placement => {
    const panel = panels.find(each => each.info.id === placement.id);
    if (!panel) return [];
    const open = placement.form === 'open';
    const height = Math.max(0, placement.height - (open ? 2 : 1));
    const width = placement.width - (open ? 4 : 2);
    const {density} = placement;
    const most = placement.form === 'folded' ? 0 : mostScroll(panel, {width, height, density}, context);
    return [
      {
        placement,
        panel,
        number: all.findIndex(each => each.info.id === placement.id) + 1,
        columns: columnsAt(width),
        height,
        most,
        scroll: Math.min(ui.scroll[placement.id] ?? 0, most),
      },
    ];
  });
}

/** Who shows the one spinner: the first visible panel that is being asked. */
export const spinningIn = (model: ScreenModel): string | null =>
  model.slots.find(slot => slot.panel.accounts.some(account => account.refreshing))?.panel.info.id ?? null;

const twoMinutes = 120_000;
// The second in which a window resets still counts: without it the screen would stand at its last countdown.
const lastSecond = 1000;
/** A provider with more accounts than this is not watched by the second. */
const watchedAccounts = 8;

/** True while a text shows seconds: in the detail view, and in the last two minutes of a window. */
export function isFine(ui: Ui, state: MonitorState, now: number): boolean {
  if (ui.mode === 'detail') return true;
  if (ui.mode !== 'panels') return false;
  return state.providers.some(provider =>
    provider.accounts
      .slice(0, watchedAccounts)
      .some(key =>
        state.accounts[key]?.reading?.windows.some(
          ({resetsAt}) => resetsAt !== null && resetsAt > now - lastSecond && resetsAt - now <= twoMinutes,
        ),
      ),
  );
}
