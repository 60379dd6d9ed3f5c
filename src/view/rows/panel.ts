import {tightestWindow} from '../../core/health.ts';
import type {AccountState, MonitorState} from '../../core/model.ts';
import {type NextPoll, nextPolls} from '../../core/polling/next-poll.ts';
import {accountAt} from '../../core/reading-at.ts';
import type {ProviderInfo} from '../../core/services.ts';
import type {ViewContext} from '../context.ts';
import {type Density, densities, type PanelNeed} from '../layout/layout.ts';
import {type AccountView, accountRows, failedHeight, leastHeight, wholeHeight} from './account.ts';
import {blankRow, type PanelRow, windowsOf} from './account-parts.ts';
import type {Line} from './line.ts';
import {sectionRows} from './section.ts';
import {type RowColumns, rowColumns} from './window.ts';

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
export const nextOf = (panel: PanelModel, account: AccountState): NextPoll =>
  panel.next.get(account.key) ?? {kind: 'by-hand'};

/** One panel per provider that has accounts, in the order of the settings, with what is known of them at `now`. */
export function panelsOf(state: MonitorState, catalogue: readonly ProviderInfo[], now: number): PanelModel[] {
  const polls = nextPolls(state, now);
  return state.providers.flatMap(provider => {
    const info = catalogue.find(each => each.id === provider.id);
    const accounts = provider.accounts.flatMap(key => state.accounts[key] ?? []).map(each => accountAt(each, now));
    const {discovered, endpoint} = provider;
    const next = new Map(accounts.flatMap(({key}) => entryOf(polls, key)));
    const panel = {accounts, discovered, next, ...(endpoint === undefined ? {} : {endpoint})};
    return info && accounts.length > 0 ? [{info, ...panel}] : [];
  });
}

const entryOf = <Value>(map: ReadonlyMap<string, Value>, key: string): [string, Value][] => {
  const value = map.get(key);
  return value === undefined ? [] : [[key, value]];
};

/** Rows that the panel wants. The row of a failure is counted whether there is one or not. */
export function needOf(panel: PanelModel, context: ViewContext): PanelNeed {
  const only = onlyOf(panel);
  const leastRows = (density: Density): number =>
    only ? leastHeight(only, density, context) : sectionsOf(panel, density, anyWidth, context).length;
  const rows = Object.fromEntries(densities.map(density => [density, leastRows(density)]));
  return {
    id: panel.info.id,
    rows: rows as PanelNeed['rows'],
    full: (density, width) =>
      only ? wholeHeight(only, density, width, context) : sectionsOf(panel, density, width, context).length,
    failed: width => (only ? failedHeight(only, width, context) : 0),
    long: panel.accounts.length > 1,
  };
}

// Each text in one row.
const anyWidth = Number.POSITIVE_INFINITY;

/** The account that has the panel to itself. */
const onlyOf = ({accounts}: PanelModel): AccountState | undefined => (accounts.length === 1 ? accounts[0] : undefined);

/** A section for each account, with a free row between two where there is room. */
function sectionsOf(panel: PanelModel, density: Density, width: number, context: ViewContext): readonly PanelRow[] {
  const gap = density === 'tight' ? [] : [blankRow];
  return remembered(panel, context, `${gap.length} ${width}`, () =>
    panel.accounts.flatMap((account, index) => [...(index > 0 ? gap : []), ...sectionRows(account, width, context)]),
  );
}

type Remembered = {context: ViewContext; rows: Map<string, readonly PanelRow[]>};
const rowsByPanel = new WeakMap<PanelModel, Remembered>();
// Widths of a window that is being resized are not asked for again.
const mostRemembered = 8;

/** There may be hundreds of accounts: their rows are counted for every density and drawn, and made once. */
function remembered(panel: PanelModel, context: ViewContext, key: string, make: () => readonly PanelRow[]) {
  const last = rowsByPanel.get(panel);
  const own =
    last?.context === context && last.rows.size < mostRemembered
      ? last
      : {context, rows: new Map<string, readonly PanelRow[]>()};
  const rows = own.rows.get(key) ?? make();
  rowsByPanel.set(panel, {context, rows: own.rows.set(key, rows)});
  return rows;
}

// A hundred accounts have the same few windows: the first ones tell.
const tellingAccounts = 8;

/** Columns shared by all panels of a width. */
export const columnsFor = (panels: readonly PanelModel[], width: number, context: ViewContext): RowColumns =>
  rowColumns(
    panels.flatMap(panel => panel.accounts.slice(0, tellingAccounts).flatMap(windowsOf)),
    width,
    context.strings,
  );

/** All rows of a panel, however many of them are visible. */
function rowsOf(panel: PanelModel, view: AccountView, context: ViewContext): readonly PanelRow[] {
  const only = onlyOf(panel);
  return only
    ? accountRows(only, nextOf(panel, only), view, context)
    : sectionsOf(panel, view.density, view.width, context);
}

export type PanelView = AccountView & {columns: RowColumns; scroll: number};
/** `above` and `below`: rows that are hidden there. */
export type PanelContent = {lines: Line[]; above: number; below: number};

/** The rows of a panel that are visible, at most `height` of them; only these are written. */
export function panelContent(panel: PanelModel, view: PanelView, context: ViewContext): PanelContent {
  const rows = rowsOf(panel, view, context);
  const above = Math.max(0, Math.min(view.scroll, rows.length - view.height));
  const shown = rows.slice(above, above + view.height);
  return {lines: shown.map(row => row(view.columns)), above, below: rows.length - above - shown.length};
}

/** How far a panel can be scrolled. */
export const mostScroll = (panel: PanelModel, view: AccountView, context: ViewContext): number =>
  Math.max(0, rowsOf(panel, view, context).length - view.height);

/** The tightest window of a panel's accounts, with the account it belongs to. */
export const tightestOf = (panel: PanelModel) => tightestWindow(panel.accounts);
