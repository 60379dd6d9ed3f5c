import type {CredentialRow} from '../core/program.ts';
import type {Account} from '../core/provider.ts';
import {type ActionName, actionFor} from '../view/keymap.ts';
import {lineOf} from '../view/line-edit.ts';
import {type FormEvent, type LoginForm, reduceForm} from '../view/login-form.ts';
import {addable} from '../view/login-form-view.ts';
import {newAsk} from '../view/login-pages.ts';
import type {Desk} from './desk.ts';
import {check, keep, loadLogins, remove, rename, say, setForm, wordsOf} from './login-changes.ts';
import {moveSelection} from './selection.ts';

/** The credentials view's own keys, and those of its form. */

const pageRows = 10;

/** True while keys belong to the form. */
export const isTypingLogin = (desk: Desk): boolean => desk.logins.get().form !== null;

/** True when the action meant something here. */
export function credentialsAction(desk: Desk, action: ActionName): boolean {
  const rows = desk.logins.get().rows ?? [];
  const {selected} = desk.ui.get();
  const row = rows[selected];
  if (moveSelection(desk, action, rows.length, pageRows)) return true;
  switch (action) {
    case 'add':
      if (addable(desk.program.catalogue).length > 0) setForm(desk, {step: 'provider', choice: 0, kept: null});
      return true;
    case 'replace':
    case 'rename':
    case 'remove':
      if (row) changeOwn(desk, row, action);
      return true;
    case 'hide':
      if (row) hide(desk, row);
      return true;
    default:
      return false;
  }
}

function changeOwn(desk: Desk, row: CredentialRow, action: 'replace' | 'rename' | 'remove'): void {
  if (row.storedId === null) say(desk, wordsOf(desk).foreign);
  else setForm(desk, ownForm(desk, row.account, row.storedId, action));
}

function ownForm(
  desk: Desk,
  {provider, label}: Account,
  storedId: string,
  action: 'replace' | 'rename' | 'remove',
): LoginForm | null {
  switch (action) {
    case 'replace': {
      const info = desk.program.catalogue.find(({id}) => id === provider);
      return info === undefined ? null : newAsk(info, {storedId, label});
    }
    case 'rename':
      // The name that is there is a name to be hidden, too.
      return {step: 'rename', storedId, line: lineOf(desk.display().privacy ? '' : label), complaint: null};
    case 'remove':
      return {step: 'remove', storedId, label};
  }
}

function hide(desk: Desk, row: CredentialRow): void {
  desk.program.credentials.setHidden(row.account.key, !row.hidden);
  loadLogins(desk);
}

/** A key while a form is open. */
export function credentialsKey(desk: Desk, key: string): void {
  const {form} = desk.logins.get();
  if (!form) return;
  if (form.step === 'rename' && key === 'return') void rename(desk, form);
  else if ((form.step === 'remove' || form.step === 'refused') && key !== 'escape') answer(desk, form, key);
  else advance(desk, form, form.step === 'provider' ? choiceFor(desk, key) : eventFor(key));
}

/** Nothing is typed into a list: it is gone through with the keys of every list. */
function choiceFor(desk: Desk, key: string): FormEvent {
  const action = actionFor(desk.keymap(), 'credentials', key);
  if (action === 'up' || action === 'down') return {type: 'move', by: action === 'up' ? -1 : 1};
  return eventFor(key);
}

function advance(desk: Desk, form: LoginForm, event: FormEvent): void {
  const next = reduceForm(form, event, addable(desk.program.catalogue));
  setForm(desk, next);
  if (next?.step === 'checking' && form.step !== 'checking') void check(desk, next);
}

export function credentialsPaste(desk: Desk, text: string): void {
  const {form} = desk.logins.get();
  if (form) advance(desk, form, {type: 'paste', text});
}

function eventFor(key: string): FormEvent {
  if (key === 'return') return {type: 'next'};
  if (key === 'escape') return {type: 'back'};
  if (key === 'up' || key === 'down') return {type: 'move', by: key === 'up' ? -1 : 1};
  return {type: 'key', key};
}

function answer(desk: Desk, form: Extract<LoginForm, {step: 'remove' | 'refused'}>, key: string): void {
  if (key === 'n') setForm(desk, null);
  else if (key !== 'y') return;
  else if (form.step === 'refused') void keep(desk, form);
  else void remove(desk, form);
}
