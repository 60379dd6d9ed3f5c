import {type SettingsProblem, settingsOf} from '../core/settings.ts';
import type {ViewContext} from '../view/context.ts';
import type {ActionName} from '../view/keymap/table.ts';
import type {SettingChange, SettingRow, SettingsInput} from '../view/rows/setting-row.ts';
import {moved, settingRows} from '../view/rows/settings.ts';
import {withProvider} from '../view/rows/switches.ts';
import type {Controller} from './controller.ts';
import {moveSelection} from './selection.ts';

/** The settings view's own keys. Every change is applied at once and kept. */

export const settingsInput = (controller: Controller, context: ViewContext): SettingsInput => ({
  settings: controller.settings(),
  display: controller.display(),
  catalogue: controller.services.catalogue,
  strings: context.strings,
  themes: controller.services.settings.store.get().themes,
});

/** From now on it is said when a change cannot be written, beside what the key itself said. Returns the way to stop. */
export function tellUnsaved(controller: Controller): () => void {
  const {store} = controller.services.settings;
  let told: SettingsProblem | undefined;
  return store.subscribe(() => {
    const problem = store.get().problems.find(({unsaved}) => unsaved !== undefined);
    if (problem === told) return;
    told = problem;
    if (problem?.unsaved === undefined) return;
    const text = controller.context().strings.settings.unsaved(problem.unsaved);
    const before = controller.ui.get().message?.text ?? text;
    controller.dispatch({type: 'notify', text: before.endsWith(text) ? before : `${before} · ${text}`});
  });
}

const pageRows = 5;

/** True when the action meant something here. */
export function settingsAction(controller: Controller, action: ActionName): boolean {
  const rows = settingRows(settingsInput(controller, controller.context()));
  const {selected} = controller.ui.get();
  const row = rows[selected];
  if (moveSelection(controller, action, rows.length, pageRows)) return true;
  switch (action) {
    case 'left':
    case 'right':
      if (row) applyChange(controller, row.change(action === 'right' ? 1 : -1));
      return true;
    case 'change':
      if (row) toggle(controller, row);
      return true;
    case 'move-up':
    case 'move-down':
      if (row) shift(controller, row, action === 'move-up' ? -1 : 1);
      return true;
    default:
      return false;
  }
}

/** Of what the command line decided, a change takes the place. */
export function applyChange(controller: Controller, change: SettingChange): void {
  if ('display' in change) controller.setDisplay(change.display);
  else if ('layout' in change) controller.setLayout(change.layout);
  else controller.services.settings.update(change.settings);
}

/** Enter switches a provider on and off; anywhere else it goes to the next value. */
function toggle(controller: Controller, row: SettingRow): void {
  const {provider} = row;
  if (provider === undefined) {
    applyChange(controller, row.change(1));
    return;
  }
  controller.services.settings.update(before =>
    withProvider(before, provider, {enabled: !settingsOf(before, provider).enabled}),
  );
}

function shift(controller: Controller, row: SettingRow, by: 1 | -1): void {
  const {provider} = row;
  if (provider === undefined) return;
  const {catalogue} = controller.services;
  controller.services.settings.update(before => moved({settings: before, catalogue}, provider, by));
  const at = settingRows(settingsInput(controller, controller.context())).findIndex(each => each.provider === provider);
  controller.dispatch({type: 'select', index: at});
}
