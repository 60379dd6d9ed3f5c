import type {Sheet as SheetContent} from '../hooks/sheets.ts';
import {boxed, unboxed} from '../view/frame.ts';
import type {Line} from '../view/line.ts';
import type {Look} from '../view/look.ts';
import {Rows} from './rows.tsx';

/** A view over the whole body: detail, help, settings, credentials. */
export function Sheet({sheet, look}: {sheet: SheetContent; look: Look}) {
  const {area, scroll} = sheet;
  const visible = sheet.lines.slice(scroll, scroll + area.lines);
  const below = Math.max(0, sheet.lines.length - scroll - visible.length);
  const title: Line = [{text: sheet.title, tone: 'accent', bold: true}];
  const lines = area.boxed
    ? boxed(
        title,
        [],
        {lines: visible, above: scroll, below},
        {width: area.width, height: area.height, focused: true},
        look,
      )
    : unboxed(visible, {above: scroll, below}, area.width, look);
  return <Rows lines={lines} y={area.y} width={area.width} look={look} />;
}
