import {memo} from 'react';
import type {Controller} from '../controllers/controller.ts';
import {useShown} from '../hooks/use-shown.ts';
import {useViewContext} from '../hooks/use-view-context.ts';
import type {PanelSlot} from '../view/layout/screen-model.ts';
import {previewLines} from '../view/rows/preview.ts';
import {Rows} from './rows.tsx';

/** The panel of the focused row of the table. */
export const PreviewPanel = memo(function PreviewPanel({slot}: {slot: PanelSlot}) {
  const panel = useShown(previewIn);
  const context = useViewContext();
  if (panel === null) return null;
  const {x, y, width} = slot.placement;
  return <Rows lines={previewLines(panel, slot, context)} x={x} y={y} width={width} />;
});

const previewIn = ({model}: Controller) => model().preview;
