import type {Controller} from '../controllers/controller.ts';
import {useWhole} from '../hooks/use-shown.ts';
import {notSetUpIn} from '../view/rows/not-set-up.ts';
import {Rows} from './rows.tsx';

/** The dim line above the footer: providers that have no panel. */
export function NotSetUp({columns, rows}: {columns: number; rows: number}) {
  const line = useWhole(notSetUp);
  return <Rows lines={[line]} y={rows - 2} width={columns} />;
}

const notSetUp = ({model, keymap, context}: Controller) => notSetUpIn(model(), keymap(), context());
