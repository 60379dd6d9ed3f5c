import type {Controller} from '../controllers/controller.ts';
import {useWhole} from '../hooks/use-shown.ts';
import {headOf} from '../view/rows/header.ts';
import {Rows} from './rows.tsx';

/** The first line: what percentages mean, the tightest limit of all, the state of the program, the time. */
export function Header({columns}: {columns: number}) {
  const lines = useWhole(head);
  return <Rows lines={lines} width={columns} />;
}

const head = ({ui, state, model, context}: Controller) => headOf(ui.get(), state(), model(), context());
