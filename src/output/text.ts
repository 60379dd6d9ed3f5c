import type {ForecastOf} from '../core/foresight/forecasts.ts';
import {foreseen} from '../core/foresight/outlook-of.ts';
import type {AccountState, MonitorState, Window} from '../core/model.ts';
import {accountsAt} from '../core/reading-at.ts';
import type {Settings} from '../core/settings.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {toAscii, type ViewContext} from '../view/context.ts';
import {cellWidth, padEnd, padStart, wrap} from '../view/format/cells.ts';
import {failureLine, noteText, remedyText, windowLabel} from '../view/format/labels.ts';
import {hideIdentities} from '../view/format/privacy.ts';
import {amountText} from '../view/format/quantity.ts';
import {ageAgo} from '../view/format/time.ts';
import {cellsOf, markCells, mostBar, type RowColumns, rowColumns, withOutlook} from '../view/rows/columns.ts';
import {type Line, plain, type Span, span, spread} from '../view/rows/line.ts';
import {windowRow} from '../view/rows/window.ts';
import type {Strings} from '../view/strings/index.ts';
import {type Tone, themeFor} from '../view/theme/theme.ts';

/** `--once`: one reading as text that fits the width, and the plain sentences for dumb terminals and screen readers. */
export type TextOptions = {
  now: number;
  /** Cells; 80 where there is no terminal. */
  width: number;
  color: boolean;
  ascii: boolean;
  privacy: boolean;
  strings: Strings;
  hourCycle: 12 | 24;
  show: 'used' | 'left';
  thresholds: Settings['thresholds'];
  /** Names of providers by id. */
  names: Readonly<Record<string, string>>;
  /** Why logins that are there are not shown. */
  absent?: readonly string[];
  forecastOf?: ForecastOf;
};

// Wider than this, the eye loses the line between label and number.
const [narrowest, widest] = [20, 100];
const indent = '  ';

/** The whole answer, with a line break at its end. Only a link may be longer than the width: a cut link is useless. */
export function onceText(state: MonitorState, given: TextOptions): string {
  const options = {...given, width: Math.max(narrowest, Math.min(widest, given.width))};
  const {now, forecastOf = () => null} = options;
  const read = accountsAt(options.privacy ? hideIdentities(state) : state, now);
  const accounts = read.map(account => foreseen(account, forecastOf, now));
  const lines = accounts.length === 0 ? nothingLines(options) : tableLines(state, accounts, options);
  const text = lines.map(line => (options.color ? painted(line) : plain(line)).trimEnd()).join('\n');
  return `${options.ascii ? toAscii(text) : text}\n`;
}

const nothingLines = (options: TextOptions): Line[] =>
  nothingTexts(options).flatMap(text => wrap(text, options.width).map(row => [span(row)]));

/** In place of a table: how to begin; or why what is there is not shown. */
export function nothingTexts({strings: {start}, absent = []}: TextOptions): readonly string[] {
  return absent.length > 0 ? [start.notShown, ...absent] : [start.title, start.discovered, start.demo, start.doctor];
}

function tableLines(state: MonitorState, accounts: readonly AccountState[], options: TextOptions): Line[] {
  const context = contextOf(options);
  const windows = accounts.flatMap(({reading}) => reading?.windows ?? []);
  const columns = columnsOf(windows, context, options.width);
  const sections = accounts.map(account =>
    sectionLines(account, columns, context, options, endpointIn(state, account)),
  );
  const head = windows.length === 0 ? [] : [headLine(columns, options)];
  return [...head, ...sections.flatMap((lines, at) => (at === 0 ? lines : [[], ...lines]))];
}

// A bar of this length still tells a tenth; what is beyond it may go to the names.
const leastBar = 12;

/** The columns of the screen's rows, with the names of the limits in full where a bar still fits beside them. */
function columnsOf(windows: readonly Window[], context: ViewContext, width: number): RowColumns {
  const room = width - indent.length;
  const columns = rowColumns(windows, room, context, {bar: room, outlook: false});
  const full = Math.max(0, ...windows.map(({id}) => cellWidth(windowLabel(id, context.strings))));
  const bar = columns.bar - (full - columns.label);
  const widest = columns.full || bar < leastBar ? columns : {...columns, label: full, bar, full: true};
  const drawn = {...widest, bar: Math.min(mostBar, widest.bar)};
  return windows.some(({outlook}) => outlook) ? (withOutlook(drawn, room) ?? drawn) : drawn;
}

const contextOf = ({now, strings, hourCycle, show, thresholds, ascii}: TextOptions): ViewContext => ({
  now,
  strings,
  clock: {hourCycle},
  show,
  thresholds,
  ascii,
  glyphs: ascii ? 'ascii' : 'line',
  theme: themeFor('16', '16', 'dark'),
  // One reading: what is old is what could not be renewed.
  intervalOf: () => Number.POSITIVE_INFINITY,
});

