import type {ViewContext} from '../view/context.ts';
import {panelIn} from '../view/layout/screen-model.ts';
import type {PanelModel} from '../view/rows/panel.ts';
import {isSpinning} from './spinning.ts';
import {useParts} from './use-shown.ts';

export type ShownProvider = {
  /** What is known of it, and which of its accounts are shown; undefined while it has no panel. */
  panel: PanelModel | undefined;
  /** Whether the one spinner of the screen turns in its panel. */
  spinning: boolean;
  /** How things are shown, at the moment that is drawn. */
  context: ViewContext;
};

/** A provider as it stands on the screen. */
export const useProvider = (id: string): ShownProvider =>
  useParts(controller => ({
    panel: panelIn(controller.model(), id),
    spinning: isSpinning(controller, id),
    context: controller.context(),
  }));
