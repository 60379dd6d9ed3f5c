import type {ViewContext} from '../context.ts';
import {lettersOf} from '../format/cells.ts';
import type {TypedLine} from '../line-edit.ts';
import {type Ask, type Complaint, choicesOf, type Field, fieldAt, isHidden, isLast, lineIn} from '../login-pages.ts';
import type {Strings} from '../strings/index.ts';
import type {FooterEntry} from './footer-entries.ts';
import {blank, fitLine, type Line, type Span, span, wrapped} from './line.ts';
import {typedLine} from './typed-line.ts';

/** The page on which a login is entered. What is typed as a secret is drawn as dots. */

/** `shown`: the rows that must be in view, from the first to the last. */
export type FormView = {lines: Line[]; shown: readonly [from: number, to: number]};

export const titleSpan = (text: string): Span => ({text, tone: 'title', bold: true});
const titleRows = 2;
export const titled = (title: Line, lines: readonly Line[]): Line[] => [title, blank, ...lines];

/** 'GitHub Copilot · 2 of 8', where there is more than one field. */
function askTitle({title, fields, at}: Ask, {strings}: ViewContext): Line {
  const {length} = fields;
  const step = length < 2 ? [] : [span(` · ${strings.credentials.step(at + 1, length)}`, 'dim')];
  return [titleSpan(title), ...step];
}

const mostDots = 32;

/** A secret as it is drawn: that something was typed, and no more of its length than helps. */
function dotted({text, cursor}: TypedLine, context: ViewContext): TypedLine {
  const count = Math.min(mostDots, lettersOf(text).length);
  return {text: (context.ascii ? '*' : '•').repeat(count), cursor: Math.min(count, cursor)};
}

/** Every field in a row, and the one with the cursor in as many as it needs. */
export function askView(ask: Ask, width: number, context: ViewContext): FormView {
  const open = fieldAt(ask);
  const before = ask.fields.slice(0, ask.at).map(field => fieldLine(ask, field, width, context));
  const after = ask.fields.slice(ask.at + 1).map(field => fieldLine(ask, field, width, context));
  const own = open === undefined ? [] : openLines(ask, open, width, context);
  const from = titleRows + before.length;
  return {
    lines: titled(askTitle(ask, context), [...before, ...own, ...after]),
    shown: [from, from + own.length - 1],
  };
}

function openLines(ask: Ask, field: Field, width: number, context: ViewContext): Line[] {
  const line = lineIn(ask, field);
  return [
    ...wrapped(questionOf(field, context.strings), width - indent.length, 'dim').map(row => [span(indent), ...row]),
    typedLine(isHidden(field) ? dotted(line, context) : line, width, context),
    ...complaintLines(ask.complaint, width, context),
  ];
}

/** Without the cursor: what is in it, or what it is for. */
function fieldLine(ask: Ask, field: Field, width: number, context: ViewContext): Line {
  const line = lineIn(ask, field);
  const {text} = isHidden(field) ? dotted(line, context) : line;
  if (text === '') return fitLine([span(indent), span(questionOf(field, context.strings), 'dim')], width);
  const label = `${labelOf(field, context.strings.credentials)}: `;
  return fitLine([span(indent), span(label, 'dim'), span(text)], width);
}

const indent = '  ';

function labelOf(field: Field, words: Strings['credentials']): string {
  if (field.kind === 'field') return field.field.label;
  return field.kind === 'secret' ? field.label : words.label;
}

function questionOf(field: Field, {credentials: words}: Strings): string {
  const label = labelOf(field, words);
  if (field.kind === 'secret') return words.enter(label);
  if (field.kind === 'label') return `${label} · ${words.optional}`;
  const choices = choicesOf(field).join(', ');
  return `${label}${field.hint ? `: ${field.hint}` : ''}${field.field.required ? '' : ` · ${words.optional}`}${choices && ` (${choices})`}`;
}

export const complaintLines = (complaint: Complaint | null, width: number, {strings}: ViewContext): Line[] =>
  complaint === null ? [] : wrapped(complaintText(complaint, strings.credentials), width, 'warn');

function complaintText(complaint: Complaint, words: Strings['credentials']): string {
  const {why, field} = complaint;
  const label = labelOf(field, words);
  switch (why) {
    case 'refused':
      return complaint.text;
    case 'nothing-typed':
      return words.nothingTyped;
    case 'one-line':
      return words.oneLine;
    case 'required':
      return words.required(label);
    case 'not-allowed':
      return words.notAllowed(label, choicesOf(field).join(', '));
    case 'is-secret':
      return words.isSecret(label);
    case 'looks-secret':
      return words.looksSecret(label);
  }
}

/** The keys of the page, for the footer. */
export function askEntries(ask: Ask, context: ViewContext): FooterEntry[] {
  const {keys, credentials: words} = context.strings;
  const field = fieldAt(ask);
  const others = ask.fields.length > 1 ? [{key: 'down', text: words.nextField}] : [];
  const choosing = field !== undefined && choicesOf(field).length > 0 ? [{key: 'right', text: words.choose}] : [];
  return [{key: 'return', text: isLast(ask) ? keepText(ask, context) : keys.next.short}, ...choosing, ...others];
}

export function keepText({storedId, own}: Ask, {strings}: ViewContext): string {
  if (own !== undefined) return strings.own.tryIt;
  return storedId === null ? strings.keys.add.short : strings.keys.replace.short;
}
