import type {LoginForm, StoredCredential} from './provider.ts';
import type {LoginDraft} from './services.ts';
import {RevealingError, revealing, revealingName} from './text/reveal.ts';

/** A login on its way into our own store: what of it is secret, and whether the rest may be shown. Pure. */

type Given = Pick<LoginDraft, 'secret' | 'fields' | 'label'>;

const hiddenNames = (form: LoginForm | undefined): string[] =>
  form?.fields.filter(field => field.secret).map(({name}) => name) ?? [];

/** Everything secret in it: some fields beside the secret are, too. */
export const secretsOf = (form: LoginForm | undefined, {secret, fields}: Given): string[] => [
  secret,
  ...hiddenNames(form).map(name => fields[name] ?? ''),
];

/** Throws a `RevealingError` when the name would show a secret of the login. */
export function requireName(form: LoginForm | undefined, login: Given, name: string): void {
  if (revealingName(name, secretsOf(form, login)) !== null) throw new RevealingError('its name would reveal a secret');
}

/** Throws a `RevealingError` when the name or a visible field would show a secret. */
export function requireShowable(form: LoginForm | undefined, draft: Given): void {
  requireName(form, draft, draft.label ?? '');
  const hidden = hiddenNames(form);
  const secrets = secretsOf(form, draft);
  for (const [name, text] of Object.entries(draft.fields))
    if (!hidden.includes(name) && revealing(text, secrets) !== null)
      throw new RevealingError(`its field ${name} would reveal a secret`);
}

/** The draft with what is stored beside the same secret already, where it says nothing of its own. */
export function completedWith(draft: LoginDraft, stored: readonly StoredCredential[]): LoginDraft {
  const same = stored.find(({secret}) => secret === draft.secret);
  if (same === undefined) return draft;
  const {label, fields} = same;
  const isKept = draft.label === undefined && label !== undefined && revealingName(label, [draft.secret]) === null;
  return {...draft, fields: {...fields, ...draft.fields}, ...(isKept ? {label} : {})};
}

/** With the one place that its secret may go to, where there is only one. */
export const bound = <T extends Pick<LoginDraft, 'fields'>>(form: LoginForm | undefined, draft: T): T =>
  form?.boundTo === undefined ? draft : {...draft, fields: {...draft.fields, boundTo: form.boundTo}};
