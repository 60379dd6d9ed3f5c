import type {Controller} from '../controllers/controller.ts';
import {useShown} from '../hooks/use-shown.ts';
import {ProviderPanel} from './provider-panel.tsx';

/** The panels, each where the layout put it. */
export function Dashboard() {
  const {slots, folded, focus} = useShown(arrangementOf);
  return slots.map(slot => {
    const {id} = slot.placement;
    return <ProviderPanel key={id} id={id} slot={slot} folded={folded} focused={id === focus} />;
  });
}

function arrangementOf({model}: Controller) {
  const {slots, folded, focus} = model();
  return {slots, folded, focus};
}
