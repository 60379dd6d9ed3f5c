import {memo, useMemo} from 'react';
import {useShown} from '../hooks/use-shown.ts';
import {useSpinning} from '../hooks/use-spinning.ts';
import {useViewContext} from '../hooks/use-view-context.ts';
import {rowIn} from '../view/layout/screen-model.ts';
import type {TableColumns} from '../view/rows/table-columns.ts';
import {tableLine} from '../view/rows/table-row.ts';
import {Rows} from './rows.tsx';

type Props = {id: string; y: number; width: number; columns: TableColumns; focused: boolean};

/** One account, live: drawn again when something of its own has changed. */
export const TableRow = memo(function TableRow({id, y, width, columns, focused}: Props) {
  const row = useShown(({model}) => rowIn(model(), id));
  const spinning = useSpinning(id);
  const context = useViewContext();
  // It may only have moved.
  const lines = useMemo(
    () => (row === undefined ? [] : [tableLine(row, columns, {focused, spinning}, width, context)]),
    [row, columns, focused, spinning, width, context],
  );
  return <Rows lines={lines} y={y} width={width} />;
});
