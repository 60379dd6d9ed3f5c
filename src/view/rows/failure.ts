import type {Failure, FailureCode} from '../../core/model.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, cut} from '../format/cells.ts';
import {failureText, remedyText} from '../format/labels.ts';
import type {Strings} from '../strings/index.ts';
import type {Tone} from '../theme/theme.ts';
import {type Line, span, wrapped} from './line.ts';

/**
 * What went wrong and what to do about it, in the room that there is. What to do stands there whole or not at all: half
 * a command helps nobody. Where it has no room, the row says which key shows it.
 */

/** What mends itself is a warning; what needs a person is critical. */
export const failureTone = (code: FailureCode): Tone =>
  code === 'rate_limited' || code === 'network' || code === 'timeout' || code === 'server_error' ? 'warn' : 'critical';

/** What the user can do, with its address; null where there is nothing to do. */
export function cureText({remedy}: Pick<Failure, 'remedy'>, strings: Strings): string | null {
  if (remedy === null) return null;
  const text = remedyText(remedy, strings);
  if (text === '') return null;
  return remedy.url === undefined || text.includes(remedy.url) ? text : `${text}: ${remedy.url}`;
}

/** In at most so many rows; null where even the shortest way to say all of it needs more. */
export const wholeFailure = (failure: Failure, width: number, rows: number, context: ViewContext): Line[] | null =>
  wholeWays(failure, width, context).find(lines => lines.length <= rows) ?? null;

/** The first way to say all of it that is good to read, in as many rows as it takes. */
export const readableFailure = remembered(readable);
const wholeWays = remembered(everyWay);

/**
 * Remembers what was made of a failure for a width: panels ask for it at every frame, and there may be hundreds of
 * accounts. A failure is replaced as a whole, never changed.
 */
function remembered<Made>(make: (failure: Failure, width: number, context: ViewContext) => Made): typeof make {
  const made = new WeakMap<Failure, Map<string, Made>>();
  return (failure, width, context) => {
    const own = made.get(failure) ?? new Map<string, Made>();
    const key = `${width} ${context.ascii} ${context.strings.name}`;
    const known = own.get(key);
    if (known !== undefined) return known;
    const result = make(failure, width, context);
    // Widths of a window that is being resized are not asked for again.
    if (own.size >= mostWidths) own.clear();
    made.set(failure, own.set(key, result));
    return result;
  };
}
const mostWidths = 8;

/** What is left of it in so few rows: what to do without the reason, or the reason and the key that shows the rest. */
export function failureWithin(failure: Failure, width: number, rows: number, context: ViewContext): Line[] {
  const cure = cureText(failure, context.strings);
  const alone = cure === null ? null : marked(cure, failure, width, context);
  const whole = wholeFailure(failure, width, rows, context) ?? (alone && alone.length <= rows ? alone : null);
  return whole ?? [[span(failureRow(failure, width, context), failureTone(failure.code))]];
}

/** In one row: with what to do where that fits. */
export function failureRow(failure: Failure, width: number, context: ViewContext): string {
  const {strings, openKey} = context;
  const reasons = [failureText(failure, strings), strings.failuresShort[failure.code]];
  const cure = cureText(failure, strings);
  const hint = cure === null || openKey === undefined ? null : strings.panel.whatToDo(openKey);
  const texts = [
    ...oneRowTexts(failure, strings),
    ...(cure === null ? [] : [`${reasons[1]} — ${cure}`, cure]),
    ...(hint === null ? [] : reasons.map(reason => `${reason} · ${hint}`)),
    ...reasons,
  ];
  const {failed} = marksOf(context);
  const rows = texts.map(text => `${failed} ${text}`);
  return rows.find(row => cellWidth(row) <= width) ?? cut(rows.at(-1) ?? '', width);
}

/** In one row, else with the cure in rows of its own. */
function readable(failure: Failure, width: number, context: ViewContext): Line[] {
  const {strings} = context;
  const cells = width - cellWidth(`${marksOf(context).failed} `);
  const oneRow = oneRowTexts(failure, strings).find(text => cellWidth(text) <= cells);
  if (oneRow !== undefined) return marked(oneRow, failure, width, context);
  const cure = cureText(failure, strings);
  const withCode = reasonWithCode(failure, strings);
  const reason = cellWidth(withCode) <= cells ? withCode : failureText(failure, strings);
  return [...marked(reason, failure, width, context), ...(cure === null ? [] : wrapped(cure, width, 'text'))];
}

/** From the best to read to the shortest. */
function everyWay(failure: Failure, width: number, context: ViewContext): Line[][] {
  const {strings} = context;
  const cure = cureText(failure, strings);
  const first = readableFailure(failure, width, context);
  if (cure === null) return [first];
  const shorter = [failureText(failure, strings), strings.failuresShort[failure.code]];
  return [first, ...shorter.map(reason => marked(`${reason} — ${cure}`, failure, width, context))];
}

/** All of it as one text, with as much of what the service said as may stand there: its status, or all where nothing can be done. */
function oneRowTexts(failure: Failure, strings: Strings): string[] {
  const cure = cureText(failure, strings);
  const reason = failureText(failure, strings);
  const withCode = reasonWithCode(failure, strings);
  if (cure !== null) return [`${withCode} — ${cure}`, `${reason} — ${cure}`];
  return failure.detail === '' ? [reason] : [`${reason} · ${failure.detail}`, withCode, reason];
}

/** 'the service has a problem (HTTP 503)'. */
function reasonWithCode(failure: Failure, strings: Strings): string {
  const code = /\bHTTP \d{3}\b/.exec(failure.detail)?.[0];
  return code === undefined ? failureText(failure, strings) : `${failureText(failure, strings)} (${code})`;
}

const marked = (text: string, {code}: Failure, width: number, context: ViewContext): Line[] =>
  wrapped(`${marksOf(context).failed} ${text}`, width, failureTone(code));
