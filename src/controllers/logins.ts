import type {Account} from '../core/provider.ts';
import type {CredentialRow} from '../core/services.ts';
import type {ActionName} from '../view/keymap/table.ts';
import {lineOf} from '../view/line-edit.ts';
import {type FormEvent, type LoginForm, reduceForm} from '../view/login-form.ts';
import {newAsk} from '../view/login-pages.ts';
import {addList, openAdd} from './add-list.ts';
import {type Controller, notify} from './controller.ts';
import {keepInView} from './dialogs.ts';
import {check, keep, loadLogins, remove, rename, setForm, wordsOf} from './login-changes.ts';
import {keepOwn, plan, scrollQuestion, tryOut} from './own.ts';
import {listSteps} from './palette.ts';
import {moveSelection} from './selection.ts';

/** The credentials view's own keys, and those of its form. */

const pageRows = 10;

/** True while keys belong to the form. */
export const isTypingLogin = (controller: Controller): boolean => controller.logins.get().form !== null;

/** True when the action meant something here. */
export function credentialsAction(controller: Controller, action: ActionName): boolean {
  const rows = controller.logins.get().rows ?? [];
  const {selected} = controller.ui.get();
  const row = rows[selected];
  if (moveSelection(controller, action, rows.length, pageRows)) return true;
  switch (action) {
    case 'add':
      openAdd(controller);
      return true;
    case 'replace':
    case 'rename':
    case 'remove':
      if (row) changeOwn(controller, row, action);
      return true;
    case 'hide':
      if (row) hide(controller, row);
      return true;
    default:
      return false;
  }
}

function changeOwn(controller: Controller, row: CredentialRow, action: 'replace' | 'rename' | 'remove'): void {
  if (row.storedId === null) notify(controller, wordsOf(controller).foreign);
  else setForm(controller, ownForm(controller, row.account, row.storedId, action));
}

function ownForm(
  controller: Controller,
  {provider, label}: Account,
  storedId: string,
  action: 'replace' | 'rename' | 'remove',
): LoginForm | null {
  switch (action) {
    case 'replace': {
      const info = controller.services.catalogue.find(({id}) => id === provider);
      return info === undefined ? null : newAsk(info, {storedId, label});
    }
    case 'rename':
      // The name that is there is a name to be hidden, too.
      return renameForm(storedId, controller.display().privacy ? '' : label);
    case 'remove':
      return {step: 'remove', storedId, label};
  }
}

const renameForm = (storedId: string, label: string): LoginForm => ({
  step: 'rename',
  storedId,
  label,
  line: lineOf(label),
  complaint: null,
});

function hide(controller: Controller, row: CredentialRow): void {
  controller.services.credentials.setHidden(row.account.key, !row.hidden);
  loadLogins(controller);
}

/** A key while a form is open. */
export function credentialsKey(controller: Controller, key: string): void {
  const {form} = controller.logins.get();
  if (!form) return;
  if (form.step === 'rename' && key === 'return') void rename(controller, form);
  else if (isQuestion(form) && key !== 'escape') answer(controller, form, key);
  else advance(controller, form, eventFor(form, key));
}

/** A click on an entry of the list takes it. */
export function clickForm(controller: Controller, index: number): void {
  const {form} = controller.logins.get();
  if (form?.step === 'provider') advance(controller, {...form, choice: index}, {type: 'next'});
}

function advance(controller: Controller, form: LoginForm, event: FormEvent): void {
  const next = reduceForm(form, event, addList(controller));
  setForm(controller, next);
  keepInView(controller);
  if (next?.step !== 'checking' || form.step === 'checking') return;
  const {own} = next.ask;
  void (own === undefined ? check(controller, next) : plan(controller, next, own));
}

export function credentialsPaste(controller: Controller, text: string): void {
  const {form} = controller.logins.get();
  if (form) advance(controller, form, {type: 'paste', text});
}

function eventFor({step}: LoginForm, key: string): FormEvent {
  if (key === 'return') return {type: 'next'};
  if (key === 'escape') return {type: 'back'};
  const by = listSteps[key];
  if (step === 'provider' && by !== undefined) return {type: 'move', by};
  if (key === 'up' || key === 'shift+tab') return {type: 'move', by: -1};
  return key === 'down' || key === 'tab' ? {type: 'move', by: 1} : {type: 'key', key};
}

const questions = ['remove', 'refused', 'discard', 'agree', 'tried'] as const;
type Question = Extract<LoginForm, {step: (typeof questions)[number]}>;
const isQuestion = (form: LoginForm): form is Question => questions.some(step => step === form.step);

function answer(controller: Controller, form: Question, key: string): void {
  const by = listSteps[key];
  if ((form.step === 'agree' || form.step === 'tried') && by !== undefined) scrollQuestion(controller, by);
  else if (key === 'n') setForm(controller, refusedTo(form));
  else if (key !== 'y') return;
  else if (form.step === 'discard') setForm(controller, null);
  else if (form.step === 'refused') void keep(controller, form);
  else if (form.step === 'agree') void tryOut(controller, form);
  else if (form.step === 'tried') void keepOwn(controller, form);
  else void remove(controller, form);
}

/** What was typed for a definition is there again; what was typed for a login is no longer wanted. */
function refusedTo(form: Question): LoginForm | null {
  if (form.step === 'discard') return form.form;
  return form.step === 'agree' || form.step === 'tried' ? form.ask : null;
}
