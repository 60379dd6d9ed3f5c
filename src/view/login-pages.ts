import type {PresetName} from '../core/custom/control.ts';
import type {LoginDraft, ProviderInfo} from '../core/services.ts';
import type {Revealing} from '../core/text/reveal.ts';
import {lineOf, type TypedLine} from './line-edit.ts';

/** What is asked for before a login is stored, all on one page, and what was typed there. The secret is never drawn. */

/** With a `storedId` it is a new secret for a login that is there, called `label`. */
export type Ask = {
  step: 'ask';
  provider: string;
  /** Of the provider, as it is drawn. */
  title: string;
  storedId: string | null;
  label: string;
  fields: readonly Field[];
  /** In which of them the cursor stands. */
  at: number;
  lines: Readonly<Record<string, TypedLine>>;
  complaint: Complaint | null;
  /** The list that it was chosen from; null for one that is there. */
  from: Choosing | null;
  /** Set on the page that describes a provider. */
  own?: Own;
};

/** The list of what can be added, and what is typed to search it. `choice` counts in those that are found. */
export type Choosing = {
  step: 'provider';
  text: string;
  choice: number;
  /** Ids of the providers that had a login when it was opened: it does not change its order while it is gone through. */
  setUp: readonly string[];
  /** What was typed for each before going back. */
  kept: readonly Ask[];
};

/** What is described: a request, a program, or what a preset leaves open. */
export type Own = {kind: 'service'} | {kind: 'program'} | ({kind: 'preset'} & PresetChoice);

/** `address`: an example, where it is everybody's own. `variable`: where its key is looked for; null: it is stored. */
export type PresetChoice = {name: PresetName; title: string; address: string | null; variable: string | null};

export type OwnField = NonNullable<ProviderInfo['login']>['fields'][number];
export type Field = {kind: 'secret'; label: string} | {kind: 'field'; field: OwnField; hint?: string} | {kind: 'label'};
/** What is wrong with what was typed in a field. */
export type Complaint =
  | {why: 'nothing-typed' | 'one-line' | 'required' | 'not-allowed' | Revealing; field: Field}
  | Refused;
/** By the check of the settings, in its words. */
type Refused = {why: 'refused'; text: string; field: Field};

export const newAsk = (
  {id, name, login}: ProviderInfo,
  replaced: {storedId: string; label: string} | null = null,
): Ask => ({
  ...blankAsk(id, name, fieldsOf(login, replaced !== null)),
  ...replaced,
});

export const blankAsk = (provider: string, title: string, fields: readonly Field[]): Ask => ({
  step: 'ask',
  provider,
  title,
  storedId: null,
  label: '',
  fields,
  at: 0,
  lines: {},
  complaint: null,
  from: null,
});

/** The secret comes first: what is pasted at once must not land in a field that is shown. */
function fieldsOf(login: ProviderInfo['login'], isReplaced: boolean): Field[] {
  const secret = {kind: 'secret' as const, label: login?.secret ?? ''};
  const fields = (login?.fields ?? []).map(field => ({kind: 'field' as const, field}));
  return isReplaced ? [secret] : [secret, ...fields, {kind: 'label'}];
}

export const fieldAt = ({fields, at}: Ask): Field | undefined => fields[at];
export const isLast = ({fields, at}: Ask): boolean => at + 1 >= fields.length;

export const isHidden = (field: Field): boolean =>
  field.kind === 'secret' || (field.kind === 'field' && !!field.field.secret);
export const choicesOf = (field: Field): readonly string[] => (field.kind === 'field' && field.field.values) || [];

/** Under which its line is kept. */
export const nameOf = (field: Field): string => (field.kind === 'field' ? `field ${field.field.name}` : field.kind);
export const lineIn = ({lines}: Ask, field: Field): TypedLine => lines[nameOf(field)] ?? lineOf('');
export const textIn = (ask: Ask, field: Field): string => lineIn(ask, field).text.trim();
const textOf = (ask: Ask, kind: 'secret' | 'label'): string =>
  ask.fields.filter(field => field.kind === kind).map(field => textIn(ask, field))[0] ?? '';

export const isTyped = (ask: Ask): boolean => ask.fields.some(field => textIn(ask, field) !== '');

/** What the form would store. */
export function draftOf(ask: Ask): LoginDraft {
  const fields = ask.fields.flatMap(field =>
    field.kind === 'field' ? [[field.field.name, textIn(ask, field)] as const] : [],
  );
  const label = textOf(ask, 'label');
  return {
    provider: ask.provider,
    secret: textOf(ask, 'secret'),
    fields: Object.fromEntries(fields.filter(([, text]) => text !== '')),
    ...(label === '' ? {} : {label}),
  };
}
