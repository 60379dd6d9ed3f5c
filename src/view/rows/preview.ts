import type {ViewContext} from '../context.ts';
import {insideOf} from '../layout/placing.ts';
import type {PanelSlot} from '../layout/screen-model.ts';
import {openPanel} from './frame.ts';
import type {Line} from './line.ts';
import {type PanelModel, panelContent} from './panel.ts';

/** The panel below the table. The one spinner is in the row above. */
export function previewLines(
  panel: PanelModel,
  {placement, columns, scroll, number}: PanelSlot,
  context: ViewContext,
): Line[] {
  const {width, height} = placement;
  const content = panelContent(panel, {...insideOf(placement), columns, scroll}, context);
  return openPanel(panel, content, {width, height, number, focused: true, spinning: false}, context);
}
