import {type Revealing, revealing, revealingName} from '../core/text/reveal.ts';
import {type Ask, type Complaint, choicesOf, type Field, isHidden, textIn} from './login-pages.ts';

/** Whether what stands in the fields of the form will do. */

/** What is wrong with one of its fields, with the cursor in it or not; null when the form may go on. */
export function complaintOf(ask: Ask, field: Field): Complaint | null {
  const text = textIn(ask, field);
  const why = missing(field, text) ?? (isHidden(field) ? null : shownSecret(ask, field, text));
  return why === null ? null : {why, field};
}

/** The first thing that is wrong with any. */
export function firstComplaint(ask: Ask): Complaint | null {
  for (const field of ask.fields) {
    const complaint = complaintOf(ask, field);
    if (complaint !== null) return complaint;
  }
  return null;
}

function missing(field: Field, text: string): 'nothing-typed' | 'required' | 'not-allowed' | null {
  if (field.kind === 'secret') return text === '' ? 'nothing-typed' : null;
  if (field.kind === 'label') return null;
  if (text === '') return field.field.required ? 'required' : null;
  const choices = choicesOf(field);
  return choices.length === 0 || choices.includes(text) ? null : 'not-allowed';
}

/** A field that is drawn must not show a secret of the form. */
function shownSecret(ask: Ask, field: Field, text: string): Revealing | null {
  const secrets = ask.fields.filter(isHidden).map(each => textIn(ask, each));
  return field.kind === 'label' ? revealingName(text, secrets) : revealing(text, secrets);
}

/** What is wrong with a new name for a login that has these secrets; null when it will do. */
export function renameComplaint(text: string, secrets: readonly string[]): Complaint | null {
  if (text === '') return {why: 'nothing-typed', field: {kind: 'label'}};
  const why = revealingName(text, secrets);
  return why === null ? null : {why, field: {kind: 'label'}};
}
