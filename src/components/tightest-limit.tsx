import {useWhole} from '../hooks/use-shown.ts';
import {tinyLine} from '../view/rows/header.ts';
import {Rows} from './rows.tsx';

/** All that a screen has room for that is too small for anything else. */
export function TightestLimit({columns}: {columns: number}) {
  const line = useWhole(({model, context}) => tinyLine(model().panels, columns, context()));
  return <Rows lines={[line]} width={columns} />;
}
