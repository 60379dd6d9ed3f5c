import type {ViewContext} from '../context.ts';
import {borderlessIndent, insideOf} from '../layout/placing.ts';
import type {PanelSlot} from '../layout/screen-model.ts';
import {borderlessTitle, type FoldedColumns, foldedLine} from './folded.ts';
import {openPanel} from './frame.ts';
import {fitLine, type Line, span} from './line.ts';
import {type PanelModel, panelContent} from './panel.ts';

/** How a panel stands out: it has the focus, it carries the one spinner. */
export type Standing = {focused: boolean; spinning: boolean};

/** All of its place but where that is. */
type Shape = Pick<PanelSlot, 'columns' | 'scroll' | 'number'> & {
  placement: Pick<PanelSlot['placement'], 'width' | 'height' | 'form'>;
};

/** A panel in its place: a bordered box, a title with rows, or one folded line, as the layout says. */
export function panelLines(
  panel: PanelModel,
  {placement, columns, scroll, number}: Shape,
  folded: FoldedColumns,
  standing: Standing,
  context: ViewContext,
): Line[] {
  const {width, height, form} = placement;
  const frame = {width, height, number, ...standing};
  if (form === 'folded') return [foldedLine(panel, folded, frame, context)];
  const content = panelContent(panel, {...insideOf(placement), columns, scroll}, context);
  if (form === 'open') return openPanel(panel, content, frame, context);
  const indent = span(' '.repeat(borderlessIndent));
  return [
    borderlessTitle(panel, content, folded, frame, context),
    ...content.lines.map(line => fitLine([indent, ...line], width)),
  ];
}
