import {memo, useMemo} from 'react';
import {useProvider} from '../hooks/use-provider.ts';
import type {PanelSlot} from '../view/layout/screen-model.ts';
import type {FoldedColumns} from '../view/rows/folded.ts';
import {panelLines} from '../view/rows/panel-lines.ts';
import {Rows} from './rows.tsx';

type Props = {id: string; slot: PanelSlot; folded: FoldedColumns; focused: boolean};

/** One provider, live: drawn again when something of its own has changed. */
export const ProviderPanel = memo(function ProviderPanel({id, slot, folded, focused}: Props) {
  const {panel, spinning, context} = useProvider(id);
  const {placement, columns, scroll, number} = slot;
  const {x, y, width, height, form} = placement;
  // It may only have moved.
  const lines = useMemo(() => {
    if (panel === undefined) return [];
    const own = {placement: {width, height, form}, columns, scroll, number};
    return panelLines(panel, own, folded, {focused, spinning}, context);
  }, [panel, width, height, form, columns, scroll, number, folded, focused, spinning, context]);
  return <Rows lines={lines} x={x} y={y} width={width} />;
});
