import type {ProviderInfo} from '../core/program.ts';
import {maskIdentity} from '../core/redact.ts';
import {cellWidth} from './cells.ts';
import type {FooterEntry} from './chrome.ts';
import {blank, type Line, span, wrapped} from './line.ts';
import {fieldsOf, type LoginForm} from './login-form.ts';
import {type Look, marksOf} from './look.ts';
import {hideIn} from './privacy.ts';
import type {Strings} from './strings/index.ts';

/** The form that adds or changes a login. What is typed as a secret is drawn as dots. */

export const addable = (catalogue: readonly ProviderInfo[]): ProviderInfo[] =>
  catalogue.filter(info => info.login !== undefined);

type FormInput = {catalogue: readonly ProviderInfo[]; privacy: boolean};

export function formLines(form: LoginForm, input: FormInput, width: number, look: Look): Line[] {
  const words = look.strings.credentials;
  const providers = addable(input.catalogue);
  switch (form.step) {
    case 'provider':
      return titled(words.chooseProvider, choices(providers, form.choice, look));
    case 'field':
      return titled(nameOf(providers, form.provider), fieldLines(form, providers, width, look));
    case 'label': {
      const asked: Line = [span(`${words.label} · ${words.optional}`, 'dim')];
      return titled(nameOf(providers, form.provider), [asked, typed(form.text, width, look)]);
    }
    case 'secret':
      return titled(nameOf(providers, form.provider), secretLines(form, providers, width, look));
    case 'checking':
      return titled(nameOf(providers, form.provider), [[span(words.checking, 'accent')]]);
    case 'refused':
      return titled(
        nameOf(providers, form.provider),
        refusedLines(input.privacy ? hideIn(form.why, [form.label]) : form.why, words, width),
      );
    case 'rename':
      return titled(words.label, [typed(form.text, width, look)]);
    case 'remove':
      return wrapped(words.removeAsk(input.privacy ? maskIdentity(form.label) : form.label), width, 'warn');
  }
}

/** The keys of a form, for the footer. */
export function formEntries(form: LoginForm, look: Look): FooterEntry[] {
  const {keys} = look.strings;
  return [...goingOn(form, look), {key: 'escape', text: keys.back.short}, {key: 'ctrl+c', text: keys.quit.short}];
}

function goingOn(form: LoginForm, look: Look): FooterEntry[] {
  const {keys} = look.strings;
  switch (form.step) {
    case 'provider':
    case 'field':
    case 'label':
      return [{key: 'return', text: keys.next.short}];
    case 'secret':
      return [{key: 'return', text: form.storedId === null ? keys.add.short : keys.replace.short}];
    case 'rename':
      return [{key: 'return', text: keys.rename.short}];
    case 'remove':
      return [{key: 'y', text: keys.remove.short}];
    case 'refused':
      return [{key: 'y', text: form.storedId === null ? keys.add.short : keys.replace.short}];
    case 'checking':
      return [];
  }
}

const nameOf = (providers: readonly ProviderInfo[], id: string): string =>
  providers.find(info => info.id === id)?.name ?? id;

const titled = (title: string, lines: readonly Line[]): Line[] => [
  [{text: title, tone: 'title', bold: true}],
  blank,
  ...lines,
];

const choices = (providers: readonly ProviderInfo[], choice: number, look: Look): Line[] =>
  providers.map((info, index) => [
    span(index === choice ? `${marksOf(look).focus} ` : '  ', 'accent'),
    span(info.name, index === choice ? 'accent' : 'text'),
  ]);

/** What was typed, with its end in view. */
function typed(text: string, width: number, look: Look): Line {
  const marks = marksOf(look);
  const letters = [...text];
  while (letters.length > 0 && cellWidth(letters.join('')) > width - 4) letters.shift();
  return [span(`${marks.focus} `, 'accent'), span(letters.join('')), span(marks.cursor, 'accent')];
}

const complaint = (text: string): Line[] => [blank, [span(text, 'warn')]];

type Step<Name extends LoginForm['step']> = Extract<LoginForm, {step: Name}>;

function fieldLines(form: Step<'field'>, providers: readonly ProviderInfo[], width: number, look: Look): Line[] {
  const words = look.strings.credentials;
  const field = fieldsOf(providers, form.provider)[form.index];
  const label = field?.label ?? '';
  const values = field?.values ? ` (${field.values.join(', ')})` : '';
  return [
    ...wrapped(`${label}${field?.required ? '' : ` · ${words.optional}`}${values}`, width, 'dim'),
    typed(field?.secret ? dotsFor(form.text, look) : form.text, width, look),
    ...(form.complaint ? complaint(words.required(label)) : []),
  ];
}

const mostDots = 32;

/** A secret as it is drawn: that something was typed, and no more of its length than helps. */
const dotsFor = (secret: string, look: Look): string =>
  (look.ascii ? '*' : '•').repeat(Math.min(mostDots, [...secret].length));

function secretLines(form: Step<'secret'>, providers: readonly ProviderInfo[], width: number, look: Look): Line[] {
  const words = look.strings.credentials;
  const asked = providers.find(info => info.id === form.provider)?.login?.secret ?? '';
  return [
    ...wrapped(words.enter(asked), width, 'dim'),
    typed(dotsFor(form.secret, look), width, look),
    ...(form.complaint ? complaint(words.nothingTyped) : []),
  ];
}

const refusedLines = (why: string, words: Strings['credentials'], width: number): Line[] => [
  ...wrapped(words.notKept(why), width, 'critical'),
  blank,
  [span(`${words.keepAnyway} (y/n)`)],
];
