import {focusedPanel, type ScreenModel} from '../view/layout/screen-model.ts';
import {limitAfter, limitOf, nameOf} from '../view/plot/limits.ts';
import {plotSpans} from '../view/plot/spans.ts';
import type {Controller} from './controller.ts';

/** What keys do to the history that is shown: of which limit it is, and how much time. */

/** To the next limit of the focused provider or account, or to the one before. */
export function stepLimit(controller: Controller, model: ScreenModel, by: 1 | -1): void {
  const panel = focusedPanel(model);
  if (panel === undefined) return;
  const provider = panel.info.id;
  const limit = limitOf(panel, controller.ui.get().limits[provider]);
  if (limit !== undefined) controller.dispatch({type: 'limit', provider, name: nameOf(limitAfter(limit, by))});
}

export function nextSpan(controller: Controller): void {
  const {span} = controller.ui.get();
  const next = plotSpans[(plotSpans.indexOf(span) + 1) % plotSpans.length] ?? span;
  controller.dispatch({type: 'span', span: next});
}

/** Plot and figures of the same provider, in each other's place. */
export function turnDetails(controller: Controller): void {
  const mode = controller.ui.get().mode === 'detail' ? 'history' : 'detail';
  controller.dispatch({type: 'enter', mode});
}
