import {memo} from 'react';
import type {Controller} from '../controllers/controller.ts';
import {isSpinning} from '../hooks/spinning.ts';
import {useParts} from '../hooks/use-shown.ts';
import {rowIn} from '../view/layout/screen-model.ts';
import type {TableColumns} from '../view/rows/table-columns.ts';
import {tableLine} from '../view/rows/table-row.ts';
import {rowsText} from './rows-text.tsx';

type Props = {id: string; width: number; columns: TableColumns; focused: boolean};

/** One account, live, as a row of the text that the table is: drawn again when something of its own has changed. */
export const TableRow = memo(function TableRow({id, width, columns, focused}: Props) {
  const {row, spinning, context} = useParts(controller => shownOf(controller, id));
  const line = row === undefined ? [] : tableLine(row, columns, {focused, spinning}, width, context);
  return rowsText([line], context.theme, context.ascii);
});

const shownOf = (controller: Controller, id: string) => ({
  row: rowIn(controller.model(), id),
  spinning: isSpinning(controller, id),
  context: controller.context(),
});