/** Names of the columns, over the rows as `windowRow` lays them out. */
function headLine(columns: RowColumns, {strings, show}: TextOptions): Line {
  const {table} = strings;
  const reset = columns.reset > 0 ? markCells + columns.pace + 1 + columns.reset : 0;
  const value = cellsOf({...columns, outlook: 0}) - columns.label - 1 - Math.max(reset, markCells + columns.pace);
  const label = padEnd(table.window, columns.label + 1);
  const figure = padStart(show === 'used' ? table.used : table.left, value);
  return [span(`${indent}${label}${figure}${reset > 0 ? padStart(table.resets, reset) : ''}`, 'dim')];
}

/** The origin that stands in for the account's service. */
export const endpointIn = (state: MonitorState, {provider}: AccountState): string | undefined =>
  state.providers.find(({id}) => id === provider)?.endpoint;

function sectionLines(
  account: AccountState,
  columns: RowColumns,
  context: ViewContext,
  options: TextOptions,
  endpoint: string | undefined,
): Line[] {
  const {failure, reading} = account;
  const stale = failure !== null;
  const rows = (reading?.windows ?? []).map(window => [span(indent), ...windowRow(window, columns, context, stale)]);
  const host = endpoint === undefined ? [] : below(options.strings.panel.endpoint(endpoint), 'warn', options);
  return [
    headingLine(account, options),
    ...host,
    ...rows,
    ...extraLines(account, options),
    ...failureLines(account, options),
  ];
}

/** 'OpenAI · user@example.com · Plus            4m ago'. */
function headingLine(account: AccountState, options: TextOptions): Line {
  const {strings, now, names, width} = options;
  const name = names[account.provider] ?? account.provider;
  const rest = [account.label, account.reading?.plan ?? ''].filter(Boolean).map(text => ` · ${sanitize(text, 200)}`);
  const old = account.readAt === null ? '' : ageAgo(account.readAt, now, strings);
  return spread([span(name, 'title'), span(rest.join(''))], old === '' ? [] : [span(` ${old}`, 'dim')], width);
}

function extraLines({reading, readAt}: AccountState, options: TextOptions): Line[] {
  if (reading === null) return [];
  const {strings, now} = options;
  const amounts = reading.amounts.map(amount => `${strings.amounts[amount.id]}: ${amountText(amount, strings)}`);
  const notes = reading.notes.map(note => noteText(note, now, strings, options));
  const isEmpty = reading.windows.length + amounts.length + notes.length === 0;
  const cure = isEmpty && reading.remedy !== undefined ? [remedyText(reading.remedy, strings)] : [];
  return [
    ...amounts,
    ...notes,
    ...(isEmpty ? [readAt === null ? strings.states.noReading : strings.panel.noWindows] : []),
    ...cure,
  ].flatMap(text => below(text, 'dim', options));
}

function failureLines({failure, reading}: AccountState, options: TextOptions): Line[] {
  const {strings} = options;
  if (failure !== null) return below(`! ${failureLine(failure, strings)}`, 'critical', options);
  return reading === null ? below(strings.states.noReading, 'dim', options) : [];
}

function below(text: string, tone: Tone, {width}: TextOptions): Line[] {
  return wrapAroundLinks(text, width - indent.length).map(line => [span(indent), span(line, tone)]);
}

function wrapAroundLinks(text: string, width: number): string[] {
  const long = /\S+:\/\/\S+/.exec(text);
  if (long === null || cellWidth(long[0]) <= width) return wrap(text, width);
  const [before, after] = [text.slice(0, long.index), text.slice(long.index + long[0].length)];
  return [...wrap(before, width), long[0], ...(after.trim() === '' ? [] : wrapAroundLinks(after.trim(), width))];
}

// ── Colour ──────────────────────────────────────────────────────────────────────────────────────────────────────────

// The sixteen colours of every terminal, as its owner has set them.
const codes: Record<Tone, string> = {
  text: '',
  ok: '32',
  warn: '33',
  critical: '1;31',
  okStale: '2;32',
  warnStale: '2;33',
  criticalStale: '2;31',
  dim: '2',
  accent: '36',
  title: '1',
  border: '2',
  borderFocused: '36',
  track: '2',
  tick: '',
};

const painted = (line: Line): string => line.map(paintedSpan).join('');

function paintedSpan({text, tone, inverse}: Span): string {
  const code = [tone === undefined ? '' : codes[tone], inverse ? '7' : ''].filter(Boolean).join(';');
  return code === '' ? text : `\u001b[${code}m${text}\u001b[0m`;
}
