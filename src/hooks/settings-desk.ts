import {type SettingsProblem, settingsOf} from '../core/settings.ts';
import type {ActionName} from '../view/keymap.ts';
import type {Look} from '../view/look.ts';
import {moved, type SettingRow, type SettingsInput, settingRows, withProvider} from '../view/settings-view.ts';
import type {Desk} from './desk.ts';
import {moveSelection} from './selection.ts';

/** The settings view's own keys. Every change is applied at once and kept. */

export const settingsInput = (desk: Desk, look: Look): SettingsInput => ({
  settings: desk.settings(),
  display: desk.display(),
  catalogue: desk.program.catalogue,
  strings: look.strings,
});

/** From now on it is said when a change cannot be written, beside what the key itself said. Returns the way to stop. */
export function tellUnsaved(desk: Desk): () => void {
  const {store} = desk.program.settings;
  let told: SettingsProblem | undefined;
  return store.subscribe(() => {
    const problem = store.get().problems.find(({unsaved}) => unsaved !== undefined);
    if (problem === told) return;
    told = problem;
    if (problem?.unsaved === undefined) return;
    const text = desk.look(desk.program.now()).strings.settings.unsaved(problem.unsaved);
    const before = desk.ui.get().message?.text ?? text;
    desk.dispatch({type: 'say', text: before.endsWith(text) ? before : `${before} · ${text}`});
  });
}

const pageRows = 5;

/** True when the action meant something here. */
export function settingsAction(desk: Desk, action: ActionName): boolean {
  const rows = settingRows(settingsInput(desk, desk.look(desk.program.now())));
  const {selected} = desk.ui.get();
  const row = rows[selected];
  if (moveSelection(desk, action, rows.length, pageRows)) return true;
  switch (action) {
    case 'left':
    case 'right':
      if (row) apply(desk, row, action === 'right' ? 1 : -1);
      return true;
    case 'change':
      if (row) toggle(desk, row);
      return true;
    case 'move-up':
    case 'move-down':
      if (row) shift(desk, row, action === 'move-up' ? -1 : 1);
      return true;
    default:
      return false;
  }
}

function apply(desk: Desk, row: SettingRow, by: 1 | -1): void {
  const change = row.change(by);
  if ('display' in change) desk.setDisplay(change.display);
  else desk.program.settings.update(change.settings);
}

/** Enter switches a provider on and off; anywhere else it goes to the next value. */
function toggle(desk: Desk, row: SettingRow): void {
  const {provider} = row;
  if (provider === undefined) {
    apply(desk, row, 1);
    return;
  }
  desk.program.settings.update(before =>
    withProvider(before, provider, {enabled: !settingsOf(before, provider).enabled}),
  );
}

function shift(desk: Desk, row: SettingRow, by: 1 | -1): void {
  const {provider} = row;
  if (provider === undefined) return;
  const {catalogue} = desk.program;
  desk.program.settings.update(before => moved({settings: before, catalogue}, provider, by));
  const at = settingRows(settingsInput(desk, desk.look(desk.program.now()))).findIndex(
    each => each.provider === provider,
  );
  desk.dispatch({type: 'select', index: at});
}
