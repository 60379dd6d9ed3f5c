import {usedOf} from '../../core/health.ts';
import type {AccountState, Window} from '../../core/model.ts';
import {hasReset} from '../../core/reading-at.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, padEnd, padStart} from '../format/cells.ts';
import {briefName, windowLabel, windowShortLabel} from '../format/labels.ts';
import {clock, countdown, dayTime} from '../format/time.ts';
import {isStale} from './account-parts.ts';
import {fitLine, type Line, type Span, span} from './line.ts';
import type {ListView} from './list-view.ts';
import type {PanelModel} from './panel.ts';
import {markCells, markSpan, percentCells, valueSpan} from './window.ts';

/** When limits reset, the soonest first. */

type Reset = {panel: PanelModel; account: AccountState; window: Window; at: number};
/** Limits of one length that reset in the same minute: a plan's month ends for all its accounts at once. */
export type AgendaEntry = readonly [Reset, ...Reset[]];

const minute = 60_000;

/** All resets to come of the panels' limits. One without a limit (unlimited) changes nothing when it comes. */
export function agendaOf(panels: readonly PanelModel[], now: number): AgendaEntry[] {
  const entries = new Map<string, [Reset, ...Reset[]]>();
  for (const reset of resetsOf(panels, now).sort((a, b) => a.at - b.at)) {
    const key = `${Math.floor(reset.at / minute)} ${reset.window.id}`;
    const entry = entries.get(key);
    if (entry === undefined) entries.set(key, [reset]);
    else entry.push(reset);
  }
  return [...entries.values()];
}

const resetsOf = (panels: readonly PanelModel[], now: number): Reset[] =>
  panels.flatMap(panel =>
    panel.accounts.flatMap(account =>
      (account.reading?.windows ?? []).flatMap(window => {
        const {resetsAt, use} = window;
        const comes = resetsAt !== null && resetsAt > now && use.state !== 'unlimited' && !hasReset(window);
        return comes ? [{panel, account, window, at: resetsAt}] : [];
      }),
    ),
  );

/** A row for the present moment and one for each entry, of `width` cells; `whole` where the view is the agenda's own. */
export function agendaLines(
  entries: readonly AgendaEntry[],
  width: number,
  context: ViewContext,
  form: 'whole' | 'brief' = 'brief',
): Line[] {
  const {strings, now} = context;
  if (entries.length === 0) return [fitLine([span(strings.agenda.none, 'dim')], width)];
  const rows = entries.map(entry => partsOf(entry, form, context));
  const present = clock(now, strings, context.clock);
  const columns = columnsOf(rows, present, width);
  const first: Line = [timeSpan(present, columns), ...branch('┬', context)];
  return [
    fitLine([...first, span(strings.agenda.now, 'dim')], width),
    ...rows.map((row, index) => entryLine(row, columns, index === rows.length - 1 ? '└' : '├', width, context)),
  ];
}

/** The same where it has the screen to itself: an entry is selected, and can be opened. */
export function agendaList(
  entries: readonly AgendaEntry[],
  selected: number,
  width: number,
  context: ViewContext,
): ListView {
  const at = Math.min(selected, entries.length - 1);
  const lines = agendaLines(entries, width - cursorCells, context, 'whole').map(
    (line, row): Line => [
      span(row === at + 1 ? `${marksOf(context).focus} ` : ' '.repeat(cursorCells), 'accent'),
      ...line,
    ],
  );
  const hits = entries.map((_, index) => ({row: index + 1, index}));
  return {lines, hits, selectedRow: Math.max(0, at + 1), lead: at === 0 ? 1 : 0};
}
const cursorCells = 2;

type Parts = {time: string; who: string; label: string; value: Line; countdown: string};
type Columns = {time: number; who: number; label: number; countdown: number};

function partsOf(entry: AgendaEntry, form: 'whole' | 'brief', context: ViewContext): Parts {
  const {strings, now} = context;
  const [{window, at}] = entry;
  return {
    time: dayTime(at, now, strings, context.clock),
    who: form === 'whole' ? whoInFull(entry) : whoInBrief(entry),
    label: form === 'whole' ? windowLabel(window.id, strings) : windowShortLabel(window.id, strings),
    value: figureOf(entry, context),
    countdown: countdown(at, now, strings),
  };
}

/** 'Google', 'Copilot ×11', 'Z.ai, Zhipu AI'. */
function whoInBrief(entry: AgendaEntry): string {
  const counts = new Map<string, number>();
  for (const {panel} of entry) counts.set(briefName(panel.info), (counts.get(briefName(panel.info)) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ');
}

/** With the account where its provider has several. */
function whoInFull(entry: AgendaEntry): string {
  const names = entry.map(({panel, account}) =>
    panel.accounts.length > 1 ? `${briefName(panel.info)} ${account.label}` : panel.info.name,
  );
  return names.length > mostNamed ? whoInBrief(entry) : names.join(', ');
}
// More accounts in one row are counted.
const mostNamed = 2;

/** The figure of the fullest limit; '≤' says that others that reset then have used less. */
function figureOf(entry: AgendaEntry, context: ViewContext): Line {
  const fullest = entry.reduce((most, each) => (usedIn(each) > usedIn(most) ? each : most));
  const stale = isStale(fullest.account, context);
  const value = valueSpan(fullest.window, context, stale, 0);
  const text = valueSpan(fullest.window, context, stale, percentCells + 2).text.trim();
  const differs = entry.some(each => usedIn(each) !== usedIn(fullest));
  const most = context.show === 'used' ? '≤' : '≥';
  const whole = differs ? most + text : text;
  return [{...value, text: padStart(whole, percentCells + 1)}, markSpan(fullest.window, context, stale)];
}

const usedIn = ({window}: Reset): number => usedOf(window) ?? -1;

const figureCells = percentCells + 1 + markCells;
const branchCells = 4;
const leastWho = 6;

/** Labels keep their room before names do; the countdown stands where everything else does. */
function columnsOf(rows: readonly Parts[], present: string, width: number): Columns {
  const widest = (text: (row: Parts) => string): number => Math.max(...rows.map(row => cellWidth(text(row))));
  const time = Math.max(
    cellWidth(present),
    widest(row => row.time),
  );
  const label = widest(row => row.label);
  const room = width - time - branchCells - 2 - figureCells;
  const who = Math.max(
    leastWho,
    Math.min(
      widest(row => row.who),
      room - label,
    ),
  );
  const rest = room - who - label;
  const countdown = widest(row => row.countdown) + 2;
  return {time, who, label: Math.min(label, Math.max(0, room - who)), countdown: rest >= countdown ? countdown : 0};
}

function entryLine(row: Parts, columns: Columns, mark: '├' | '└', width: number, context: ViewContext): Line {
  const left: Line = [
    timeSpan(row.time, columns),
    ...branch(mark, context),
    span(padEnd(row.who, columns.who)),
    span(` ${padEnd(row.label, columns.label)} `, 'dim'),
  ];
  const until: Span[] = columns.countdown > 0 ? [span(padStart(row.countdown, columns.countdown), 'dim')] : [];
  return fitLine([...left, ...row.value, ...until], width);
}

const timeSpan = (text: string, {time}: Columns): Span => span(padStart(text, time), 'dim');
const asciiBranch = {'┬': '+', '├': '|', '└': '+'} as const;
const branch = (mark: '┬' | '├' | '└', {ascii}: ViewContext): Line => [
  span(`  ${ascii ? asciiBranch[mark] : mark} `, 'border'),
];
