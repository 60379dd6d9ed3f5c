import {tightestWindow} from '../core/health.ts';
import type {MonitorState} from '../core/model.ts';
import type {ProviderInfo} from '../core/program.ts';
import {bar} from './bar.ts';
import {cut} from './cells.ts';
import {clock, countdown} from './format.ts';
import {type ActionName, footerBindings, type Keymap, type Mode, spellKey} from './keymap.ts';
import {noticeText, titled, windowLabel, windowShortLabel} from './labels.ts';
import {fitLine, joined, type Line, lineWidth, type Span, span, spread, wrapped} from './line.ts';
import {type Look, marksOf} from './look.ts';
import type {PanelModel} from './panel.ts';
import {barOf, markSpan, valueSpan} from './row.ts';

/** The lines around the panels: header, footer, what is not set up, the one line of a tiny screen. */

const name = 'mystatus';

/** Name, tightest window of all, state of the program, clock. */
export function headerLine(state: MonitorState, panels: readonly PanelModel[], width: number, look: Look): Line {
  const left: Line = [span(' '), {text: name, tone: 'accent', bold: true}];
  const right = [...stateSpans(state, width, look), span(` ${clock(look.now, look.strings, look.clock)} `, 'dim')];
  const room = width - lineWidth(left) - lineWidth(right) - 3;
  const tightest = tightestSpans(panels, room, look);
  return spread([...left, ...(tightest.length > 0 ? [span('  '), ...tightest] : [])], right, width);
}

function stateSpans(state: MonitorState, width: number, look: Look): Line {
  const {strings} = look;
  const long = width >= 100;
  const pieces: Line[] = [];
  // Paused, nothing tries again.
  const offline = long && !state.paused ? strings.header.offline : strings.states.offline;
  if (state.offline) pieces.push([span(offline, 'warn')]);
  if (state.paused) pieces.push([span(long ? strings.header.paused : strings.states.paused, 'warn')]);
  const notice = state.notices.at(-1);
  if (notice) pieces.push([span(long ? cut(noticeText(notice, strings), 60) : '!', 'warn')]);
  return pieces.length > 0 ? [...joined(pieces), span(' ')] : [];
}

/** 'tightest OpenAI 5-hour limit ███▌ 62% 2h 13m', as much of it as there is room for. */
function tightestSpans(panels: readonly PanelModel[], room: number, look: Look): Line {
  const found = tightestWindow(panels.flatMap(panel => panel.accounts));
  const panel = panels.find(each => each.info.id === found?.account.provider);
  if (!found || !panel) return [];
  const {window, account} = found;
  const stale = account.failure !== null;
  const value = {...valueSpan(window, look, stale, 0), text: valueSpan(window, look, stale, 9).text.trim()};
  const mark = markSpan(window, look, stale);
  const figures: Line = mark.text.trim() === '' ? [value] : [value, mark];
  const provider = span(panel.info.name);
  const drawn = bar(barOf(window, look), 12, {glyphs: look.glyphs, stale});
  const reset =
    window.resetsAt === null ? [] : [span(`  ${countdown(window.resetsAt, look.now, look.strings)}`, 'dim')];
  const long = span(` ${windowLabel(window.id, look.strings)}`, 'dim');
  const short = span(` ${windowShortLabel(window.id, look.strings)}`, 'dim');
  const variants: Line[] = [
    [
      span(`${look.strings.header.tightest} `, 'dim'),
      provider,
      long,
      span('  '),
      ...drawn,
      span(' '),
      ...figures,
      ...reset,
    ],
    [provider, short, span(' '), ...drawn, span(' '), ...figures, ...reset],
    [provider, short, span(' '), ...figures, ...reset],
    [provider, short, span(' '), ...figures],
    [span(titled(panel.info.id)), short, span(' '), ...figures],
    [span(titled(panel.info.id)), span(' '), ...figures],
    figures,
  ];
  return variants.find(variant => lineWidth(variant) <= room) ?? [];
}

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
const atStart: readonly ActionName[] = ['credentials', 'help', 'quit', 'settings', 'theme'];

export const footerEntries = (keymap: Keymap, mode: Mode, look: Look, empty = false): FooterEntry[] =>
  footerBindings(keymap, mode)
    .filter(binding => !empty || mode !== 'panels' || atStart.includes(binding.name))
    .map(binding => ({key: binding.keys[0] ?? '', text: look.strings.keys[binding.name].short}));

/** A message in place of the keys. */
export const messageLine = (text: string, width: number): Line => fitLine([span(' '), span(text, 'accent')], width);

/** The filter while it is typed. `count`: how many panels it leaves; null where it searches the help. */
export function filterLine(text: string, count: number | null, width: number, look: Look): Line {
  const marks = marksOf(look);
  const typed: Line = [span(' '), {text: '/', tone: 'accent', bold: true}, span(text), span(marks.cursor, 'accent')];
  const {filter, help} = look.strings;
  const found = count === null ? help.search : count === 0 ? filter.nothingFound(text) : filter.hint;
  return spread(typed, width > 60 ? [span(`${found} `, count === 0 ? 'warn' : 'dim')] : [], width);
}

/** Providers without a login, in one dim line; none when all have one. */
export function asideLine(
  state: MonitorState,
  catalogue: readonly ProviderInfo[],
  key: string,
  width: number,
  look: Look,
): Line {
  const names = notSetUp(state, catalogue);
  return names.length === 0
    ? []
    : fitLine([span(' '), span(cut(look.strings.header.notSetUp(names.join(', '), key), width - 1), 'dim')], width);
}

export const notSetUp = (state: MonitorState, catalogue: readonly ProviderInfo[]): string[] =>
  state.providers
    .filter(provider => provider.looked && provider.accounts.length === 0)
    .flatMap(provider => catalogue.find(info => info.id === provider.id)?.name ?? []);

/** All that a screen smaller than 20×5 can say: the tightest window. */
export function tinyLine(panels: readonly PanelModel[], width: number, look: Look): Line {
  const spans = tightestSpans(panels, width, look);
  return fitLine(spans.length > 0 ? spans : [span(look.strings.header.nothingKnown, 'dim')], width);
}

/** In place of the panels when the filter hides them all. */
export const nothingMatches = (filter: string, width: number, height: number, look: Look): Line[] =>
  centred([[span(cut(look.strings.filter.nothingFound(filter), width), 'dim')]], width, height);

/** The first start: what is looked for and how to begin. */
export function startLines(looked: boolean, key: string, width: number, height: number, look: Look): Line[] {
  const {strings} = look;
  if (!looked) return centred([[span(strings.panel.looking, 'dim')]], width, height);
  const {start} = strings;
  const room = Math.min(width - 4, 72);
  const lines: Line[] = [[{text: cut(start.title, room), tone: 'title', bold: true}], []];
  for (const text of [start.looked, start.add(key), start.demo, start.doctor])
    lines.push(...wrapped(text, room, 'dim'), []);
  // On a small screen the way to begin is worth more than the list of what was looked for.
  const needed: Line[] = lines.length <= height ? lines : [lines[0] ?? [], ...wrapped(start.add(key), room, 'dim')];
  return centred(needed, width, height);
}

function centred(lines: readonly Line[], width: number, height: number): Line[] {
  const widest = lines.reduce((most, line) => Math.max(most, lineWidth(line)), 0);
  const left = span(' '.repeat(Math.max(0, Math.floor((width - widest) / 2))));
  const top = Math.max(0, Math.floor((height - lines.length) / 2));
  return [...Array.from({length: top}, (): Line => []), ...lines.map((line): Line => [left, ...line])];
}
