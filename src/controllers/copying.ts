import type {ViewContext} from '../view/context.ts';
import {focusedPanel, type ScreenModel, slotIn} from '../view/layout/screen-model.ts';
import {openPanel} from '../view/rows/frame.ts';
import {plain} from '../view/rows/line.ts';
import {columnsFor, needOf, type PanelModel, panelContent} from '../view/rows/panel.ts';
import {type Controller, notify} from './controller.ts';
import {dialogOf} from './dialogs.ts';

/** What is shown, as plain text: the open view, or the focused panel whole. */
export function copyShown(controller: Controller, model: ScreenModel): void {
  const panel = focusedPanel(model);
  const context = controller.context();
  const dialog = dialogOf(controller);
  const text = dialog ? dialog.lines.map(plain) : panel ? panelText(panel, model, context) : [];
  if (text.length === 0) {
    notify(controller, context.strings.refresh.nothing);
    return;
  }
  controller.terminal.copy(`${text.map(line => line.trimEnd()).join('\n')}\n`);
  notify(controller, context.strings.refresh.copied);
}

const numberOf = ({all}: ScreenModel, {info}: PanelModel): number =>
  all.findIndex(each => each.info.id === info.id) + 1;

function panelText(panel: PanelModel, model: ScreenModel, context: ViewContext): string[] {
  const slot = slotIn(model, panel.info.id);
  const width = Math.max(40, slot?.placement.width ?? model.columns);
  const height = needOf(panel, context).full(width - 4);
  const view = {
    width: width - 4,
    height,
    columns: slot?.columns ?? columnsFor([panel], width - 4, context),
    scroll: 0,
  };
  const content = panelContent(panel, view, context);
  const frame = {
    width,
    height: content.lines.length + 2,
    focused: false,
    spinning: false,
    number: numberOf(model, panel),
  };
  return openPanel(panel, content, frame, context).map(plain);
}
