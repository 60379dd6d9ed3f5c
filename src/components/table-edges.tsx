import {memo} from 'react';
import type {Controller} from '../controllers/controller.ts';
import {useWhole} from '../hooks/use-shown.ts';
import {tableEdges} from '../view/rows/table-edges.ts';
import {Rows} from './rows.tsx';

/** The heading of the table, and the rule that says how many of its rows are out of view. */
export const TableEdges = memo(function TableEdges() {
  const {width, edges} = useWhole(shown);
  return edges.map(({y, line}) => <Rows key={y} lines={[line]} y={y} width={width} />);
});

function shown({model, context}: Controller) {
  const {table, columns} = model();
  return {width: columns, edges: table === null ? [] : tableEdges(table, columns, context())};
}
