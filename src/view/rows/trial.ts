import type {MappingTrial, Trial, UnreadFigure} from '../../core/custom/trial.ts';
import type {Window} from '../../core/model.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {failureLine, windowLabel} from '../format/labels.ts';
import {absoluteText, amountText} from '../format/quantity.ts';
import {countdown} from '../format/time.ts';
import {percent} from '../format/use.ts';
import type {Plan} from '../own-pages.ts';
import {blank, type Line, type Span, wrapped} from './line.ts';
import {type QuestionView, trustLines} from './own-agree.ts';

/** What came of trying a definition: what it read, what was sent and what came back. No value that it does not read is in it. */

const isRead = ({account}: Trial): boolean => account.failure === null && account.reading !== null;

export function trialView(trial: Trial, plan: Plan, width: number, context: ViewContext): QuestionView {
  const words = context.strings.own;
  const [question, tone] = plan.isBare
    ? ([words.bare, 'text'] as const)
    : isRead(trial)
      ? ([words.works, 'ok'] as const)
      : ([words.fails, 'warn'] as const);
  return {
    pinned: [...wrapped(question, width, tone), blank],
    lines: [
      ...failureLines(trial, width, context),
      ...(plan.isBare ? [] : trial.mappings.flatMap(mapping => mappingLines(mapping, width, context))),
      ...trustLines(plan, width, context),
      ...exchangeLines(trial, width, context),
      ...shapeLines(trial, width, context),
    ],
  };
}

function failureLines({account}: Trial, width: number, context: ViewContext): Line[] {
  const {failure} = account;
  if (failure === null) return [];
  const line = failureLine(failure, context.strings);
  const texts = [`${marksOf(context).failed} ${line}`, line.includes(failure.detail) ? '' : failure.detail];
  return [...texts.filter(Boolean).flatMap(text => wrapped(text, width, 'critical')), blank];
}

/** What it gave, or why it gave nothing. */
function mappingLines(mapping: MappingTrial, width: number, context: ViewContext): Line[] {
  const {windows, amounts, unread, place} = mapping;
  const {strings} = context;
  const told = [
    ...windows.map(window => `${windowLabel(window.id, strings)}  ${windowText(window, context)}`),
    ...amounts.map(amount => `${strings.amounts[amount.id]}  ${amountText(amount, strings)}`),
  ];
  const texts = told.length + unread.length === 0 ? [`${place}  ${strings.own.noFigure}`] : told;
  return [
    ...texts.flatMap(text => wrapped(text, width)),
    ...unread.flatMap(each => wrapped(unreadText(each, context), width, 'warn')),
    blank,
  ];
}

function windowText(window: Window, context: ViewContext): string {
  const {strings, now} = context;
  const {use, resetsAt} = window;
  const reset = resetsAt === null ? '' : ` · ${strings.time.in(countdown(resetsAt, now, strings))}`;
  if (use.state === 'known') {
    const counts = absoluteText(window, strings);
    return `${percent(use.usedPercent)}${counts === null ? '' : ` · ${counts}`}${reset}`;
  }
  return use.state === 'unknown' ? `${strings.states.unknown} (${use.why})` : `${strings.states.unlimited}${reset}`;
}

function unreadText({place, path, why, there}: UnreadFigure, {strings}: ViewContext): string {
  const words = strings.own;
  const text = words.unread(place, path, why);
  return there.length === 0 ? text : `${text}; ${words.there(there.join(', '))}`;
}

const title = (text: string): Line => [{text, tone: 'title', bold: true} satisfies Span];

function exchangeLines({request, response}: Trial, width: number, {strings}: ViewContext): Line[] {
  const words = strings.own;
  const sent = request === null ? [] : [request.line, ...request.values];
  const {status, type, bytes, ms} = response ?? {status: null, type: null, bytes: 0, ms: null};
  const facts = [status, type, `${bytes} B`, ms === null ? null : `${Math.round(ms)} ms`].filter(each => each !== null);
  return [
    ...(sent.length === 0 ? [] : [title(words.request), ...sent.flatMap(text => wrapped(text, width)), blank]),
    ...(response === null ? [] : [title(words.response), ...wrapped(facts.join(' · '), width), blank]),
  ];
}

const shapeLines = ({shape}: Trial, width: number, {strings: {own: words}}: ViewContext): Line[] =>
  shape.length === 0
    ? []
    : [title(words.shape), ...shape.flatMap(({path, type}) => wrapped(`${path}  ${type}`, width, 'dim'))];
