import type {Look} from '../view/look.ts';
import type {Scene} from '../view/scene.ts';
import {spinningIn} from '../view/scene.ts';
import {Panel} from './panel.tsx';

/** The panels, each where the layout put it. At most one of them carries the spinner. */
export function Body({scene, still, look}: {scene: Scene; still: boolean; look: Look}) {
  const spinning = still ? null : spinningIn(scene);
  return scene.spots.map(spot => (
    <Panel
      key={spot.panel.info.id}
      spot={spot}
      folded={scene.folded}
      focused={spot.panel.info.id === scene.focus}
      spinning={spot.panel.info.id === spinning}
      look={look}
    />
  ));
}
