import {useWhole} from '../hooks/use-shown.ts';
import {insteadOfPanels} from '../view/rows/empty-state.ts';
import {Rows} from './rows.tsx';

/** In place of the panels where there are none: why, and what to do. */
export function EmptyState({columns}: {columns: number}) {
  const lines = useWhole(({model, state, keymap, ui, context}) =>
    insteadOfPanels(model(), state(), keymap(), ui.get(), context()),
  );
  return lines && <Rows lines={lines} y={1} width={columns} />;
}
