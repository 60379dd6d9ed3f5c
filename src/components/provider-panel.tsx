import {memo} from 'react';
import {useProvider} from '../hooks/use-provider.ts';
import {useSpinning} from '../hooks/use-spinning.ts';
import {useViewContext} from '../hooks/use-view-context.ts';
import type {PanelSlot} from '../view/layout/screen-model.ts';
import type {FoldedColumns} from '../view/rows/folded.ts';
import {panelLines} from '../view/rows/panel-lines.ts';
import {Rows} from './rows.tsx';

type Props = {id: string; slot: PanelSlot; folded: FoldedColumns; focused: boolean};

/** One provider, live: drawn again when something of its own has changed. */
export const ProviderPanel = memo(function ProviderPanel({id, slot, folded, focused}: Props) {
  const panel = useProvider(id);
  const spinning = useSpinning(id);
  const context = useViewContext();
  if (panel === undefined) return null;
  const {x, y, width} = slot.placement;
  return <Rows lines={panelLines(panel, slot, folded, {focused, spinning}, context)} x={x} y={y} width={width} />;
});
