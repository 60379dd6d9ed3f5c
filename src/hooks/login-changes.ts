import type {CredentialRow} from '../core/program.ts';
import {labelOf} from '../view/credentials-view.ts';
import {renameComplaint} from '../view/login-checks.ts';
import type {LoginForm} from '../view/login-form.ts';
import {type Ask, draftOf} from '../view/login-pages.ts';
import {hideIn} from '../view/privacy.ts';
import type {Desk} from './desk.ts';

/** What is done to the stored logins when a form is complete, and what is said of it. */

const verifyTimeoutMs = 30_000;

export const wordsOf = (desk: Desk) => desk.look(desk.program.now()).strings.credentials;
export const say = (desk: Desk, text: string): void => desk.dispatch({type: 'say', text});
export const setForm = (desk: Desk, form: LoginForm | null): void => desk.logins.update(before => ({...before, form}));

/** Looks for the logins anew; the rows that are there stay until then. The login that was just stored becomes selected. */
export function loadLogins(desk: Desk, storedId?: string): void {
  desk.program.credentials.rows().then(
    rows => {
      desk.logins.update(before => ({...before, rows}));
      const {mode, selected} = desk.ui.get();
      const stored = storedId === undefined ? -1 : rows.findIndex(row => row.storedId === storedId);
      // Of a list that became shorter the last row is selected, not one that is gone.
      const index = stored < 0 ? Math.min(selected, rows.length - 1) : stored;
      if (mode === 'credentials' && index !== selected) desk.dispatch({type: 'select', index});
    },
    (error: unknown) => failed(desk, error),
  );
}

function failed(desk: Desk, error: unknown): void {
  const text = desk.program.redact(error instanceof Error ? error.message : String(error));
  say(desk, desk.display().privacy ? hideIn(text) : text);
}

type Step<Name extends LoginForm['step']> = Extract<LoginForm, {step: Name}>;

/** One real request before anything is kept. */
export async function check(desk: Desk, form: Step<'checking'>): Promise<void> {
  const draft = draftOf(form.ask);
  const why = await desk.program.credentials
    .verify(draft, verifyTimeoutMs)
    .catch((error: unknown) => desk.program.redact(error instanceof Error ? error.message : String(error)));
  // Esc while it was asked: the answer is nobody's business any more.
  if (desk.logins.get().form !== form) return;
  if (why === null) await keep(desk, form);
  else setForm(desk, {...form, step: 'refused', why: desk.program.redact(why.replaceAll(draft.secret, '****'))});
}

export async function keep(desk: Desk, {ask}: Step<'checking' | 'refused'>): Promise<void> {
  setForm(desk, null);
  let storedId: string | undefined;
  try {
    storedId = await store(desk, ask);
    say(desk, wordsOf(desk).kept);
    await desk.program.monitor.look();
  } catch (error) {
    failed(desk, error);
  }
  loadLogins(desk, storedId);
}

async function store({program}: Desk, ask: Ask): Promise<string> {
  const draft = draftOf(ask);
  if (ask.storedId === null) return program.credentials.add(draft);
  await program.credentials.replace(ask.storedId, draft.secret);
  return ask.storedId;
}

export async function rename(desk: Desk, form: Step<'rename'>): Promise<void> {
  const label = form.line.text.trim();
  const row = desk.logins.get().rows?.find(({storedId}) => storedId === form.storedId);
  const complaint = renameComplaint(label, row?.account.secrets ?? []);
  if (complaint !== null) {
    setForm(desk, {...form, complaint});
    return;
  }
  setForm(desk, null);
  await outside(desk, async () => {
    await desk.program.credentials.rename(form.storedId, label);
    say(desk, wordsOf(desk).renamed(shownLabel(desk, label)));
  });
}

export async function remove(desk: Desk, form: Step<'remove'>): Promise<void> {
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
