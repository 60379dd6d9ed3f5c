import type {LoginDraft, ProviderInfo} from '../core/services.ts';
import type {Revealing} from '../core/text/reveal.ts';
import {lineOf, type TypedLine} from './line-edit.ts';

/** What is asked for before a login is stored, a page each, and what was typed there. The secret is never drawn. */

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

export const openPage = ({pages, at}: Ask): Page | undefined => pages[at];
export const isLast = ({pages, at}: Ask): boolean => at + 1 >= pages.length;

export const isHidden = (page: Page): boolean =>
  page.kind === 'secret' || (page.kind === 'field' && !!page.field.secret);

/** Under which its line is kept. */
export const nameOf = (page: Page): string => (page.kind === 'field' ? `field ${page.field.name}` : page.kind);
export const lineAt = ({lines}: Ask, page: Page): TypedLine => lines[nameOf(page)] ?? lineOf('');
export const textAt = (ask: Ask, page: Page): string => lineAt(ask, page).text.trim();
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
