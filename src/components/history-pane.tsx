import type {Controller} from '../controllers/controller.ts';
import {useWhole} from '../hooks/use-shown.ts';
import {historyPaneOf} from '../view/rows/history-pane.ts';
import {Rows} from './rows.tsx';

/** How the focused limit was used, where the panels and the next resets leave room. */
export function HistoryPane() {
  const pane = useWhole(history);
  return pane && <Rows lines={pane.lines} x={pane.rect.x} y={pane.rect.y} width={pane.rect.width} />;
}

const history = ({model, ui, context}: Controller) => historyPaneOf(model(), ui.get(), context());
