import type {LoginDraft, ProviderInfo} from '../core/program.ts';
import {type Revealing, revealing, revealingName} from '../core/reveal.ts';
import {edited, inserted, lineOf, type TypedLine} from './line-edit.ts';

/** The form of the credentials view, as data. The secret is in it, and is never drawn. */

export type LoginForm =
  /** Which provider; `choice` counts in those that take a stored credential. `kept`: what was typed before going back. */
  | {step: 'provider'; choice: number; kept: Ask | null}
  | Ask
  | {step: 'checking'; ask: Ask}
  | {step: 'refused'; ask: Ask; why: string}
  | {step: 'rename'; storedId: string; line: TypedLine; complaint: Complaint | null}
  | {step: 'remove'; storedId: string; label: string};

/** One page after the other. With a `storedId` it is a new secret for a login that is there, called `label`. */
export type Ask = {
  step: 'ask';
  provider: string;
  /** Of the provider, as it is drawn. */
  title: string;
  storedId: string | null;
  label: string;
  pages: readonly Page[];
  /** Which of them is open. */
  at: number;
  lines: Readonly<Record<string, TypedLine>>;
  complaint: Complaint | null;
};

type Field = NonNullable<ProviderInfo['login']>['fields'][number];
export type Page = {kind: 'secret'; label: string} | {kind: 'field'; field: Field} | {kind: 'label'};
/** What is wrong with what was typed on a page. */
export type Complaint = {why: 'nothing-typed' | 'one-line' | 'required' | 'not-allowed' | Revealing; page: Page};

export type FormEvent =
  | {type: 'key'; key: string}
  | {type: 'paste'; text: string}
  | {type: 'next'}
  | {type: 'back'}
  | {type: 'move'; by: 1 | -1};

export const newAsk = (
  {id, name, login}: ProviderInfo,
  replaced: {storedId: string; label: string} | null = null,
): Ask => ({
  step: 'ask',
  provider: id,
  title: name,
  storedId: replaced?.storedId ?? null,
  label: replaced?.label ?? '',
  pages: pagesOf(login, replaced !== null),
  at: 0,
  lines: {},
  complaint: null,
});

/** The secret comes first: what is pasted at once must not land in a field that is shown. */
function pagesOf(login: ProviderInfo['login'], isReplaced: boolean): Page[] {
  const secret = {kind: 'secret' as const, label: login?.secret ?? ''};
  const fields = (login?.fields ?? []).map(field => ({kind: 'field' as const, field}));
  return isReplaced ? [secret] : [secret, ...fields, {kind: 'label'}];
}

export const pageOf = (form: LoginForm): Page | undefined => (form.step === 'ask' ? form.pages[form.at] : undefined);

export const isHidden = (page: Page): boolean =>
  page.kind === 'secret' || (page.kind === 'field' && !!page.field.secret);

const nameOf = (page: Page): string => (page.kind === 'field' ? `field ${page.field.name}` : page.kind);
export const lineAt = ({lines}: Ask, page: Page): TypedLine => lines[nameOf(page)] ?? lineOf('');
const textAt = (ask: Ask, page: Page): string => lineAt(ask, page).text.trim();
const textOf = (ask: Ask, kind: 'secret' | 'label'): string =>
  ask.pages.filter(page => page.kind === kind).map(page => textAt(ask, page))[0] ?? '';

/** What the form would store. */
export function draftOf(ask: Ask): LoginDraft {
  const fields = ask.pages.flatMap(page =>
    page.kind === 'field' ? [[page.field.name, textAt(ask, page)] as const] : [],
  );
  const label = textOf(ask, 'label');
  return {
    provider: ask.provider,
    secret: textOf(ask, 'secret'),
    fields: Object.fromEntries(fields.filter(([, text]) => text !== '')),
    ...(label === '' ? {} : {label}),
  };
}

/** The form after an event; null when it is closed. What has to be done outside is decided by the step it arrives at. */
export function reduceForm(form: LoginForm, event: FormEvent, providers: readonly ProviderInfo[]): LoginForm | null {
  switch (event.type) {
    case 'key':
      return withLine(form, line => edited(line, event.key));
    case 'paste':
      return pasted(form, event.text);
    case 'move':
      return movedChoice(form, event.by, providers);
    case 'next':
      return nextStep(form, providers);
    case 'back':
      return stepBack(form, providers);
  }
}

const longest = 4096;

