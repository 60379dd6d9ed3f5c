import {panelIn} from '../view/layout/screen-model.ts';
import type {PanelModel} from '../view/rows/panel.ts';
import {useKept} from './use-shown.ts';

/** What is known of a provider, and which of its accounts are shown; undefined while it has no panel. */
export const useProvider = (id: string): PanelModel | undefined => useKept(({model}) => panelIn(model(), id));
