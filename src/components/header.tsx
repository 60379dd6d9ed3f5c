import {useShown} from '../hooks/use-shown.ts';
import {headOf} from '../view/rows/header.ts';
import {Rows} from './rows.tsx';

/** The first line: what percentages mean, the tightest limit of all, the state of the program, the time. */
export function Header({columns}: {columns: number}) {
  const lines = useShown(({ui, state, model, context}) => headOf(ui.get(), state(), model(), context()));
  return <Rows lines={lines} width={columns} />;
}
