import type {ForecastOf} from '../../core/foresight/forecasts.ts';
import {foreseen} from '../../core/foresight/outlook-of.ts';
import {tightestWindow} from '../../core/health.ts';
import type {AccountState, MonitorState} from '../../core/model.ts';
import {type NextPoll, nextPolls} from '../../core/polling/next-poll.ts';
import {accountAt} from '../../core/reading-at.ts';
import type {ProviderInfo} from '../../core/services.ts';
import type {ViewContext} from '../context.ts';
import type {PanelNeed} from '../layout/layout.ts';
import {hasTrend} from '../plot/trend.ts';
import {rememberingEach} from '../sharing.ts';
import {type AccountView, accountRows, leastRows, wholeRows} from './account.ts';
import {asRows, type PanelRow, windowsOf} from './account-parts.ts';
import {type RowColumns, rowColumns} from './columns.ts';
import {alarmsOf, type Hidden} from './hidden.ts';
import type {Line} from './line.ts';
import {lowerBorder} from './lower-border.ts';
import {groupedWindows} from './quiet-rows.ts';
import {sectionRows} from './section.ts';

/** What a panel shows: a provider and those of its accounts that the filter lets through. */
export type PanelModel = {
  info: ProviderInfo;
  accounts: readonly AccountState[];
  discovered: boolean;
  /** By account key. */
  next: ReadonlyMap<string, NextPoll>;
  /** Origin that stands in for the service's own hosts. */
  endpoint?: string;
};

/** When the account is refreshed next. */
export const nextOf = (panel: PanelModel, account: AccountState): NextPoll => panel.next.get(account.key) ?? byHand;

/** One panel per provider that has accounts, in the order of the settings, with what is known of them at `now`. */
export function panelsOf(
  state: MonitorState,
  catalogue: readonly ProviderInfo[],
  now: number,
  forecastOf: ForecastOf = () => null,
): PanelModel[] {
  const polls = nextPolls(state, now);
  return state.providers.flatMap(provider => {
    const info = catalogue.find(each => each.id === provider.id);
    const accounts = provider.accounts
      .flatMap(key => state.accounts[key] ?? [])
      .map(each => foreseenAt(accountKnownAt(each, now), forecastOf, now));
    const {discovered, endpoint} = provider;
    const next = new Map(accounts.flatMap(({key}) => entryOf(polls, key)));
    const panel = {accounts, discovered, next, ...(endpoint === undefined ? {} : {endpoint})};
    return info && accounts.length > 0 ? [{info, ...panel}] : [];
  });
}

const accountKnownAt = rememberingEach(accountAt<AccountState>);

/** As `foreseen`: the same object for as long as the same is forecast. */
const foreseenAt = (account: AccountState, forecastOf: ForecastOf, now: number): AccountState =>
  foretold(account, now, ...(account.reading?.windows ?? []).map(window => forecastOf(account, window)));

const foretold = rememberingEach(
  (account: AccountState, now: number, ...forecasts: readonly ReturnType<ForecastOf>[]): AccountState =>
    foreseen(account, (_, window) => forecasts[account.reading?.windows.indexOf(window) ?? -1] ?? null, now),
);

const entryOf = <Value>(map: ReadonlyMap<string, Value>, key: string): [string, Value][] => {
  const value = map.get(key);
  return value === undefined ? [] : [[key, value]];
};

/** The first refresh to come of any of its accounts. */
export function nextOfAll(panel: PanelModel): NextPoll {
  const polls = panel.accounts.map(account => nextOf(panel, account));
  const timeOf = (poll: NextPoll): number => ('at' in poll ? poll.at : poll.kind === 'running' ? 0 : lastOfAll);
  return polls.reduce<NextPoll>((first, poll) => (timeOf(poll) < timeOf(first) ? poll : first), polls[0] ?? byHand);
}
const lastOfAll = Number.POSITIVE_INFINITY;
const byHand: NextPoll = {kind: 'by-hand'};

