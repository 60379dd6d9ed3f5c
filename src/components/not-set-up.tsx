import {useShown} from '../hooks/use-shown.ts';
import {notSetUpIn} from '../view/rows/not-set-up.ts';
import {Rows} from './rows.tsx';

/** The dim line above the footer: providers that have no panel. */
export function NotSetUp({columns, rows}: {columns: number; rows: number}) {
  const line = useShown(({model, keymap, context}) => notSetUpIn(model(), keymap(), context()));
  return <Rows lines={[line]} y={rows - 2} width={columns} />;
}
