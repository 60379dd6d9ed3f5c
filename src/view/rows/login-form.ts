import type {ProviderInfo} from '../../core/services.ts';
import {maskIdentity} from '../../core/text/redact.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, cut, lettersOf} from '../format/cells.ts';
import {hideIn} from '../format/privacy.ts';
import type {TypedLine} from '../line-edit.ts';
import type {LoginForm} from '../login-form.ts';
import {type Ask, type Complaint, draftOf, isHidden, isLast, lineAt, openPage, type Page} from '../login-pages.ts';
import type {Strings} from '../strings/index.ts';
import type {FooterEntry} from './footer-entries.ts';
import {blank, type Line, type Span, span, wrapped} from './line.ts';

/** The form that adds or changes a login. What is typed as a secret is drawn as dots. */

export const addable = (catalogue: readonly ProviderInfo[]): ProviderInfo[] =>
  catalogue.filter(info => info.login !== undefined);

type FormInput = {catalogue: readonly ProviderInfo[]; privacy: boolean};

export function formLines(form: LoginForm, input: FormInput, width: number, context: ViewContext): Line[] {
  const words = context.strings.credentials;
  const providers = addable(input.catalogue);
  switch (form.step) {
    case 'provider':
      return titled([titleSpan(words.chooseProvider)], choices(providers, form.choice, context));
    case 'ask':
      return titled(askTitle(form, context), pageLines(form, width, context));
    case 'checking':
      return titled([titleSpan(form.ask.title)], [[span(words.checking, 'accent')]]);
    case 'refused': {
      const names = [form.ask.label, draftOf(form.ask).label ?? ''];
      const why = input.privacy ? hideIn(form.why, names) : form.why;
      return titled([titleSpan(form.ask.title)], refusedLines(why, words, width));
    }
    case 'rename':
      return titled(
        [titleSpan(words.label)],
        [typed(form.line, width, context), ...complaintLines(form.complaint, width, context)],
      );
    case 'remove':
      return wrapped(words.removeAsk(input.privacy ? maskIdentity(form.label) : form.label), width, 'warn');
  }
}

/** The keys of a form, for the footer. */
export function formEntries(form: LoginForm, context: ViewContext): FooterEntry[] {
  const {keys} = context.strings;
  return [...goingOn(form, context), {key: 'escape', text: keys.back.short}, {key: 'ctrl+c', text: keys.quit.short}];
}

function goingOn(form: LoginForm, context: ViewContext): FooterEntry[] {
  const {keys} = context.strings;
  switch (form.step) {
    case 'provider':
      return [{key: 'return', text: keys.next.short}];
    case 'ask':
      return [{key: 'return', text: isLast(form) ? keepText(form, context) : keys.next.short}];
    case 'rename':
      return [{key: 'return', text: keys.rename.short}];
    case 'remove':
      return [{key: 'y', text: keys.remove.short}];
    case 'refused':
      return [{key: 'y', text: keepText(form.ask, context)}];
    case 'checking':
      return [];
  }
}

const keepText = ({storedId}: Ask, {strings: {keys}}: ViewContext): string =>
  storedId === null ? keys.add.short : keys.replace.short;

const titleSpan = (text: string): Span => ({text, tone: 'title', bold: true});
const titled = (title: Line, lines: readonly Line[]): Line[] => [title, blank, ...lines];

/** 'GitHub Copilot · 2 of 8', where there is more than one page. */
function askTitle({title, pages, at}: Ask, {strings}: ViewContext): Line {
  const {length} = pages;
  const step = length < 2 ? [] : [span(` · ${strings.credentials.step(at + 1, length)}`, 'dim')];
  return [titleSpan(title), ...step];
}

const choices = (providers: readonly ProviderInfo[], choice: number, context: ViewContext): Line[] =>
  providers.map((info, index) => [
    span(index === choice ? `${marksOf(context).focus} ` : '  ', 'accent'),
    span(info.name, index === choice ? 'accent' : 'text'),
  ]);

/** What was typed, with the cursor in view. */
function typed(line: TypedLine, width: number, context: ViewContext): Line {
  const marks = marksOf(context);
  const letters = lettersOf(line.text);
  const under = letters[line.cursor];
  const before = letters.slice(0, line.cursor);
  const cursor: Span = under === undefined ? span(marks.cursor, 'accent') : {text: under, inverse: true};
  const room = width - cellWidth(`${marks.focus} `) - cellWidth(cursor.text);
  while (before.length > 0 && cellWidth(before.join('')) > room - 1) before.shift();
  const shown = before.join('');
  const after = cut(letters.slice(line.cursor + 1).join(''), room - cellWidth(shown));
  return [span(`${marks.focus} `, 'accent'), span(shown), cursor, span(after)];
}

const mostDots = 32;

/** A secret as it is drawn: that something was typed, and no more of its length than helps. */
function dotted({text, cursor}: TypedLine, context: ViewContext): TypedLine {
  const count = Math.min(mostDots, lettersOf(text).length);
  return {text: (context.ascii ? '*' : '•').repeat(count), cursor: Math.min(count, cursor)};
}

function pageLines(ask: Ask, width: number, context: ViewContext): Line[] {
  const page = openPage(ask);
  if (page === undefined) return [];
  const line = lineAt(ask, page);
  return [
    ...wrapped(questionOf(page, context.strings), width, 'dim'),
    typed(isHidden(page) ? dotted(line, context) : line, width, context),
    ...complaintLines(ask.complaint, width, context),
  ];
}

function labelOf(page: Page, words: Strings['credentials']): string {
  if (page.kind === 'field') return page.field.label;
  return page.kind === 'secret' ? page.label : words.label;
}

function questionOf(page: Page, {credentials: words}: Strings): string {
  const label = labelOf(page, words);
  if (page.kind === 'secret') return words.enter(label);
  if (page.kind === 'label') return `${label} · ${words.optional}`;
  const {required, values} = page.field;
  return `${label}${required ? '' : ` · ${words.optional}`}${values ? ` (${values.join(', ')})` : ''}`;
}

const complaintLines = (complaint: Complaint | null, width: number, {strings}: ViewContext): Line[] =>
  complaint === null ? [] : [blank, ...wrapped(complaintText(complaint, strings.credentials), width, 'warn')];

function complaintText({why, page}: Complaint, words: Strings['credentials']): string {
  const label = labelOf(page, words);
  switch (why) {
    case 'nothing-typed':
      return words.nothingTyped;
    case 'one-line':
      return words.oneLine;
    case 'required':
      return words.required(label);
    case 'not-allowed':
      return words.notAllowed(label, page.kind === 'field' ? (page.field.values ?? []).join(', ') : '');
    case 'is-secret':
      return words.isSecret(label);
    case 'looks-secret':
      return words.looksSecret(label);
  }
}

const refusedLines = (why: string, words: Strings['credentials'], width: number): Line[] => [
  ...wrapped(words.notKept(why), width, 'critical'),
  blank,
  [span(`${words.keepAnyway} (y/n)`)],
];