/** Rows of content at which nothing is hidden or cut, and with how few the panel still says something. */
export const needOf = rememberingEach((panel: PanelModel, context: ViewContext): PanelNeed => {
  const only = onlyOf(panel);
  return {
    id: panel.info.id,
    full: width => wholeOf(panel, width, context).length,
    least: width =>
      Math.min(mostLeast, only ? leastRows(only, context) : mostLeast, wholeOf(panel, width, context).length),
  };
});
/** A panel with many rows is content with this many when others need the room. */
const mostLeast = 8;

/** The account that has the panel to itself. */
const onlyOf = ({accounts}: PanelModel): AccountState | undefined => (accounts.length === 1 ? accounts[0] : undefined);

/** Everything that a panel has to say; of several accounts a section each. */
function wholeOf(panel: PanelModel, width: number, context: ViewContext): readonly PanelRow[] {
  const only = onlyOf(panel);
  return remembered(panel, context, width, () => {
    const {beside} = lowerBorder(panel, width, context);
    if (only) return wholeRows(only, beside, width, context);
    return [...panel.accounts.flatMap(each => sectionOf(each, width, context)), ...asRows(beside.endpoint)];
  });
}

const sectionOf = rememberingEach(sectionRows);

type Remembered = {context: ViewContext; rows: Map<number, readonly PanelRow[]>};
const rowsByPanel = new WeakMap<PanelModel, Remembered>();
// Widths of a window that is being resized are not asked for again.
const mostRemembered = 8;

/** There may be hundreds of accounts: their rows are counted for every width and drawn, and made once. */
function remembered(panel: PanelModel, context: ViewContext, width: number, make: () => readonly PanelRow[]) {
  const last = rowsByPanel.get(panel);
  const own =
    last?.context === context && last.rows.size < mostRemembered
      ? last
      : {context, rows: new Map<number, readonly PanelRow[]>()};
  const rows = own.rows.get(width) ?? make();
  rowsByPanel.set(panel, {context, rows: own.rows.set(width, rows)});
  return rows;
}

// A hundred accounts have the same few windows: the first ones tell.
const tellingAccounts = 8;

/** Columns shared by all panels of a width. */
export const columnsFor = (panels: readonly PanelModel[], width: number, context: ViewContext): RowColumns =>
  rowColumns(
    panels.flatMap(panel =>
      panel.accounts.slice(0, tellingAccounts).flatMap(each => groupedWindows(windowsOf(each)).single),
    ),
    width,
    context,
    {trend: panels.some(panel => panel.accounts.slice(0, tellingAccounts).some(each => hasTrends(each, context)))},
  );

/** Whether any of its windows has a history. */
export const hasTrends = (account: AccountState, {historyOf}: ViewContext): boolean =>
  windowsOf(account).some(({id}) => hasTrend(historyOf?.(account.key, id)));

/** All rows of a panel, however many of them are visible. */
function rowsOf(panel: PanelModel, view: AccountView, context: ViewContext): readonly PanelRow[] {
  const whole = wholeOf(panel, view.width, context);
  const only = onlyOf(panel);
  if (!only || whole.length <= view.height) return whole;
  return accountRows(only, lowerBorder(panel, view.width, context).beside, view, context);
}

export type PanelView = AccountView & {columns: RowColumns; scroll: number};
export type PanelContent = {lines: Line[]} & Hidden;

/** The rows of a panel that are visible, at most `height` of them; only these are written. */
export function panelContent(panel: PanelModel, view: PanelView, context: ViewContext): PanelContent {
  const rows = rowsOf(panel, view, context);
  const above = Math.max(0, Math.min(view.scroll, rows.length - view.height));
  const shown = rows.slice(above, above + view.height);
  return {
    lines: shown.map(({line}) => line(view.columns)),
    above,
    below: rows.length - above - shown.length,
    alarms: {above: alarmsOf(rows.slice(0, above)), below: alarmsOf(rows.slice(above + shown.length))},
  };
}

/** How far a panel can be scrolled. */
export const mostScroll = (panel: PanelModel, view: AccountView, context: ViewContext): number =>
  Math.max(0, rowsOf(panel, view, context).length - view.height);

/** The tightest window of a panel's accounts, with the account it belongs to. */
export const tightestOf = (panel: PanelModel) => tightestWindow(panel.accounts);
