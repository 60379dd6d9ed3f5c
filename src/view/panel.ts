import {freshnessOf, outcomeOf, tightestWindow} from '../core/health.ts';
import type {AccountState, Failure, FailureCode, MonitorState, Window} from '../core/model.ts';
import type {ProviderInfo} from '../core/program.ts';
import {cut} from './cells.ts';
import {age, ageAgo, amountText, duration} from './format.ts';
import {failureLine, failureText, noteText, remedyText} from './labels.ts';
import type {Density, PanelNeed} from './layout.ts';
import {blank, joined, type Line, lineWidth, span, spread, wrapped} from './line.ts';
import {type Look, marksOf} from './look.ts';
import {type RowColumns, rowColumns, windowRow, windowRows} from './row.ts';
import type {Tone} from './theme.ts';

/** What a panel shows: a provider and those of its accounts that the filter lets through. */
export type PanelModel = {info: ProviderInfo; accounts: readonly AccountState[]; looked: boolean};

/** One panel per provider that has accounts, in the order of the settings. */
export function panelsOf(state: MonitorState, catalogue: readonly ProviderInfo[]): PanelModel[] {
  return state.providers.flatMap(provider => {
    const info = catalogue.find(each => each.id === provider.id);
    const accounts = provider.accounts.flatMap(key => state.accounts[key] ?? []);
    return info && accounts.length > 0 ? [{info, accounts, looked: provider.looked}] : [];
  });
}

const notesInPanel = 2;
const windowsOf = (account: AccountState): readonly Window[] => account.reading?.windows ?? [];
// A model's own row stands in the detail view; the panel would be nothing but them.
const notesOf = (account: AccountState) =>
  (account.reading?.notes ?? []).filter(note => note.code !== 'model').slice(0, notesInPanel);

/** Rows that the panel wants by density. The row of a failure is counted whether there is one or not. */
export function needOf(panel: PanelModel): PanelNeed {
  const rows = {spacious: rowsOf(panel, 'spacious'), normal: rowsOf(panel, 'normal'), tight: rowsOf(panel, 'tight')};
  return {id: panel.info.id, rows, long: panel.accounts.length > 1};
}

function rowsOf(panel: PanelModel, density: Density): number {
  const [only] = panel.accounts;
  if (panel.accounts.length > 1 || !only)
    return sectionHeights(panel, density).reduce((sum, height) => sum + height, 0);
  const extra = (only.reading?.amounts.length ? 1 : 0) + notesOf(only).length;
  // Without a reading there are two rows to say why.
  const windows = Math.max(density === 'spacious' ? 1 : 2, windowsOf(only).length);
  switch (density) {
    case 'spacious':
      return windows * 3 + (extra > 0 ? extra + 1 : 0) + 1;
    case 'normal':
      return windows + extra + 2;
    case 'tight':
      return windows + 1;
  }
}

/** Account sections: a heading, the windows, a failure, and a free row between two. */
function sectionHeights(panel: PanelModel, density: Density): number[] {
  return panel.accounts.map((account, index) => {
    const gap = density === 'tight' || index === panel.accounts.length - 1 ? 0 : 1;
    return 1 + Math.max(account.failure ? 0 : 1, windowsOf(account).length) + (account.failure ? 1 : 0) + gap;
  });
}

/** Columns shared by all panels of a width. */
export const columnsFor = (panels: readonly PanelModel[], width: number, look: Look): RowColumns =>
  // A hundred accounts have the same few windows: the first ones tell.
  rowColumns(
    panels.flatMap(panel => panel.accounts.slice(0, 8).flatMap(windowsOf)),
    width,
    look.strings,
  );

export type PanelView = {width: number; height: number; density: Density; columns: RowColumns; scroll: number};
/** `above` and `below`: rows that are hidden there. */
export type PanelContent = {lines: Line[]; above: number; below: number};

/** The rows of a panel that are visible, at most `height` of them; only these are made. */
export function panelContent(panel: PanelModel, view: PanelView, look: Look): PanelContent {
  const [only] = panel.accounts;
  if (!only) return {lines: [], above: 0, below: 0};
  return panel.accounts.length > 1 ? sections(panel, view, look) : windowed(singleLines(only, view, look), view);
}

function windowed(lines: Line[], view: PanelView): PanelContent {
  const above = Math.max(0, Math.min(view.scroll, lines.length - view.height));
  const shown = lines.slice(above, above + view.height);
  return {lines: shown, above, below: lines.length - above - shown.length};
}

