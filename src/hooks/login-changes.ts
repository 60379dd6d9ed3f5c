import type {CredentialRow} from '../core/program.ts';
import {labelOf} from '../view/credentials-view.ts';
import type {LoginForm} from '../view/login-form.ts';
import {hideIn} from '../view/privacy.ts';
import type {Desk} from './desk.ts';

/** What is done to the stored logins when a form is complete, and what is said of it. */

const verifyTimeoutMs = 30_000;

export const wordsOf = (desk: Desk) => desk.look(desk.program.now()).strings.credentials;
export const say = (desk: Desk, text: string): void => desk.dispatch({type: 'say', text});
export const setForm = (desk: Desk, form: LoginForm | null): void => desk.logins.update(before => ({...before, form}));

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

type Checked = Extract<LoginForm, {step: 'checking' | 'refused'}>;

/** One real request before anything is kept. */
export async function check(desk: Desk, form: Extract<LoginForm, {step: 'checking'}>): Promise<void> {
  const {provider, secret, fields} = form;
  const why = await desk.program.credentials
    .verify({provider, secret, fields, ...(form.label === '' ? {} : {label: form.label})}, verifyTimeoutMs)
    .catch((error: unknown) => desk.program.redact(error instanceof Error ? error.message : String(error)));
  // Esc while it was asked: the answer is nobody's business any more.
  if (desk.logins.get().form !== form) return;
  if (why === null) await keep(desk, form);
  else setForm(desk, {...form, step: 'refused', why: desk.program.redact(why.replaceAll(secret, '****'))});
}

export async function keep(desk: Desk, form: Checked): Promise<void> {
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

export async function rename(desk: Desk, form: Extract<LoginForm, {step: 'rename'}>): Promise<void> {
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

export async function remove(desk: Desk, form: Extract<LoginForm, {step: 'remove'}>): Promise<void> {
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
