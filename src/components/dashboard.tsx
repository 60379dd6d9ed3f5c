import type {ViewContext} from '../view/context.ts';
import type {ScreenModel} from '../view/layout/screen-model.ts';
import {spinningIn} from '../view/layout/screen-model.ts';
import {Panel} from './provider-panel.tsx';

/** The panels, each where the layout put it. At most one of them carries the spinner. */
export function Body({model, still, context}: {model: ScreenModel; still: boolean; context: ViewContext}) {
  const spinning = still ? null : spinningIn(model);
  return model.slots.map(slot => (
    <Panel
      key={slot.panel.info.id}
      slot={slot}
      folded={model.folded}
      focused={slot.panel.info.id === model.focus}
      spinning={slot.panel.info.id === spinning}
      context={context}
    />
  ));
}
