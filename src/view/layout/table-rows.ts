import {compareTightness, severityOf, tightestWindow} from '../../core/health.ts';
import type {AccountState, Window} from '../../core/model.ts';
import {hasReset} from '../../core/reading-at.ts';
import type {ProviderInfo} from '../../core/services.ts';
import type {SortName} from '../../core/settings.ts';
import type {ViewContext} from '../context.ts';
import {isStopped, windowsOf} from '../rows/account-parts.ts';
import type {PanelModel} from '../rows/panel.ts';
import {rememberingEach} from '../sharing.ts';

/** The rows of the table, in their order. */

type Thresholds = ViewContext['thresholds'];

export type TableRow = {
  /** The account's key; of quiet accounts that share a row, made of their provider's id. */
  id: string;
  info: ProviderInfo;
  /** One, or the quiet ones that share the row. */
  accounts: readonly AccountState[];
  folded: boolean;
  /** The provider has other accounts: its name alone does not tell them apart. */
  crowded: boolean;
  /** The provider's number, as the keys 1–9 count. */
  number: number;
};

const foldId = (provider: string): string => `${provider}:*`;
/** Fewer would need as many rows as without the fold. */
const leastFolded = 2;

/** A row for each account, or one for all quiet accounts of a provider that is folded; `numbers` by provider. */
export function tableRowsOf(
  panels: readonly PanelModel[],
  numbers: ReadonlyMap<string, number>,
  isFolded: (provider: string) => boolean,
  context: ViewContext,
): TableRow[] {
  return panels.flatMap(panel =>
    rowsOf(panel, numbers.get(panel.info.id) ?? 0, isFolded(panel.info.id), context.thresholds),
  );
}

/** What is drawn of one account, for as long as nothing in it changes. */
const singleRow = rememberingEach(
  (account: AccountState, info: ProviderInfo, crowded: boolean, number: number): TableRow => ({
    info,
    crowded,
    number,
    id: account.key,
    accounts: [account],
    folded: false,
  }),
);

const rowsOf = rememberingEach(
  ({info, accounts}: PanelModel, number: number, isFolded: boolean, thresholds: Thresholds): readonly TableRow[] => {
    const quiet = isFolded ? accounts.filter(each => isQuiet(each, {thresholds})) : [];
    const shared = new Set(quiet.length >= leastFolded ? quiet : []);
    const crowded = accounts.length > 1;
    const single = accounts.filter(each => !shared.has(each)).map(each => singleRow(each, info, crowded, number));
    if (shared.size === 0) return single;
    return [...single, {info, crowded, number, id: foldId(info.id), accounts: [...shared], folded: true}];
  },
);

/** True when a provider has accounts that could share a row. */
export const canFold = ({accounts}: Pick<PanelModel, 'accounts'>, context: Pick<ViewContext, 'thresholds'>): boolean =>
  accounts.filter(each => isQuiet(each, context)).length >= leastFolded;

/** Read without failure, all figures known and none near its limit: the worst of them says enough of all. */
function isQuiet(account: AccountState, {thresholds}: Pick<ViewContext, 'thresholds'>): boolean {
  const windows = windowsOf(account);
  const isCalm = (window: Window): boolean => {
    const severity = severityOf(window, thresholds);
    return severity === 'ok' || (severity === 'none' && (window.use.state !== 'unknown' || hasReset(window)));
  };
  return account.failure === null && windows.length > 0 && windows.every(isCalm) && !isStopped(account);
}

type Sortable = {info: ProviderInfo; accounts: readonly AccountState[]};

/** In the order that was asked for; what is equal there stays as it was. */
export function sorted<Item extends Sortable>(items: readonly Item[], sort: SortName, now: number): readonly Item[] {
  switch (sort) {
    case 'order':
      return items;
    case 'tightest':
      return byTightness(items);
    case 'reset':
      return byNumber(items, ({accounts}) => soonestReset(accounts, now) ?? Number.POSITIVE_INFINITY);
    case 'name':
      return items.toSorted((a, b) => compared(nameOf(a), nameOf(b)));
  }
}

function byNumber<Item>(items: readonly Item[], numberOf: (item: Item) => number): Item[] {
  const ranked = items.map(item => ({item, rank: numberOf(item)}));
  // Infinity minus infinity is no number.
  return ranked.sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank)).map(({item}) => item);
}

const nameOf = ({info, accounts}: Sortable): string => `${info.name}\n${accounts[0]?.label ?? ''}`.toLowerCase();
const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What is not known comes after everything that is. */
function byTightness<Item extends Sortable>(items: readonly Item[]): Item[] {
  const ranked = items.map(item => ({item, window: tightestWindow(item.accounts)?.window ?? null}));
  const compare = (one: Window | null, other: Window | null): number =>
    one === null || other === null ? Number(one === null) - Number(other === null) : compareTightness(one, other);
  return ranked.sort((a, b) => compare(a.window, b.window)).map(({item}) => item);
}

/** The next reset of a limit with a figure; null when none is told. */
export function soonestReset(accounts: readonly AccountState[], now: number): number | null {
  const times = accounts
    .flatMap(windowsOf)
    .flatMap(window => (window.use.state === 'known' && window.resetsAt !== null ? [window.resetsAt] : []));
  const coming = times.filter(at => at > now);
  return times.length === 0 ? null : Math.min(...(coming.length > 0 ? coming : times));
}

/** The row that is meant: its own, the one that its account shares, the first of its provider, or the first of all. */
export function focusedRow(
  rows: readonly TableRow[],
  row: string | null,
  provider: string | null,
): TableRow | undefined {
  return (
    rows.find(({id}) => id === row) ??
    rows.find(({accounts}) => accounts.some(({key}) => key === row)) ??
    rows.find(({info}) => info.id === provider) ??
    rows[0]
  );
}
