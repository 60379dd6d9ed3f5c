import type {CredentialRow} from '../core/program.ts';
import type {Account} from '../core/provider.ts';
import {labelOf} from '../view/credentials-view.ts';
import {type ActionName, actionFor} from '../view/keymap.ts';
import {type FormEvent, type LoginForm, reduceForm} from '../view/login-form.ts';
import {addable} from '../view/login-form-view.ts';
import {hideIn} from '../view/privacy.ts';
import type {Desk} from './desk.ts';

/** The credentials view's own keys, its form, and what is done when a form is complete. */

const verifyTimeoutMs = 30_000;

const wordsOf = (desk: Desk) => desk.look(desk.program.now()).strings.credentials;
const say = (desk: Desk, text: string): void => desk.dispatch({type: 'say', text});
const setForm = (desk: Desk, form: LoginForm | null): void => desk.logins.update(before => ({...before, form}));

/** True while keys belong to the form. */
export const isTypingLogin = (desk: Desk): boolean => desk.logins.get().form !== null;

/** Looks for the logins anew; the rows that are there stay until then. */
export function loadLogins(desk: Desk): void {
  desk.program.credentials.rows().then(
    rows => {
      desk.logins.update(before => ({...before, rows}));
      // Of a list that became shorter the last row is selected, not one that is gone.
      const {mode, selected} = desk.ui.get();
      if (mode === 'credentials' && selected >= rows.length) desk.dispatch({type: 'select', index: rows.length - 1});
    },
    (error: unknown) => failed(desk, error),
  );
}

function failed(desk: Desk, error: unknown): void {
  const text = desk.program.redact(error instanceof Error ? error.message : String(error));
  say(desk, desk.display().privacy ? hideIn(text) : text);
}

/** True when the action meant something here. */
export function credentialsAction(desk: Desk, action: ActionName): boolean {
  const rows = desk.logins.get().rows ?? [];
  const {selected} = desk.ui.get();
  const row = rows[selected];
  const select = (index: number): void =>
    desk.dispatch({type: 'select', index: Math.max(0, Math.min(rows.length - 1, index))});
  switch (action) {
    case 'up':
    case 'page-up':
      select(selected - (action === 'up' ? 1 : 10));
      return true;
    case 'down':
    case 'page-down':
      select(selected + (action === 'down' ? 1 : 10));
      return true;
    case 'top':
    case 'bottom':
      select(action === 'top' ? 0 : rows.length - 1);
      return true;
    case 'add':
      if (addable(desk.program.catalogue).length > 0) setForm(desk, {step: 'provider', choice: 0});
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

function ownForm(desk: Desk, account: Account, storedId: string, action: 'replace' | 'rename' | 'remove'): LoginForm {
  const {provider, label} = account;
  switch (action) {
    case 'replace':
      return {step: 'secret', provider, fields: {}, label, secret: '', storedId, complaint: false};
    case 'rename':
      // The name that is there is a name to be hidden, too.
      return {step: 'rename', storedId, text: desk.display().privacy ? '' : label};
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
  if (key === 'escape') setForm(desk, null);
  else if (form.step === 'remove' || form.step === 'refused') answer(desk, form, key);
  else if (form.step === 'rename' && key === 'return') void rename(desk, form);
  else advance(desk, form, form.step === 'provider' ? choiceFor(desk, key) : eventFor(key));
}

/** Nothing is typed into a list: it is gone through with the keys of every list. */
function choiceFor(desk: Desk, key: string): FormEvent | null {
  const action = actionFor(desk.keymap(), 'credentials', key);
  if (action === 'up' || action === 'down') return {type: 'move', by: action === 'up' ? -1 : 1};
  return eventFor(key);
}

function advance(desk: Desk, form: LoginForm, event: FormEvent | null): void {
  if (!event) return;
  const next = reduceForm(form, event, addable(desk.program.catalogue));
  setForm(desk, next);
  if (next.step === 'checking' && form.step !== 'checking') void check(desk, next);
}

/** Pasted text: one line, without the line break that often comes along. */
export function credentialsPaste(desk: Desk, text: string): void {
  const {form} = desk.logins.get();
  if (form)
    setForm(
      desk,
      reduceForm(
        form,
        {type: 'text', text: text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()},
        addable(desk.program.catalogue),
      ),
    );
}

function eventFor(key: string): FormEvent | null {
  if (key === 'return') return {type: 'next'};
  if (key === 'backspace' || key === 'delete') return {type: 'erase'};
  if (key === 'up' || key === 'down') return {type: 'move', by: key === 'up' ? -1 : 1};
  return [...key].length === 1 ? {type: 'text', text: key} : null;
}

function answer(desk: Desk, form: Extract<LoginForm, {step: 'remove' | 'refused'}>, key: string): void {
  if (key === 'n') setForm(desk, null);
  else if (key !== 'y') return;
  else if (form.step === 'refused') void keep(desk, form);
  else void remove(desk, form);
}

type Checked = Extract<LoginForm, {step: 'checking' | 'refused'}>;

/** One real request before anything is kept. */
async function check(desk: Desk, form: Extract<LoginForm, {step: 'checking'}>): Promise<void> {
  const {provider, secret, fields} = form;
  const why = await desk.program.credentials
    .verify({provider, secret, fields, ...(form.label === '' ? {} : {label: form.label})}, verifyTimeoutMs)
    .catch((error: unknown) => desk.program.redact(error instanceof Error ? error.message : String(error)));
  // Esc while it was asked: the answer is nobody's business any more.
  if (desk.logins.get().form !== form) return;
  if (why === null) await keep(desk, form);
  else setForm(desk, {...form, step: 'refused', why: desk.program.redact(why.replaceAll(secret, '****'))});
}

async function keep(desk: Desk, form: Checked): Promise<void> {
  const {credentials, monitor} = desk.program;
  const {provider, secret, fields, label, storedId} = form;
  setForm(desk, null);
  try {
    if (storedId === null) await credentials.add({provider, secret, fields, ...(label === '' ? {} : {label})});
    else await credentials.replace(storedId, secret);
    say(desk, wordsOf(desk).kept);
    await monitor.look();
  } catch (error) {
    failed(desk, error);
  }
  loadLogins(desk);
}

async function rename(desk: Desk, form: Extract<LoginForm, {step: 'rename'}>): Promise<void> {
  const label = form.text.trim();
  if (label === '') {
    say(desk, wordsOf(desk).nothingTyped);
    return;
  }
  setForm(desk, null);
  await outside(desk, async () => {
    await desk.program.credentials.rename(form.storedId, label);
    say(desk, wordsOf(desk).renamed(shownLabel(desk, label)));
  });
}

async function remove(desk: Desk, form: Extract<LoginForm, {step: 'remove'}>): Promise<void> {
  setForm(desk, null);
  await outside(desk, async () => {
    if (await desk.program.credentials.remove(form.storedId))
      say(desk, wordsOf(desk).removed(shownLabel(desk, form.label)));
  });
}

const shownLabel = (desk: Desk, label: string): string =>
  labelOf({account: {label}} as CredentialRow, desk.display().privacy);

/** Changes the store, then looks again; what goes wrong is said. */
async function outside(desk: Desk, change: () => Promise<void>): Promise<void> {
  try {
    await change();
    await desk.program.monitor.look();
  } catch (error) {
    failed(desk, error);
  }
  loadLogins(desk);
}
