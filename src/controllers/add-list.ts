import {type AddEntry, addEntries, foundIn} from '../view/add-entries.ts';
import type {Controller} from './controller.ts';

/** The list of what can be added. */

/** What it finds now; nothing while it is closed. */
export function addList(controller: Controller): AddEntry[] {
  const {form} = controller.logins.get();
  return form?.step === 'provider' ? foundIn(entriesOf(controller, form.setUp), form.text) : [];
}

function entriesOf(controller: Controller, setUp: readonly string[]): AddEntry[] {
  const {presets} = controller.logins.get();
  return addEntries({catalogue: controller.services.catalogue, setUp, presets}, controller.context());
}

export function openAdd(controller: Controller): void {
  const setUp = idsSetUp(controller);
  if (entriesOf(controller, setUp).length === 0) return;
  controller.logins.update(before => ({...before, form: {step: 'provider', text: '', choice: 0, setUp, kept: []}}));
}

/** Those with a login, as far as it is known by now. */
function idsSetUp(controller: Controller): string[] {
  const {rows} = controller.logins.get();
  if (rows !== null) return [...new Set(rows.map(({account}) => account.provider))];
  return [...new Set(Object.values(controller.state().accounts).map(({provider}) => provider))];
}
