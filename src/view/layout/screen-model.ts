import type {MonitorState} from '../../core/model.ts';
import type {ProviderInfo} from '../../core/services.ts';
import type {LayoutSettings, SortName} from '../../core/settings.ts';
import type {ViewContext} from '../context.ts';
import {filtered} from '../filter.ts';
import {type Absence, absenceIn, hiddenNames} from '../rows/absence.ts';
import {type FoldedColumns, foldedColumns} from '../rows/folded.ts';
import {hasNotSetUp, notSetUp} from '../rows/not-set-up.ts';
import {needOf, type PanelModel} from '../rows/panel.ts';
import {remembering, rememberingEach} from '../sharing.ts';
import type {Ui} from '../ui-state.ts';
import {type Layout, layout} from './layout.ts';
import {insideOf} from './placing.ts';
import {type PanelSlot, slotsOf} from './slots.ts';
import {type AccountTable, hasRoomForTable, type TableInput, tabled} from './table.ts';
import {canFold, sorted, type TableRow} from './table-rows.ts';

/** What stands where, worked out from everything that decides about it. Drawing and keys both read it. */
export type ScreenModel = {
  columns: number;
  rows: number;
  /** Every panel, and those that the filter lets through. */
  all: readonly PanelModel[];
  panels: readonly PanelModel[];
  layout: Layout;
  /** Id of the focused provider; null when there is none. */
  focus: string | null;
  slots: readonly PanelSlot[];
  /** In place of the panels; null while these are shown. */
  table: AccountTable | null;
  /** The panel below it: of the focused account alone. */
  preview: PanelModel | null;
  /** Whether the next resets may stand in free room. */
  agenda: boolean;
  /** Whether the history of the focused limit may. */
  history: boolean;
  folded: FoldedColumns;
  /** Names of providers for which no login was found, and of those whose logins are all hidden. */
  notSetUp: readonly string[];
  hidden: readonly string[];
  absence: Absence;
  /** How many notices there are to read. */
  notices: number;
};

export type {PanelSlot} from './slots.ts';

export type ScreenModelInput = {
  /** Every panel. */
  all: readonly PanelModel[];
  state: MonitorState;
  catalogue: readonly ProviderInfo[];
  /** Ids of providers that the command line names. */
  named?: readonly string[] | undefined;
  ui: Ui;
  wanted: LayoutSettings;
  columns: number;
  rows: number;
  context: ViewContext;
};

// A key leaves most of a model as it was, and so does a reading: each part is worked out again when what it follows from
// has changed.
const panelsOf = remembering(
  (all: readonly PanelModel[], filter: string, sort: SortName, context: ViewContext): readonly PanelModel[] =>
    sorted(filtered(all, filter, context), sort, context.now),
);
// The catalogue changes with the settings, and these are in the context.
const besidesOf = remembering(
  (
    state: MonitorState,
    catalogue: readonly ProviderInfo[],
    named: readonly string[] | undefined,
    _: ViewContext,
  ): Pick<ScreenModel, 'notSetUp' | 'hidden' | 'absence'> => ({
    notSetUp: notSetUp(state, catalogue),
    hidden: hiddenNames(state, catalogue),
    absence: absenceIn(state, catalogue, named),
  }),
);
const needsOf = remembering((panels: readonly PanelModel[], context: ViewContext) =>
  panels.map(panel => needOf(panel, context)),
);
const foldedOf = remembering(foldedColumns);
const alone = rememberingEach((panel: PanelModel): readonly PanelModel[] => [panel]);
const none: readonly PanelModel[] = [];

export function screenModelOf(input: ScreenModelInput): ScreenModel {
  const {all, state, catalogue, named, ui, wanted, columns, rows, context} = input;
  const panels = panelsOf(all, ui.filter, wanted.sort, context);
  const besides = besidesOf(state, catalogue, named, context);
  const notSetUpLine = panels.length > 0 && hasNotSetUp(besides);
  const {table, preview, layout: placed} = arranged({columns, rows, all, panels, ui, wanted, notSetUpLine, context});
  return {
    columns,
    rows,
    all,
    panels,
    layout: placed,
    focus: focusOf(ui, all, panels, preview),
    slots: slotsOf(placed, all, preview === null ? panels : alone(preview), ui, context),
    table,
    preview,
    agenda: wanted.agenda,
    history: wanted.history,
    folded: foldedOf(placed.kind === 'folded' ? panels : none, columns, context),
    ...besides,
    notices: state.notices.length,
  };
}

