import type {Controller} from '../controllers/controller.ts';
import {useWhole} from '../hooks/use-shown.ts';
import {agendaPaneOf} from '../view/rows/agenda-pane.ts';
import {Rows} from './rows.tsx';

/** The next resets, where the panels leave room. */
export function AgendaPane() {
  const pane = useWhole(agenda);
  return pane && <Rows lines={pane.lines} x={pane.rect.x} y={pane.rect.y} width={pane.rect.width} />;
}

const agenda = ({model, context}: Controller) => agendaPaneOf(model(), context());
