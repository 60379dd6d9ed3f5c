import type {CredentialRow} from '../core/services.ts';
import {hideIn} from '../view/format/privacy.ts';
import {renameComplaint} from '../view/login-checks.ts';
import type {LoginForm} from '../view/login-form.ts';
import {type Ask, draftOf} from '../view/login-pages.ts';
import {labelOf} from '../view/rows/logins.ts';
import {type Controller, notify} from './controller.ts';

/** What is done to the stored logins when a form is complete, and what is said of it. */

const verifyTimeoutMs = 30_000;

export const wordsOf = (controller: Controller) => controller.context().strings.credentials;
export const setForm = (controller: Controller, form: LoginForm | null): void =>
  controller.logins.update(before => ({...before, form}));

/** Looks for the logins anew; the rows that are there stay until then. The login that was just stored becomes selected. */
export function loadLogins(controller: Controller, storedId?: string): void {
  controller.services.credentials.rows().then(
    rows => {
      controller.logins.update(before => ({...before, rows}));
      const {mode, selected} = controller.ui.get();
      const stored = storedId === undefined ? -1 : rows.findIndex(row => row.storedId === storedId);
      // Of a list that became shorter the last row is selected, not one that is gone.
      const index = stored < 0 ? Math.min(selected, rows.length - 1) : stored;
      if (mode === 'credentials' && index !== selected) controller.dispatch({type: 'select', index});
    },
    (error: unknown) => failed(controller, error),
  );
}

export function failed(controller: Controller, error: unknown): void {
  const text = controller.services.redact(error instanceof Error ? error.message : String(error));
  notify(controller, controller.display().privacy ? hideIn(text) : text);
}

type Step<Name extends LoginForm['step']> = Extract<LoginForm, {step: Name}>;

/** What can be described beside what is built in; it does not change while the program runs. */
export async function loadPresets(controller: Controller): Promise<void> {
  const {services, logins} = controller;
  if (services.custom === undefined || logins.get().presets !== null) return;
  const control = await services.custom();
  const presets = control.presets().map(({name, title, address}) => {
    const variable = control.preset(name, null).definition?.http?.auth?.env ?? null;
    return {name, title, address, variable};
  });
  logins.update(before => ({...before, presets}));
}

/** One real request before anything is kept. */
export async function check(controller: Controller, form: Step<'checking'>): Promise<void> {
  const draft = draftOf(form.ask);
  const why = await controller.services.credentials
    .verify(draft, verifyTimeoutMs)
    .catch((error: unknown) => controller.services.redact(error instanceof Error ? error.message : String(error)));
  // Esc while it was asked: the answer is nobody's business any more.
  if (controller.logins.get().form !== form) return;
  if (why === null) await keep(controller, form);
  else
    setForm(controller, {
      ...form,
      step: 'refused',
      why: controller.services.redact(why.replaceAll(draft.secret, '****')),
    });
}

export async function keep(controller: Controller, {ask}: Step<'checking' | 'refused'>): Promise<void> {
  setForm(controller, null);
  let storedId: string | undefined;
  try {
    storedId = await store(controller, ask);
    notify(controller, wordsOf(controller).kept);
    await controller.services.monitor.rediscover();
  } catch (error) {
    failed(controller, error);
  }
  loadLogins(controller, storedId);
}

async function store({services}: Controller, ask: Ask): Promise<string> {
  const draft = draftOf(ask);
  if (ask.storedId === null) return services.credentials.add(draft);
  await services.credentials.replace(ask.storedId, draft.secret);
  return ask.storedId;
}

export async function rename(controller: Controller, form: Step<'rename'>): Promise<void> {
  const label = form.line.text.trim();
  const row = controller.logins.get().rows?.find(({storedId}) => storedId === form.storedId);
  const complaint = renameComplaint(label, row?.account.secrets ?? []);
  if (complaint !== null) {
    setForm(controller, {...form, complaint});
    return;
  }
  setForm(controller, null);
  await outside(controller, async () => {
    await controller.services.credentials.rename(form.storedId, label);
    notify(controller, wordsOf(controller).renamed(shownLabel(controller, label)));
  });
}

export async function remove(controller: Controller, form: Step<'remove'>): Promise<void> {
  setForm(controller, null);
  await outside(controller, async () => {
    if (await controller.services.credentials.remove(form.storedId))
      notify(controller, wordsOf(controller).removed(shownLabel(controller, form.label)));
  });
}

const shownLabel = (controller: Controller, label: string): string =>
  labelOf({account: {label}} as CredentialRow, controller.display().privacy);

/** Changes the store, then looks again; what goes wrong is said. */
async function outside(controller: Controller, change: () => Promise<void>): Promise<void> {
  try {
    await change();
    await controller.services.monitor.rediscover();
  } catch (error) {
    failed(controller, error);
  }
  loadLogins(controller);
}
