import type {ProviderInfo} from '../core/services.ts';
import {edited, inserted, lineOf, type TypedLine} from './line-edit.ts';
import {complaintOf} from './login-checks.ts';
import {
  type Ask,
  type Complaint,
  isHidden,
  isLast,
  lineAt,
  nameOf,
  newAsk,
  openPage,
  type Page,
} from './login-pages.ts';

/** The form of the credentials view, as data. The secret is in it, and is never drawn. */

export type LoginForm =
  /** Which provider; `choice` counts in those that take a stored credential. `kept`: what was typed before going back. */
  | {step: 'provider'; choice: number; kept: Ask | null}
  | Ask
  | {step: 'checking'; ask: Ask}
  | {step: 'refused'; ask: Ask; why: string}
  | {step: 'rename'; storedId: string; line: TypedLine; complaint: Complaint | null}
  | {step: 'remove'; storedId: string; label: string};

export type FormEvent =
  | {type: 'key'; key: string}
  | {type: 'paste'; text: string}
  | {type: 'next'}
  | {type: 'back'}
  | {type: 'move'; by: 1 | -1};

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

const longest = 16_384;

const pageOf = (form: LoginForm): Page | undefined => (form.step === 'ask' ? openPage(form) : undefined);

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

/** Nothing that was typed is lost on the way back. */
function stepBack(form: LoginForm, providers: readonly ProviderInfo[]): LoginForm | null {
  if (form.step === 'checking' || form.step === 'refused') return form.ask;
  if (form.step !== 'ask') return null;
  if (form.at > 0) return {...form, at: form.at - 1, complaint: null};
  if (form.storedId !== null) return null;
  const choice = providers.findIndex(({id}) => id === form.provider);
  return {step: 'provider', choice: Math.max(0, choice), kept: {...form, complaint: null}};
}
