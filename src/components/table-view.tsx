import type {Controller} from '../controllers/controller.ts';
import {useShown} from '../hooks/use-shown.ts';
import {headingRows} from '../view/layout/table-plan.ts';
import {Place} from './place.tsx';
import {PreviewPanel} from './preview-panel.tsx';
import {TableEdges} from './table-edges.tsx';
import {TableRow} from './table-row.tsx';

/** The table of accounts, and below it the panel of the focused one. */
export function TableView() {
  const shown = useShown(arrangementOf);
  if (shown === null) return null;
  const {y, ids, columns, focus, width, slot} = shown;
  return (
    <>
      <TableEdges />
      <Place y={y + headingRows} width={width} height={ids.length}>
        {ids.map(id => (
          <TableRow key={id} id={id} width={width} columns={columns} focused={id === focus} />
        ))}
      </Place>
      {slot && <PreviewPanel slot={slot} />}
    </>
  );
}

function arrangementOf({model}: Controller) {
  const {table, slots, columns: width} = model();
  if (table === null) return null;
  const {y, visible, columns, focus} = table;
  return {y, ids: visible.map(({id}) => id), columns, focus, width, slot: slots[0]};
}
