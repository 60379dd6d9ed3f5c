import type {ViewContext} from '../context.ts';
import {columnsFor, mostScroll, type PanelModel} from '../rows/panel.ts';
import type {RowColumns} from '../rows/window.ts';
import {remembering} from '../sharing.ts';
import type {Ui} from '../ui-state.ts';
import type {Layout, Placement} from './layout.ts';
import {insideOf} from './placing.ts';

/** Where a panel stands, and how much of it: no figure is in it, so that it lasts while figures come and go. */
export type PanelSlot = {
  placement: Placement;
  /** Its number among all panels, as the keys 1–9 count. */
  number: number;
  columns: RowColumns;
  /** Rows of content, and how far they can be scrolled. */
  height: number;
  scroll: number;
  most: number;
};

// By width; the last column of a grid may be wider than the others.
const columnsByWidth = remembering((_: readonly PanelModel[], __: ViewContext) => new Map<number, RowColumns>());

export function slotsOf(
  placed: Layout,
  all: readonly PanelModel[],
  panels: readonly PanelModel[],
  ui: Ui,
  context: ViewContext,
): PanelSlot[] {
  const byWidth = columnsByWidth(panels, context);
  const columnsAt = (width: number): RowColumns => {
    const columns = byWidth.get(width) ?? columnsFor(panels, width, context);
    byWidth.set(width, columns);
    return columns;
  };
  return placed.placements.flatMap(placement => {
    const panel = panels.find(({info}) => info.id === placement.id);
    if (!panel) return [];
    const {width, height} = insideOf(placement);
    const most = placement.form === 'folded' ? 0 : mostScroll(panel, {width, height}, context);
    return [
      {
        placement,
        number: all.findIndex(each => each.info.id === placement.id) + 1,
        columns: columnsAt(width),
        height,
        most,
        scroll: Math.min(ui.scroll[placement.id] ?? 0, most),
      },
    ];
  });
}
