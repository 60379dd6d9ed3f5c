import type {ProviderInfo} from '../core/services.ts';
import {edited, inserted, lineOf, type TypedLine} from './line-edit.ts';
import {complaintOf, firstComplaint} from './login-checks.ts';
import {
  type Ask,
  type Complaint,
  choicesOf,
  fieldAt,
  isHidden,
  isLast,
  isTyped,
  lineIn,
  nameOf,
  newAsk,
} from './login-pages.ts';

/** The form of the credentials view, as data. The secret is in it, and is never drawn. */

export type LoginForm =
  /** Which provider; `choice` counts in those that take a stored credential. `kept`: what was typed for each before going back. */
  | {step: 'provider'; choice: number; kept: readonly Ask[]}
  | Ask
  | {step: 'checking'; ask: Ask}
  | {step: 'refused'; ask: Ask; why: string}
  /** `label`: the name that it has. */
  | {step: 'rename'; storedId: string; label: string; line: TypedLine; complaint: Complaint | null}
  | {step: 'remove'; storedId: string; label: string}
  /** Whether what was typed may be thrown away. */
  | {step: 'discard'; form: LoginForm};

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
      return typed(form, event.key);
    case 'paste':
      return pasted(form, event.text);
    case 'move':
      return moved(form, event.by, providers);
    case 'next':
      return nextStep(form, providers);
    case 'back':
      return stepBack(form, providers);
  }
}

const longest = 16_384;

const openField = (form: LoginForm) => (form.step === 'ask' ? fieldAt(form) : undefined);

function withLine(form: LoginForm, change: (line: TypedLine) => TypedLine): LoginForm {
  if (form.step === 'rename') return {...form, line: shortEnough(form.line, change(form.line)), complaint: null};
  const field = openField(form);
  if (form.step !== 'ask' || field === undefined) return form;
  const line = lineIn(form, field);
  return {...form, lines: {...form.lines, [nameOf(field)]: shortEnough(line, change(line))}, complaint: null};
}

const shortEnough = (before: TypedLine, after: TypedLine): TypedLine => (after.text.length > longest ? before : after);

/** Where there are choices, the arrows go through them. */
function typed(form: LoginForm, key: string): LoginForm {
  const field = openField(form);
  const choices = field === undefined ? [] : choicesOf(field);
  if (choices.length === 0 || (key !== 'left' && key !== 'right')) return withLine(form, line => edited(line, key));
  // Nothing is a choice, too: a field that must have one says so.
  const all = ['', ...choices];
  return withLine(form, ({text}) => {
    const at = Math.max(0, all.indexOf(text));
    return lineOf(all[(at + (key === 'right' ? 1 : -1) + all.length) % all.length] ?? '');
  });
}

/** Without the line break that often comes along. Of two lines nobody can see which one is the secret: none is taken. */
function pasted(form: LoginForm, text: string): LoginForm {
  const field = openField(form);
  const line = text.trim();
  if (form.step === 'ask' && field !== undefined && isHidden(field) && /[\r\n]/.test(line))
    return {...form, complaint: {why: 'one-line', field}};
  return withLine(form, before => inserted(before, line.replace(/[\u0000-\u001f\u007f]+/g, ' ')));
}

const around = (at: number, by: 1 | -1, count: number): number => (at + by + count) % count;

function moved(form: LoginForm, by: 1 | -1, providers: readonly ProviderInfo[]): LoginForm {
  if (form.step === 'provider') return {...form, choice: around(form.choice, by, providers.length)};
  return form.step === 'ask' ? {...form, at: around(form.at, by, form.fields.length), complaint: null} : form;
}

function nextStep(form: LoginForm, providers: readonly ProviderInfo[]): LoginForm {
  if (form.step === 'ask') return nextField(form);
  const info = form.step === 'provider' ? providers[form.choice] : undefined;
  if (form.step !== 'provider' || info === undefined) return form;
  const ask = form.kept.find(({provider}) => provider === info.id) ?? newAsk(info);
  return {...ask, kept: form.kept};
}

/** The last field is followed by the check, if nothing is wrong with any; else by the one with which something is. */
function nextField(ask: Ask): LoginForm {
  const field = fieldAt(ask);
  const complaint = (field && complaintOf(ask, field)) ?? (isLast(ask) ? firstComplaint(ask) : null);
  if (complaint !== null) return {...ask, at: ask.fields.indexOf(complaint.field), complaint};
  return isLast(ask) ? {step: 'checking', ask} : {...ask, at: ask.at + 1, complaint: null};
}

/** Nothing that was typed is lost on the way back, unless the user says so. */
function stepBack(form: LoginForm, providers: readonly ProviderInfo[]): LoginForm | null {
  switch (form.step) {
    case 'checking':
    case 'refused':
      return form.ask;
    case 'ask':
      return form.storedId === null ? toProviders(form, providers) : closed(form, isTyped(form));
    case 'provider':
      return closed(form, form.kept.some(isTyped));
    case 'rename':
      return closed(form, form.line.text.trim() !== form.label);
    case 'discard':
      return form.form;
    case 'remove':
      return null;
  }
}

const closed = (form: LoginForm, isLost: boolean): LoginForm | null => (isLost ? {step: 'discard', form} : null);

/** What was typed for one provider is not for another: each keeps its own. */
function toProviders(ask: Ask, providers: readonly ProviderInfo[]): LoginForm {
  const {kept, ...own} = {...ask, complaint: null};
  const choice = Math.max(
    0,
    providers.findIndex(({id}) => id === ask.provider),
  );
  return {step: 'provider', choice, kept: [...kept.filter(each => each.provider !== own.provider), {...own, kept: []}]};
}
