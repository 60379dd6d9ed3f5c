import {maskIdentity} from '../../core/text/redact.ts';
import type {AddEntry} from '../add-entries.ts';
import type {ViewContext} from '../context.ts';
import {hideIn} from '../format/privacy.ts';
import type {LoginForm} from '../login-form.ts';
import {type Ask, type Choosing, draftOf} from '../login-pages.ts';
import type {Strings} from '../strings/index.ts';
import type {FooterEntry} from './footer-entries.ts';
import {blank, type Line, span, wrapped} from './line.ts';
import type {ListView} from './list-view.ts';
import {askEntries, askView, complaintLines, type FormView, keepText, titled, titleSpan} from './login-ask.ts';
import {agreeView, type QuestionView} from './own-agree.ts';
import {paletteLines} from './palette.ts';
import {trialView} from './trial.ts';
import {typedLine} from './typed-line.ts';

/** The form that adds or changes a login. */

/** `found`: what the list of what can be added finds now. */
export type FormInput = {found: readonly AddEntry[]; privacy: boolean};

export function formView(
  form: LoginForm,
  input: FormInput,
  width: number,
  context: ViewContext,
): FormView | ListView | QuestionView {
  if (form.step === 'ask') return askView(form, width, context);
  if (form.step === 'provider') {
    const line = {text: form.text, selected: form.choice, ask: context.strings.credentials.chooseProvider};
    return paletteLines(input.found, line, width, context);
  }
  if (form.step === 'agree') return agreeView(form.plan, width, context);
  if (form.step === 'tried') return trialView(form.trial, form.plan, width, context);
  const lines = formLines(form, input, width, context);
  return {lines, shown: [0, lines.length - 1]};
}

function formLines(
  form: Exclude<LoginForm, Ask | Choosing | {step: 'agree' | 'tried'}>,
  input: FormInput,
  width: number,
  context: ViewContext,
): Line[] {
  const words = context.strings.credentials;
  switch (form.step) {
    case 'checking':
      return titled(
        [titleSpan(form.ask.title)],
        [[span(form.ask.own === undefined ? words.checking : context.strings.own.preparing, 'accent')]],
      );
    case 'refused': {
      const names = [form.ask.label, draftOf(form.ask).label ?? ''];
      const why = input.privacy ? hideIn(form.why, names) : form.why;
      return titled([titleSpan(form.ask.title)], refusedLines(why, words, width));
    }
    case 'trying':
      return titled([titleSpan(form.plan.definition.name)], [[span(context.strings.own.trying, 'accent')]]);
    case 'rename':
      return titled(
        [titleSpan(words.label)],
        [typedLine(form.line, width, context), ...complaintLines(form.complaint, width, context)],
      );
    case 'remove':
      return wrapped(words.removeAsk(input.privacy ? maskIdentity(form.label) : form.label), width, 'warn');
    case 'discard':
      return wrapped(words.discardAsk, width, 'warn');
  }
}

/** The keys of a form, for the footer. */
export function formEntries(form: LoginForm, context: ViewContext): FooterEntry[] {
  const {keys} = context.strings;
  const [first, ...others] = goingOn(form, context);
  const leave = [
    {key: 'escape', text: keys.back.short},
    {key: 'ctrl+c', text: keys.quit.short},
  ];
  // The way back is not the one that a narrow screen leaves out.
  return [...(first ? [first] : []), ...leave.slice(0, 1), ...others, ...leave.slice(1)];
}

function goingOn(form: LoginForm, context: ViewContext): FooterEntry[] {
  const {keys} = context.strings;
  switch (form.step) {
    case 'provider':
      return [{key: 'return', text: keys.next.short}];
    case 'ask':
      return askEntries(form, context);
    case 'rename':
      return [{key: 'return', text: keys.rename.short}];
    case 'remove':
      return [{key: 'y', text: keys.remove.short}];
    case 'refused':
      return [{key: 'y', text: keepText(form.ask, context)}];
    case 'discard':
      return [{key: 'y', text: context.strings.credentials.discard}];
    case 'agree':
      return [{key: 'y', text: context.strings.own.goOnKey}];
    case 'tried':
      return form.plan.isBare ? [] : [{key: 'y', text: context.strings.own.save}];
    case 'trying':
    case 'checking':
      return [];
  }
}

const refusedLines = (why: string, words: Strings['credentials'], width: number): Line[] => [
  ...wrapped(words.notKept(why), width, 'critical'),
  blank,
  [span(`${words.keepAnyway} (y/n)`)],
];