export const panelIn = ({panels}: Pick<ScreenModel, 'panels'>, id: string | null): PanelModel | undefined =>
  panels.find(panel => panel.info.id === id);
/** The whole panel; where the table is shown, what of it is focused there. */
export const focusedPanel = (model: ScreenModel): PanelModel | undefined =>
  model.preview ?? panelIn(model, model.focus);
/** The focused provider, where its accounts could share a row. */
export function foldableIn(model: ScreenModel, context: ViewContext): PanelModel | undefined {
  const panel = model.table === null ? undefined : panelIn(model, model.focus);
  return panel !== undefined && canFold(panel, context) ? panel : undefined;
}
export const slotIn = ({slots}: Pick<ScreenModel, 'slots'>, id: string | null): PanelSlot | undefined =>
  slots.find(({placement}) => placement.id === id);

/** Panels or the table, as the settings say: by themselves panels while all of them are open and whole. */
function arranged(input: TableInput): {table: AccountTable | null; preview: PanelModel | null; layout: Layout} {
  const {columns, rows, all, panels, ui, wanted, notSetUpLine, context} = input;
  const fits = hasRoomForTable(input);
  if (fits && (wanted.view === 'table' || (wanted.view === 'auto' && areTooMany(input)))) return tabled(input);
  const focus = focusOf(ui, all, panels, null);
  const layoutOf = (shown: readonly PanelModel[]): Layout =>
    layout({columns, rows, panels: needsOf(shown, context), focus, notSetUpLine});
  const placed = layoutOf(panels);
  // A failure that comes and goes must not change the view: it is as if there were none.
  const calm = panels.some(hasFailed) ? panels.map(withoutFailures) : panels;
  const isWhole = placed.kind !== 'folded' && allWhole(calm === panels ? placed : layoutOf(calm), calm, context);
  return fits && wanted.view === 'auto' && !isWhole ? tabled(input) : {table: null, preview: null, layout: placed};
}

const narrowestPanel = 38;

/** More accounts than there are rows in all columns: none of the hundreds need be counted to know that not all are whole. */
const areTooMany = ({columns, rows, panels}: TableInput): boolean =>
  panels.reduce((sum, {accounts}) => sum + accounts.length, 0) >
  rows * Math.max(1, Math.floor(columns / narrowestPanel));

const hasFailed = ({accounts}: PanelModel): boolean => accounts.some(({failure}) => failure !== null);
const withoutFailures = (panel: PanelModel): PanelModel => ({
  ...panel,
  accounts: panel.accounts.map(account => ({...account, failure: null})),
});

const allWhole = ({kind, placements}: Layout, panels: readonly PanelModel[], context: ViewContext): boolean =>
  kind === 'grid' &&
  placements.every(placement => {
    const panel = panelIn({panels}, placement.id);
    const {width, height} = insideOf(placement);
    return panel !== undefined && needOf(panel, context).full(width) <= height;
  });

/** Who is focused; nobody while the details are open of a provider whose last login has gone: no other is meant. */
function focusOf(
  {mode, focus}: Ui,
  all: readonly PanelModel[],
  panels: readonly PanelModel[],
  preview: PanelModel | null,
): string | null {
  const has = (among: readonly PanelModel[]): boolean => among.some(panel => panel.info.id === focus);
  if (has(panels)) return focus;
  return mode === 'detail' && focus !== null && !has(all) ? null : ((preview ?? panels[0])?.info.id ?? null);
}

/** A row of the table; undefined while it has no place in it. */
export const rowIn = ({table}: Pick<ScreenModel, 'table'>, id: string): TableRow | undefined =>
  table?.visible.find(row => row.id === id);

const isAsked = ({accounts}: Pick<PanelModel, 'accounts'>): boolean => accounts.some(({refreshing}) => refreshing);

/** Who shows the one spinner: the first visible row or panel that is being refreshed. */
export function spinningIn(model: ScreenModel): string | null {
  if (model.table !== null) return model.table.visible.find(isAsked)?.id ?? null;
  const slot = model.slots.find(({placement}) => {
    const panel = panelIn(model, placement.id);
    return panel !== undefined && isAsked(panel);
  });
  return slot?.placement.id ?? null;
}
