import {useShown} from '../hooks/use-shown.ts';
import {agendaPaneOf} from '../view/rows/agenda-pane.ts';
import {Rows} from './rows.tsx';

/** The next resets, where the panels leave room. */
export function AgendaPane() {
  const pane = useShown(({model, context}) => agendaPaneOf(model(), context()));
  return pane && <Rows lines={pane.lines} x={pane.rect.x} y={pane.rect.y} width={pane.rect.width} />;
}
