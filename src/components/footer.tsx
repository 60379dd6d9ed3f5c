import type {Controller} from '../controllers/controller.ts';
import {useWhole} from '../hooks/use-shown.ts';
import {footOf} from '../view/rows/footer.ts';
import {Rows} from './rows.tsx';

/** The last line: the keys, what is being typed, or what was just said, which may need more lines. */
export function Footer({columns, rows}: {columns: number; rows: number}) {
  const lines = useWhole(foot);
  return <Rows lines={lines} y={rows - lines.length} width={columns} />;
}

const foot = ({ui, logins, keymap, model, context}: Controller) =>
  footOf(ui.get(), logins.get().form, keymap(), model(), context()).lines;
