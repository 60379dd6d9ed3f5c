import type {Controller} from '../controllers/controller.ts';
import {spinningIn} from '../view/layout/screen-model.ts';
import {remembering} from '../view/sharing.ts';

// Every panel asks.
const spinner = remembering(spinningIn);

/** Whether the one spinner of the screen turns in the panel of this provider, or in this row of the table. */
export const isSpinning = (controller: Controller, id: string): boolean =>
  isMoving(controller) && spinner(controller.model()) === id;

function isMoving({display, terminal}: Controller): boolean {
  const {motion} = display();
  return terminal.reducedMotion ? motion === 'on' : motion !== 'off';
}
