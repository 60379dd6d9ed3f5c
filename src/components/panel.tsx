import {bareTitle, type FoldedColumns, foldedLine} from '../view/folded-line.ts';
import {openPanel} from '../view/frame.ts';
import {fitLine, span} from '../view/line.ts';
import type {Look} from '../view/look.ts';
import {panelContent} from '../view/panel.ts';
import type {Spot} from '../view/scene.ts';
import {Rows} from './rows.tsx';

type Props = {spot: Spot; folded: FoldedColumns; focused: boolean; spinning: boolean; look: Look};

/** One provider: a bordered panel, a title with rows, or one folded line, as the layout says. */
export function Panel({spot, folded, focused, spinning, look}: Props) {
  const {placement} = spot;
  return (
    <Rows
      lines={linesOf(spot, folded, focused, spinning, look)}
      x={placement.x}
      y={placement.y}
      width={placement.width}
      look={look}
    />
  );
}

function linesOf(spot: Spot, folded: FoldedColumns, focused: boolean, spinning: boolean, look: Look) {
  const {placement, panel, columns, height, scroll, number} = spot;
  const {width, density} = placement;
  const frame = {width, height: placement.height, focused, spinning, number};
  if (placement.form === 'folded') return [foldedLine(panel, folded, frame, look)];
  const open = placement.form === 'open';
  const content = panelContent(panel, {width: width - (open ? 4 : 2), height, density, columns, scroll}, look);
  if (open) return openPanel(panel, content, frame, look);
  return [
    bareTitle(panel, content, folded, frame, look),
    ...content.lines.map(line => fitLine([span('  '), ...line], width)),
  ];
}
