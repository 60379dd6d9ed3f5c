import {hasFooter} from '../rows/footer.ts';
import {hasHeader} from '../rows/header.ts';
import {isCovered, type Ui} from '../ui-state.ts';
import type {ScreenModel} from './screen-model.ts';

/** Which parts the screen has. */
export type Outline = {
  columns: number;
  rows: number;
  /** What most of it shows; of a screen that is too small for panels, all of it. */
  body: 'tightest' | 'dialog' | 'empty' | 'table' | 'panels';
  header: boolean;
  footer: boolean;
  notSetUp: boolean;
};

export function outlineOf(ui: Ui, model: ScreenModel): Outline {
  const {columns, rows, layout} = model;
  const body = bodyOf(ui, model);
  const isWhole = body === 'tightest';
  return {
    columns,
    rows,
    body,
    header: !isWhole && hasHeader(ui, model),
    footer: !isWhole && hasFooter(ui, model),
    notSetUp: layout.notSetUpLine && body !== 'dialog',
  };
}

function bodyOf(ui: Ui, {layout, panels, table}: ScreenModel): Outline['body'] {
  if (layout.kind === 'line') return 'tightest';
  if (isCovered(ui)) return 'dialog';
  if (panels.length === 0) return 'empty';
  return table === null ? 'panels' : 'table';
}
