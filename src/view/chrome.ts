import type {MonitorState} from '../core/model.ts';
import type {ProviderInfo} from '../core/program.ts';
import type {Absence, AbsenceKeys} from './absence.ts';
import {cellWidth, cut} from './cells.ts';
import {type ActionName, footerBindings, type Keymap, type Mode, spellKey} from './keymap.ts';
import {fitLine, type Line, lineWidth, type Span, span, spread, wrapped} from './line.ts';
import {type Look, marksOf} from './look.ts';

/** The lines around the panels but for the header: footer, what is not set up, what stands in place of panels. */

/** A key as the keymap names it, and what it does in a word. */
export type FooterEntry = {key: string; text: string};
export type FooterHit = {key: string; from: number; to: number};

/** The keys that fit, the most needed first, and where each can be clicked. */
export function footerLine(
  entries: readonly FooterEntry[],
  width: number,
  look: Look,
  filter = '',
): {line: Line; hits: FooterHit[]} {
  // A filter that hides something must not be forgotten.
  const active = filter === '' ? [] : [span(`${look.strings.filter.active(cut(filter, 16))}  `, 'warn')];
  const spans: Span[] = [...active];
  const hits: FooterHit[] = [];
  let at = 1 + lineWidth(active);
  for (const {key, text} of entries) {
    const spelled = spellKey(key, look.ascii);
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
};

export const footerEntries = (keymap: Keymap, mode: Mode, look: Look, {empty, notices}: FooterFor): FooterEntry[] =>
  footerBindings(keymap, mode, notices)
    .filter(binding => !empty || mode !== 'panels' || atStart.includes(binding.name))
    .map(binding => ({key: binding.keys[0] ?? '', text: look.strings.keys[binding.name].short}));

/** A message in place of the keys, in as many rows as it needs. */
export const messageLines = (text: string, width: number): Line[] =>
  wrapped(text, width - 2, 'accent').map(row => fitLine([span(' '), ...row], width));

/** The filter while it is typed. `count`: how many panels it leaves; null where it searches the help. */
export function filterLine(text: string, count: number | null, width: number, look: Look): Line {
  const {filter, help} = look.strings;
  const hints = count === null ? [help.search] : [filter.hint, filter.keepOrClear];
  const said = count === 0 ? [filter.nothingFound(text)] : hints;
  const typed: Line = [
    span(' '),
    {text: '/', tone: 'accent', bold: true},
    span(tail(text, width - 4)),
    span(marksOf(look).cursor, 'accent'),
  ];
  // What is typed is worth more than what is said about it.
  const room = width - lineWidth(typed) - 3;
  const hint = said.find(each => cellWidth(each) <= room);
  return spread(typed, hint === undefined ? [] : [span(`${hint} `, count === 0 ? 'warn' : 'dim')], width);
}

/** The end of a text: where something is typed, that is what has to be seen. */
function tail(text: string, cells: number): string {
  const letters = [...text];
  while (cellWidth(letters.join('')) > cells) letters.shift();
  return letters.join('');
}

/** What is to be said of providers without a panel: by name those without a login, those that are hidden or switched off. */
export type Aside = {notSetUp: readonly string[]; hidden: readonly string[]; absence: Pick<Absence, 'off'>};

export const hasAside = ({notSetUp, hidden, absence}: Aside): boolean =>
  notSetUp.length + hidden.length + absence.off.length > 0;

/** One dim line. */
export function asideLine({notSetUp, hidden, absence}: Aside, keys: AbsenceKeys, width: number, look: Look): Line {
  const {header} = look.strings;
  const pieces = [
    notSetUp.length > 0 ? header.notSetUp(notSetUp.join(', '), keys.credentials) : '',
    hidden.length > 0 ? header.hidden(hidden.join(', '), keys.credentials) : '',
    absence.off.length > 0 ? header.off(absence.off.join(', '), keys.settings) : '',
  ].filter(Boolean);
  return pieces.length === 0 ? [] : fitLine([span(' '), span(cut(pieces.join(' · '), width - 1), 'dim')], width);
}

export const notSetUp = (state: MonitorState, catalogue: readonly ProviderInfo[]): string[] =>
  state.providers
    .filter(provider => provider.looked && provider.accounts.length === 0 && provider.hidden === 0)
    .flatMap(provider => catalogue.find(info => info.id === provider.id)?.name ?? []);

/** In place of the panels when the filter hides them all, with the key that shows them again. */
export function nothingMatches(filter: string, key: string, width: number, height: number, look: Look): Line[] {
  const {nothingFound, clears} = look.strings.filter;
  const texts = [nothingFound(filter), ...(key === '' ? [] : [clears(key)])];
  return centred(texts.flatMap(text => wrapped(text, width - 2, 'dim')).slice(-height), width, height);
}

/** What a screen without panels says while logins are looked for. */
export const lookingLines = (width: number, height: number, {strings}: Look): Line[] =>
  centred([[span(strings.panel.looking, 'dim')]], width, height);

/** The first start: what is looked for and how to begin; or, when something is there but not shown, why and what to do. */
export function startLines(absence: readonly string[], key: string, width: number, height: number, look: Look): Line[] {
  const {start} = look.strings;
  const room = Math.min(width - 4, 72);
  const isThere = absence.length > 0;
  const title: Line = [{text: cut(isThere ? start.notShown : start.title, room), tone: 'title', bold: true}];
  const needed = (isThere ? absence : [start.add(key)]).flatMap(text => wrapped(text, room, isThere ? 'text' : 'dim'));
  const texts = isThere ? [...absence, start.add(key)] : [start.looked, start.add(key), start.demo, start.doctor];
  const lines: Line[] = [title, [], ...texts.flatMap(text => [...wrapped(text, room, 'dim'), []])];
  // On a small screen the way to begin is worth more than the list of what was looked for.
  const few = needed.length < height ? [title, ...needed] : needed;
  return centred(lines.length <= height ? lines : few, width, height);
}

function centred(lines: readonly Line[], width: number, height: number): Line[] {
  const widest = lines.reduce((most, line) => Math.max(most, lineWidth(line)), 0);
  const left = span(' '.repeat(Math.max(0, Math.floor((width - widest) / 2))));
  const top = Math.max(0, Math.floor((height - lines.length) / 2));
  return [...Array.from({length: top}, (): Line => []), ...lines.map((line): Line => [left, ...line])];
}