/** How far a panel can be scrolled. */
export const mostScroll = (panel: PanelModel, density: Density, height: number): number =>
  Math.max(0, rowsOf(panel, density) - height);

function singleLines(account: AccountState, view: PanelView, look: Look): Line[] {
  const body = bodyLines(account, view, look);
  const foot = footLines(account, view, look);
  // What is left over lies between the numbers and the last line, which stays at the foot of the panel.
  const spare = Math.max(0, view.height - body.length - foot.length);
  return [...body, ...Array.from({length: spare}, () => blank), ...foot];
}

function bodyLines(account: AccountState, view: PanelView, look: Look): Line[] {
  const stale = isStale(account, look);
  const windows = windowsOf(account);
  if (view.density === 'tight')
    return windows.length > 0
      ? windows.map(each => windowRow(each, view.columns, look, stale))
      : [emptyLine(account, look)];
  const rows =
    view.density === 'spacious'
      ? windows.flatMap((each, index) => [...(index > 0 ? [blank] : []), ...windowRows(each, view.width, look, stale)])
      : windows.map(each => windowRow(each, view.columns, look, stale));
  const extra = extraLines(account, view.width, look);
  const gap = view.density === 'spacious' && extra.length > 0 && rows.length > 0 ? [blank] : [];
  if (rows.length === 0 && account.failure)
    return [failedLine(failureText(account.failure, look.strings), account.failure, look)];
  return [...(rows.length > 0 ? rows : [emptyLine(account, look)]), ...gap, ...extra];
}

const isStale = (account: AccountState, look: Look): boolean =>
  freshnessOf(account, look.now, look.intervalOf(account.provider)) === 'stale';

function emptyLine(account: AccountState, look: Look): Line {
  const {strings} = look;
  if (account.failure) return failedLine(failureText(account.failure, strings), account.failure, look);
  if (account.reading) return [span(strings.panel.noWindows, 'dim')];
  return [span(account.refreshing ? strings.states.asking : strings.states.noReading, 'dim')];
}

function extraLines(account: AccountState, width: number, look: Look): Line[] {
  const {strings} = look;
  const tone = isStale(account, look) ? 'dim' : 'text';
  const amounts = (account.reading?.amounts ?? []).map((amount): Line => {
    const text = span(amountText(amount, strings), tone);
    // '796.25 credits' names itself.
    return amount.id === amount.unit ? [text] : [span(`${strings.amounts[amount.id]} `, 'dim'), text];
  });
  const notes = notesOf(account).map(note => [span(cut(noteText(note, look.now, strings, look.clock), width), 'dim')]);
  return [...(amounts.length > 0 ? [joined(amounts)] : []), ...notes];
}

/** What mends itself is a warning; what needs a person is critical. */
export const failureTone = (code: FailureCode): Tone =>
  code === 'rate_limited' || code === 'network' || code === 'timeout' || code === 'server_error' ? 'warn' : 'critical';

const failedLine = (text: string, {code}: Failure, look: Look): Line => [
  span(`${marksOf(look).failed} ${text}`, failureTone(code)),
];

/** The last lines: what went wrong and what to do, and how old the numbers are. */
function footLines(account: AccountState, view: PanelView, look: Look): Line[] {
  const {failure} = account;
  const status = statusLine(account, look);
  if (!failure) return [status];
  if (view.density === 'tight') {
    const text =
      view.height > 1 && windowsOf(account).length === 0 && failure.remedy
        ? remedyText(failure.remedy, look.strings)
        : failureLine(failure, look.strings);
    return [failedLine(text, failure, look)];
  }
  return failureLines(account, view.width, look, status);
}

function failureLines(account: AccountState, width: number, look: Look, status: Line): Line[] {
  const {failure} = account;
  const {strings} = look;
  if (!failure) return [status];
  const remedy = failure.remedy ? remedyText(failure.remedy, strings) : null;
  if (windowsOf(account).length === 0) return [...(remedy ? wrapped(remedy, width, 'text').slice(0, 2) : []), status];
  const whole = failedLine(failureLine(failure, strings), failure, look);
  // Where waiting is the cure, the time of the next poll says it better.
  if (failure.remedy?.code === 'wait') return [failedLine(failureText(failure, strings), failure, look), status];
  if (remedy === null || lineWidth(whole) <= width) return [whole, status];
  // Too narrow for both in one line: the cure takes the place of the next poll, the age stays.
  const old: Line = account.readAt === null ? [] : [span(` ${age(account.readAt, look.now, strings)}`, 'dim')];
  return [
    failedLine(failureText(failure, strings), failure, look),
    spread([span(cut(remedy, width - lineWidth(old)), 'text')], old, width),
  ];
}

