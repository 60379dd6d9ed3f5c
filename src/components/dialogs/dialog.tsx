import {type Dialog as DialogContent, dialogOf} from '../../controllers/dialogs.ts';
import {useShown} from '../../hooks/use-shown.ts';
import {useViewContext} from '../../hooks/use-view-context.ts';
import type {ViewContext} from '../../view/context.ts';
import {boxed, unboxed} from '../../view/rows/frame.ts';
import type {Line} from '../../view/rows/line.ts';
import {Rows} from '../rows.tsx';

/** The view over the whole body: detail, help, settings, credentials, notices. */
export function Dialog() {
  const dialog = useShown(dialogOf);
  const context = useViewContext();
  if (dialog === null) return null;
  return <Rows lines={dialogLines(dialog, context)} y={dialog.area.y} width={dialog.area.width} />;
}

/** Those of its lines that are visible, with how many are not. */
export function dialogLines({title, lines, pinned, height, area, scroll}: DialogContent, context: ViewContext): Line[] {
  const listed = lines.slice(scroll, scroll + height);
  const hidden = {above: Math.min(scroll, lines.length), below: Math.max(0, lines.length - scroll - listed.length)};
  const visible = [...pinned, ...listed];
  if (!area.boxed) return unboxed(visible, hidden, area.width, context);
  const frame = {width: area.width, height: area.height, focused: true};
  return boxed([{text: title, tone: 'accent', bold: true}], [], {lines: visible, ...hidden}, frame, context);
}
