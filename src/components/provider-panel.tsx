import type {ViewContext} from '../view/context.ts';
import type {PanelSlot} from '../view/layout/screen-model.ts';
import {bareTitle, type FoldedColumns, foldedLine} from '../view/rows/folded.ts';
import {openPanel} from '../view/rows/frame.ts';
import {fitLine, span} from '../view/rows/line.ts';
import {panelContent} from '../view/rows/panel.ts';
import {Rows} from './rows.tsx';

type Props = {slot: PanelSlot; folded: FoldedColumns; focused: boolean; spinning: boolean; context: ViewContext};

/** One provider: a bordered panel, a title with rows, or one folded line, as the layout says. */
export function Panel({slot, folded, focused, spinning, context}: Props) {
  const {placement} = slot;
  return (
    <Rows
      lines={linesOf(slot, folded, focused, spinning, context)}
      x={placement.x}
      y={placement.y}
      width={placement.width}
      context={context}
    />
  );
}

function linesOf(slot: PanelSlot, folded: FoldedColumns, focused: boolean, spinning: boolean, context: ViewContext) {
  const {placement, panel, columns, height, scroll, number} = slot;
  const {width, density} = placement;
  const frame = {width, height: placement.height, focused, spinning, number};
  if (placement.form === 'folded') return [foldedLine(panel, folded, frame, context)];
  const open = placement.form === 'open';
  const content = panelContent(panel, {width: width - (open ? 4 : 2), height, density, columns, scroll}, context);
  if (open) return openPanel(panel, content, frame, context);
  return [
    bareTitle(panel, content, folded, frame, context),
    ...content.lines.map(line => fitLine([span('  '), ...line], width)),
  ];
}