/** 'read 4m ago · next in 11m'. */
function statusLine(account: AccountState, look: Look): Line {
  const {strings} = look;
  const read = account.readAt === null ? '' : ageAgo(account.readAt, look.now, strings);
  const words = account.failure ? strings.panel.lastReading(read) : strings.panel.age(read);
  const pieces = [read === '' ? [] : [span(words, 'dim')], [span(nextText(account, look), 'dim')]];
  return joined(pieces.filter(piece => piece[0]?.text !== ''));
}

export function nextText(account: AccountState, look: Look): string {
  const {strings} = look;
  if (account.refreshing) return strings.states.asking;
  if (account.dueAt === null) return strings.panel.nextByHand;
  return account.dueAt <= look.now ? strings.panel.due : strings.panel.nextPoll(coarse(account.dueAt - look.now, look));
}

/** Whole minutes: seconds would change too often for what they say. */
const coarse = (ms: number, look: Look): string =>
  ms < 2 * minute ? look.strings.time.minutes(Math.max(1, Math.round(ms / minute))) : duration(ms, look.strings);
const minute = 60_000;

function sections(panel: PanelModel, view: PanelView, look: Look): PanelContent {
  const heights = sectionHeights(panel, view.density);
  const total = heights.reduce((sum, height) => sum + height, 0);
  const above = Math.max(0, Math.min(view.scroll, total - view.height));
  const lines: Line[] = [];
  let top = 0;
  for (const [index, account] of panel.accounts.entries()) {
    const bottom = top + (heights[index] ?? 0);
    if (bottom > above && top < above + view.height) {
      const own = sectionLines(account, bottom - top, view, look);
      lines.push(...own.slice(Math.max(0, above - top), Math.max(0, above + view.height - top)));
    }
    top = bottom;
    if (top >= above + view.height) break;
  }
  return {lines, above, below: Math.max(0, total - above - view.height)};
}

function sectionLines(account: AccountState, height: number, view: PanelView, look: Look): Line[] {
  const stale = isStale(account, look);
  const windows = windowsOf(account).map(each => windowRow(each, view.columns, look, stale));
  const failed = account.failure ? [failedLine(failureLine(account.failure, look.strings), account.failure, look)] : [];
  const body = [...windows, ...failed];
  const lines = [sectionHeading(account, view.width, look), ...(body.length > 0 ? body : [emptyLine(account, look)])];
  return [...lines, ...Array.from({length: Math.max(0, height - lines.length)}, () => blank)];
}

function sectionHeading(account: AccountState, width: number, look: Look): Line {
  const marks = marksOf(look);
  const plan = account.reading?.plan;
  const left = joined([[span(account.label, 'accent')], plan ? [span(plan, 'dim')] : []]);
  const right = account.refreshing ? marks.asking : age(account.readAt, look.now, look.strings);
  const rule = marks.rule.repeat(Math.max(0, width - lineWidth(left) - right.length - 2));
  return spread([...left, span(` ${rule} `, 'border')], [span(right, 'dim')], width);
}

/** Everything that the filter looks at, in small letters. */
export function searchable(panel: PanelModel, account: AccountState, look: Look): string {
  const outcome = outcomeOf(account);
  const words =
    outcome === 'ok' || outcome === 'ok_empty' ? look.strings.outcomes[outcome] : look.strings.failures[outcome];
  return [panel.info.id, panel.info.name, account.label, account.reading?.plan ?? '', outcome, words]
    .join('\n')
    .toLowerCase();
}

/** The panels with those accounts that match every word of the filter; all of them without one. */
export function filtered(panels: readonly PanelModel[], filter: string, look: Look): PanelModel[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...panels];
  return panels.flatMap(panel => {
    const accounts = panel.accounts.filter(each => words.every(word => searchable(panel, each, look).includes(word)));
    return accounts.length > 0 ? [{...panel, accounts}] : [];
  });
}

/** The tightest window of a panel's accounts, with the account it belongs to. */
export const tightestOf = (panel: PanelModel, now: number) => tightestWindow(panel.accounts, now);
