import type {Controller} from '../controllers/controller.ts';
import {spinningIn} from '../view/layout/screen-model.ts';
import {remembering} from '../view/sharing.ts';
import {useKept} from './use-shown.ts';

// Every panel asks.
const spinner = remembering(spinningIn);

/** Whether the one spinner of the screen turns in the panel of this provider. */
export const useSpinning = (id: string): boolean =>
  useKept(controller => isMoving(controller) && spinner(controller.model()) === id);

function isMoving({display, terminal}: Controller): boolean {
  const {motion} = display();
  return terminal.reducedMotion ? motion === 'on' : motion !== 'off';
}