function withLine(form: LoginForm, change: (line: TypedLine) => TypedLine): LoginForm {
  if (form.step === 'rename') return {...form, line: shortEnough(form.line, change(form.line)), complaint: null};
  const page = pageOf(form);
  if (form.step !== 'ask' || page === undefined) return form;
  const line = lineAt(form, page);
  return {...form, lines: {...form.lines, [nameOf(page)]: shortEnough(line, change(line))}, complaint: null};
}

const shortEnough = (before: TypedLine, after: TypedLine): TypedLine => (after.text.length > longest ? before : after);

/** Without the line break that often comes along. Of two lines nobody can see which one is the secret: none is taken. */
function pasted(form: LoginForm, text: string): LoginForm {
  const page = pageOf(form);
  const line = text.trim();
  if (form.step === 'ask' && page !== undefined && isHidden(page) && /[\r\n]/.test(line))
    return {...form, complaint: {why: 'one-line', page}};
  return withLine(form, before => inserted(before, line.replace(/[\u0000-\u001f\u007f]+/g, ' ')));
}

function movedChoice(form: LoginForm, by: 1 | -1, providers: readonly ProviderInfo[]): LoginForm {
  if (form.step === 'provider') return {...form, choice: (form.choice + by + providers.length) % providers.length};
  const page = pageOf(form);
  const values = page?.kind === 'field' ? (page.field.values ?? []) : [];
  if (values.length === 0) return form;
  return withLine(form, ({text}) => {
    const at = values.indexOf(text);
    const next = at < 0 && by < 0 ? values.length - 1 : (at + by + values.length) % values.length;
    return lineOf(values[next] ?? '');
  });
}

function nextStep(form: LoginForm, providers: readonly ProviderInfo[]): LoginForm {
  if (form.step === 'ask') return nextPage(form);
  const info = form.step === 'provider' ? providers[form.choice] : undefined;
  if (form.step !== 'provider' || info === undefined) return form;
  // What was typed for one provider is not for another.
  return form.kept?.provider === info.id ? form.kept : newAsk(info);
}

function nextPage(ask: Ask): LoginForm {
  const complaint = complaintOf(ask);
  if (complaint !== null) return {...ask, complaint};
  return isLast(ask) ? {step: 'checking', ask} : {...ask, at: ask.at + 1};
}

export const isLast = ({pages, at}: Ask): boolean => at + 1 >= pages.length;

/** Nothing that was typed is lost on the way back. */
function stepBack(form: LoginForm, providers: readonly ProviderInfo[]): LoginForm | null {
  if (form.step === 'checking' || form.step === 'refused') return form.ask;
  if (form.step !== 'ask') return null;
  if (form.at > 0) return {...form, at: form.at - 1, complaint: null};
  if (form.storedId !== null) return null;
  const choice = providers.findIndex(({id}) => id === form.provider);
  return {step: 'provider', choice: Math.max(0, choice), kept: {...form, complaint: null}};
}

function complaintOf(ask: Ask): Complaint | null {
  const page = pageOf(ask);
  if (page === undefined) return null;
  const why = missing(page, textAt(ask, page));
  return why === null ? shownSecret(ask, page) : {why, page};
}

function missing(page: Page, text: string): 'nothing-typed' | 'required' | 'not-allowed' | null {
  if (page.kind === 'secret') return text === '' ? 'nothing-typed' : null;
  if (page.kind === 'label') return null;
  const {required, values} = page.field;
  if (text === '') return required ? 'required' : null;
  return values === undefined || values.includes(text) ? null : 'not-allowed';
}

/** A visible page must not show a secret of the form; a secret must not be what an earlier page shows. */
function shownSecret(ask: Ask, page: Page): Complaint | null {
  const visible = isHidden(page) ? ask.pages.slice(0, ask.at).filter(each => !isHidden(each)) : [page];
  const hidden = isHidden(page) ? [page] : ask.pages.filter(isHidden);
  const secrets = hidden.map(each => textAt(ask, each));
  for (const each of visible) {
    const why = revealingAt(each, textAt(ask, each), secrets);
    if (why !== null) return {why, page: each};
  }
  return null;
}

const revealingAt = (page: Page, text: string, secrets: readonly string[]): Revealing | null =>
  page.kind === 'label' ? revealingName(text, secrets) : revealing(text, secrets);

/** What is wrong with a new name for a login that has these secrets; null when it will do. */
export function renameComplaint(text: string, secrets: readonly string[]): Complaint | null {
  if (text === '') return {why: 'nothing-typed', page: {kind: 'label'}};
  const why = revealingName(text, secrets);
  return why === null ? null : {why, page: {kind: 'label'}};
}
