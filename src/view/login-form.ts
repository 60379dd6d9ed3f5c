import type {Trial} from '../core/custom/trial.ts';
import {revealingName} from '../core/text/reveal.ts';
import type {AddEntry} from './add-entries.ts';
import {cellWidth} from './format/cells.ts';
import {edited, inserted, lineOf, type TypedLine} from './line-edit.ts';
import {complaintOf, firstComplaint} from './login-checks.ts';
import {
  type Ask,
  type Choosing,
  type Complaint,
  choicesOf,
  fieldAt,
  isHidden,
  isLast,
  isTyped,
  lineIn,
  nameOf,
} from './login-pages.ts';
import type {Plan} from './own-pages.ts';

/** The form of the credentials view, as data. The secret is in it, and is never drawn. */

export type LoginForm =
  | Choosing
  | Ask
  | {step: 'checking'; ask: Ask}
  | {step: 'refused'; ask: Ask; why: string}
  /** May it be tried? */
  | {step: 'agree'; ask: Ask; plan: Plan}
  | {step: 'trying'; ask: Ask; plan: Plan}
  /** What came of it: may it be kept? */
  | {step: 'tried'; ask: Ask; plan: Plan; trial: Trial}
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
  | {type: 'move'; by: number};

/** The form after an event, with what its list finds; null when it is closed. What has to be done outside is decided by the step it arrives at. */
export function reduceForm(form: LoginForm, event: FormEvent, found: readonly AddEntry[]): LoginForm | null {
  switch (event.type) {
    case 'key':
      return typed(form, event.key);
    case 'paste':
      return pasted(form, event.text);
    case 'move':
      return moved(form, event.by, found);
    case 'next':
      return nextStep(form, found);
    case 'back':
      return stepBack(form);
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

const longestSearch = 64;

function searched(form: Choosing, text: string): Choosing {
  return text === form.text || cellWidth(text) > longestSearch ? form : {...form, text, choice: 0};
}

/** Where there are choices, the arrows go through them. */
function typed(form: LoginForm, key: string): LoginForm {
  // The cursor of a search stays at its end.
  if (form.step === 'provider')
    return searched(form, edited(lineOf(form.text), key === 'delete' ? 'backspace' : key).text);
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
  // What is searched for is drawn: a secret that is pasted too early must not be.
  if (form.step === 'provider')
    return revealingName(line, []) === null
      ? searched(form, form.text + line.replace(/[\u0000-\u001f\u007f]+/g, ' '))
      : form;
  if (form.step === 'ask' && field !== undefined && isHidden(field) && /[\r\n]/.test(line))
    return {...form, complaint: {why: 'one-line', field}};
  return withLine(form, before => inserted(before, line.replace(/[\u0000-\u001f\u007f]+/g, ' ')));
}

const around = (at: number, by: number, count: number): number => (at + by + count) % count;

/** A step leads round the end; a page stops there. */
const choiceAfter = (choice: number, by: number, count: number): number =>
  Math.abs(by) === 1 && count > 0 ? around(choice, by, count) : Math.max(0, Math.min(count - 1, choice + by));

function moved(form: LoginForm, by: number, found: readonly AddEntry[]): LoginForm {
  if (form.step === 'provider') return {...form, choice: choiceAfter(form.choice, by, found.length)};
  return form.step === 'ask' ? {...form, at: around(form.at, by, form.fields.length), complaint: null} : form;
}

function nextStep(form: LoginForm, found: readonly AddEntry[]): LoginForm {
  if (form.step === 'ask') return nextField(form);
  const ask = form.step === 'provider' ? found[form.choice]?.ask() : undefined;
  if (form.step !== 'provider' || ask === undefined) return form;
  return {...(form.kept.find(({provider}) => provider === ask.provider) ?? ask), from: form};
}

/** The last field is followed by the check, if nothing is wrong with any; else by the one with which something is. */
function nextField(ask: Ask): LoginForm {
  const field = fieldAt(ask);
  const complaint = (field && complaintOf(ask, field)) ?? (isLast(ask) ? firstComplaint(ask) : null);
  if (complaint !== null) return {...ask, at: ask.fields.indexOf(complaint.field), complaint};
  return isLast(ask) ? {step: 'checking', ask} : {...ask, at: ask.at + 1, complaint: null};
}

/** Nothing that was typed is lost on the way back, unless the user says so. */
function stepBack(form: LoginForm): LoginForm | null {
  switch (form.step) {
    case 'checking':
    case 'refused':
    case 'agree':
    case 'trying':
    case 'tried':
      return form.ask;
    case 'ask':
      return form.from === null ? closed(form, isTyped(form)) : toList(form, form.from);
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
function toList(ask: Ask, from: Choosing): Choosing {
  const others = from.kept.filter(({provider}) => provider !== ask.provider);
  return {...from, kept: [...others, {...ask, complaint: null, from: null}]};
}
