import type {Dialog as DialogContent} from '../../controllers/dialogs.ts';
import type {ViewContext} from '../../view/context.ts';
import {boxed, unboxed} from '../../view/rows/frame.ts';
import type {Line} from '../../view/rows/line.ts';
import {Rows} from '../rows.tsx';

/** A view over the whole body: detail, help, settings, credentials. */
export function Dialog({dialog, context}: {dialog: DialogContent; context: ViewContext}) {
  const {area, scroll} = dialog;
  const visible = dialog.lines.slice(scroll, scroll + area.lines);
  const below = Math.max(0, dialog.lines.length - scroll - visible.length);
  const title: Line = [{text: dialog.title, tone: 'accent', bold: true}];
  const lines = area.boxed
    ? boxed(
        title,
        [],
        {lines: visible, above: scroll, below},
        {width: area.width, height: area.height, focused: true},
        context,
      )
    : unboxed(visible, {above: scroll, below}, area.width, context);
  return <Rows lines={lines} y={area.y} width={area.width} context={context} />;
}
