import type {ViewContext} from '../view/context.ts';
import {useKept} from './use-shown.ts';

/** How things are shown, at the moment that is drawn. */
export const useViewContext = (): ViewContext => useKept(({context}) => context());
