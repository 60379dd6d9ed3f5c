import {tightestWindow} from '../../core/health.ts';
import type {AccountState, MonitorState} from '../../core/model.ts';
import {type NextPoll, nextPolls} from '../../core/polling/next-poll.ts';
import {accountAt} from '../../core/reading-at.ts';
import type {ProviderInfo} from '../../core/services.ts';
import type {ViewContext} from '../context.ts';
import {type Density, densities, type PanelNeed} from '../layout/layout.ts';
import {
  type AccountView,
  extraCount,
  failedHeight,
  naturalHeight,
  singleHeight,
  singleLines,
  windowsOf,
} from './account.ts';
import {blank, type Line} from './line.ts';
import {leastSectionHeight, sectionHeight, sectionLines} from './section.ts';
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
  const rows = Object.fromEntries(densities.map(density => [density, leastRows(panel, density)]));
  const [only] = panel.accounts;
  const long = panel.accounts.length > 1;
  return {
    id: panel.info.id,
    rows: rows as PanelNeed['rows'],
    full: (density, width) => fullRows(panel, density, width, context),
    failed: width => (only && !long ? failedHeight(only, width, context) : 0),
    long,
  };
}

function leastRows(panel: PanelModel, density: Density): number {
  const [only] = panel.accounts;
  if (panel.accounts.length > 1 || !only) return sum(sectionHeights(panel, density, leastSectionHeight));
  const extra = extraCount(only);
  const windows = windowsOf(only).length;
  // Why there are no figures, and what comes next.
  if (windows === 0) return 1 + Math.max(1, extra);
  switch (density) {
    case 'spacious':
      return windows * 3 + (extra > 0 ? extra + 1 : 0) + 1;
    case 'roomy':
      return windows * 2 + (extra > 0 ? extra + 1 : 0) + 1;
    case 'normal':
      return windows + extra + 2;
    case 'tight':
      return windows + 1;
  }
}

/** Rows at which nothing has to be left out and nothing is cut. */
function fullRows(panel: PanelModel, density: Density, width: number, context: ViewContext): number {
  const [only] = panel.accounts;
  return panel.accounts.length > 1 || !only
    ? sum(sectionHeights(panel, density, account => sectionHeight(account, width, context)))
    : naturalHeight(only, density, width, context);
}

/** Sections with a free row between two, where there is room. */
const sectionHeights = (panel: PanelModel, density: Density, height: (account: AccountState) => number): number[] =>
  panel.accounts.map(
    (account, index) => height(account) + (density === 'tight' || index === panel.accounts.length - 1 ? 0 : 1),
  );

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

// A hundred accounts have the same few windows: the first ones tell.
const tellingAccounts = 8;

/** Columns shared by all panels of a width. */
export const columnsFor = (panels: readonly PanelModel[], width: number, context: ViewContext): RowColumns =>
  rowColumns(
    panels.flatMap(panel => panel.accounts.slice(0, tellingAccounts).flatMap(windowsOf)),
    width,
    context.strings,
  );

export type PanelView = AccountView & {scroll: number};
/** `above` and `below`: rows that are hidden there. */
export type PanelContent = {lines: Line[]; above: number; below: number};

/** The rows of a panel that are visible, at most `height` of them; only these are made. */
export function panelContent(panel: PanelModel, view: PanelView, context: ViewContext): PanelContent {
  const [only] = panel.accounts;
  if (!only) return {lines: [], above: 0, below: 0};
  return panel.accounts.length > 1
    ? sections(panel, view, context)
    : windowed(singleLines(only, nextOf(panel, only), view, context), view);
}

function windowed(lines: Line[], view: PanelView): PanelContent {
  const above = Math.max(0, Math.min(view.scroll, lines.length - view.height));
  const shown = lines.slice(above, above + view.height);
  return {lines: shown, above, below: lines.length - above - shown.length};
}

/** How far a panel can be scrolled. */
export function mostScroll(panel: PanelModel, view: Omit<AccountView, 'columns'>, context: ViewContext): number {
  const [only] = panel.accounts;
  const single = panel.accounts.length === 1 && only;
  const rows = single ? singleHeight(only, view, context) : fullRows(panel, view.density, view.width, context);
  return Math.max(0, rows - view.height);
}

function sections(panel: PanelModel, view: PanelView, context: ViewContext): PanelContent {
  const heights = sectionHeights(panel, view.density, account => sectionHeight(account, view.width, context));
  const total = sum(heights);
  const above = Math.max(0, Math.min(view.scroll, total - view.height));
  const end = above + view.height;
  const lines: Line[] = [];
  let top = 0;
  for (const [index, account] of panel.accounts.entries()) {
    const bottom = top + (heights[index] ?? 0);
    if (bottom > above) {
      const own = filledTo(sectionLines(account, view, context), bottom - top);
      lines.push(...own.slice(Math.max(0, above - top), end - top));
    }
    top = bottom;
    if (top >= end) break;
  }
  return {lines, above, below: Math.max(0, total - end)};
}

const filledTo = (lines: Line[], height: number): Line[] => [
  ...lines,
  ...Array.from({length: Math.max(0, height - lines.length)}, () => blank),
];

/** The tightest window of a panel's accounts, with the account it belongs to. */
export const tightestOf = (panel: PanelModel) => tightestWindow(panel.accounts);
