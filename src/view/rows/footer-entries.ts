import type {ViewContext} from '../context.ts';
import {cellWidth, cut} from '../format/cells.ts';
import {spellKey} from '../keymap/spell.ts';
import {type ActionName, footerBindings, type Keymap, type Mode} from '../keymap/table.ts';
import type {TypedLine} from '../line-edit.ts';
import {fitLine, type Line, lineWidth, type Span, span, spread, wrapped} from './line.ts';
import {typedSpans} from './typed-line.ts';

/** The last line of the screen: keys, a message, the filter. */

/** A key as the keymap names it, and what it does in a word. */
export type FooterEntry = {key: string; text: string};
export type FooterHit = {key: string; from: number; to: number};

/** What is said before the keys; then those of them that fit, the most needed first, and where each can be clicked. */
export function footerLine(
  entries: readonly FooterEntry[],
  width: number,
  context: ViewContext,
  before: Line = [],
): {line: Line; hits: FooterHit[]} {
  const first = before.length === 0 ? [] : [...before, span('  ')];
  const spans: Span[] = [...first];
  const hits: FooterHit[] = [];
  let at = 1 + lineWidth(first);
  for (const {key, text} of entries) {
    const spelled = spellKey(key, context.ascii);
    const piece = [{text: spelled, tone: 'accent' as const, bold: true as const}, span(` ${text}`, 'dim')];
    const cells = lineWidth(piece);
    if (at + cells > width - 1) break;
    spans.push(...(hits.length > 0 ? [span('  ')] : []), ...piece);
    hits.push({key, from: at, to: at + cells});
    at += cells + 2;
  }
  return {line: fitLine([span(' '), ...spans], width), hits};
}

/** What makes sense while there is nothing to watch yet. */
const atStart: readonly ActionName[] = ['notices', 'credentials', 'help', 'quit', 'settings', 'theme'];

export type FooterFor = {
  /** Nothing to watch yet. */
  empty: boolean;
  /** How many notices there are to read. */
  notices: number;
  /** Accounts of the focused provider can share a row. */
  foldable: boolean;
};

export const footerEntries = (
  keymap: Keymap,
  mode: Mode,
  context: ViewContext,
  {empty, notices, foldable}: FooterFor,
): FooterEntry[] =>
  footerBindings(keymap, mode, notices)
    .filter(binding => !empty || mode !== 'panels' || atStart.includes(binding.name))
    .filter(binding => foldable || binding.name !== 'fold')
    .map(binding => ({key: binding.keys[0] ?? '', text: context.strings.keys[binding.name].short}));

/** A message in place of the keys, in as many rows as it needs. */
export const messageLines = (text: string, width: number): Line[] =>
  wrapped(text, width - 2, 'accent').map(row => fitLine([span(' '), ...row], width));

/** How many accounts a filter leaves, of how many. */
export type FilterCount = {shown: number; all: number};

/** A filter that hides something must not be forgotten. */
export function activeFilter(text: string, {shown, all}: FilterCount, {strings}: ViewContext): Line {
  const {active, count} = strings.filter;
  return [span(active(cut(text, 16)), 'warn'), span(' '), span(count(shown, all), shown === 0 ? 'critical' : 'warn')];
}

/** The filter while it is typed; `count` is null where it searches the help. */
export function filterLine(line: TypedLine, count: FilterCount | null, width: number, context: ViewContext): Line {
  const {filter, help} = context.strings;
  const of = count === null || line.text === '' ? '' : filter.count(count.shown, count.all);
  const hints = count === null ? [help.search] : [filter.hint, filter.keepOrClear];
  const counted = of === '' ? hints : [...hints.map(hint => `${of} · ${hint}`), of];
  const said = count?.shown === 0 ? [filter.nothingFound(line.text), of] : counted;
  const typed: Line = [span(' '), {text: '/', tone: 'accent', bold: true}, ...typedSpans(line, width - 3, context)];
  // What is typed is worth more than what is said about it.
  const room = width - lineWidth(typed) - 3;
  const hint = said.find(each => cellWidth(each) <= room);
  return spread(typed, hint === undefined ? [] : [span(`${hint} `, count?.shown === 0 ? 'warn' : 'dim')], width);
}

/** The end of a text: where something is typed, that is what has to be seen. */
export function endOf(text: string, cells: number): string {
  const letters = [...text];
  while (cellWidth(letters.join('')) > cells) letters.shift();
  return letters.join('');
}
