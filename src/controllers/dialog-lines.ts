import type {ViewContext} from '../view/context.ts';
import {boxed, unboxed} from '../view/rows/frame.ts';
import type {Line} from '../view/rows/line.ts';
import type {Dialog} from './dialogs.ts';

/** Those of its lines that are visible, with how many are not. */
export function dialogLines({title, lines, pinned, height, area, scroll}: Dialog, context: ViewContext): Line[] {
  const listed = lines.slice(scroll, scroll + height);
  const hidden = {above: Math.min(scroll, lines.length), below: Math.max(0, lines.length - scroll - listed.length)};
  const visible = [...pinned, ...listed];
  if (!area.boxed) return unboxed(visible, hidden, area.width, context);
  const frame = {width: area.width, height: area.height, focused: true};
  return boxed([{text: title, tone: 'accent', bold: true}], [], {lines: visible, ...hidden}, frame, context);
}
