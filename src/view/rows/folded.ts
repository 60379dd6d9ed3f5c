import {hasReset} from '../../core/reading-at.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, cut, padEnd, padStart} from '../format/cells.ts';
import {briefCountdown} from '../format/time.ts';
import {isStale} from './account-parts.ts';
import {bar} from './bar.ts';
import {leastBarForTrend, mostBar, trendWithin} from './columns.ts';
import {failureRow, failureTone} from './failure.ts';
import {type Frame, type Hidden, hiddenRows, shortName} from './frame.ts';
import {fitLine, type Line, lineWidth, type Span, span} from './line.ts';
import {hasTrends, type PanelModel, tightestOf} from './panel.ts';
import {barOf, labelIn, markCells, markSpan, rowColumns, trendSpan, valueCells, valueSpan} from './window.ts';

/** A panel in one line. */

export type FoldedColumns = {
  name: number;
  label: number;
  bar: number;
  value: number;
  reset: number;
  trend: number;
  full: boolean;
};

/** Focus mark and space before the name, space, asking mark and space after it. */
const besideName = 5;
const leastForLabel = 34;
const leastForReset = 44;
// Of one row per provider the bar tells least: which limit it is comes first.
const foldedLabelShare = 0.42;

/** Columns of folded lines, the same for all of them. */
export function foldedColumns(panels: readonly PanelModel[], width: number, context: ViewContext): FoldedColumns {
  const windows = panels.flatMap(panel => tightestOf(panel)?.window ?? []);
  const roomForName = Math.max(7, Math.floor(width * 0.28));
  const name = Math.min(
    roomForName,
    panels.reduce((most, panel) => Math.max(most, cellWidth(shortName(panel, roomForName))), 4),
  );
  const room = width - name - besideName;
  const row = rowColumns(windows, room, context, {labelShare: foldedLabelShare, outlook: false});
  const label = width >= leastForLabel ? row.label : 0;
  const reset = width >= leastForReset ? row.reset : 0;
  const left = room - (label > 0 ? label + 1 : 0) - 1 - row.value - markCells - (reset > 0 ? reset + 1 : 0);
  const isWatched = panels.some(panel => panel.accounts.slice(0, 1).some(account => hasTrends(account, context)));
  const trend = isWatched ? trendWithin(left - leastBarForTrend) : 0;
  return {
    name,
    label,
    bar: Math.max(0, Math.min(mostBar, left - (trend > 0 ? trend + 1 : 0))),
    value: row.value,
    reset,
    trend,
    full: row.full,
  };
}

/** name · tightest window · bar · % · reset, in one row. */
export function foldedLine(panel: PanelModel, columns: FoldedColumns, frame: Frame, context: ViewContext): Line {
  const marks = marksOf(context);
  const asking = panel.accounts.some(account => account.refreshing);
  const mark: Span = asking
    ? {text: marks.asking, tone: 'accent', ...(frame.spinning ? {spin: true as const} : {})}
    : span(' ');
  return fitLine(
    [
      span(frame.focused ? `${marks.focus} ` : '  ', 'accent'),
      {
        text: padEnd(shortName(panel, columns.name), columns.name),
        tone: frame.focused ? 'accent' : 'title',
        bold: true,
      },
      span(' '),
      mark,
      span(' '),
      // The key that opens details opens those of the focused panel.
      ...foldedRest(
        panel,
        columns,
        frame.width - columns.name - besideName,
        frame.focused ? context : {...context, openKey: undefined},
      ),
    ],
    frame.width,
  );
}

const leastBar = 3;

/** The same over rows without a frame: with how many of them are hidden, for which the bar makes room. */
export function borderlessTitle(
  panel: PanelModel,
  hidden: Hidden,
  columns: FoldedColumns,
  frame: Frame,
  context: ViewContext,
): Line {
  const count = hiddenRows(hidden, context);
  const cells = count.length > 0 ? lineWidth(count) + 1 : 0;
  const bar = columns.bar - cells;
  if (cells === 0 || bar < leastBar) return foldedLine(panel, columns, frame, context);
  const line = foldedLine(panel, {...columns, bar}, {...frame, width: frame.width - cells}, context);
  return [...line, span(' '), ...count];
}

function foldedRest(panel: PanelModel, columns: FoldedColumns, width: number, context: ViewContext): Line {
  const tightest = tightestOf(panel);
  const failing = panel.accounts.find(account => account.failure);
  if (!tightest)
    return [
      span(cut(emptyText(panel, width, context), width), failing?.failure ? failureTone(failing.failure.code) : 'dim'),
    ];
  const {window, account} = tightest;
  const stale = isStale(account, context);
  const label = padEnd(labelIn(columns, window.id, context.strings), columns.label);
  const row: Span[] = columns.label > 0 ? [span(label, 'dim'), span(' ')] : [];
  // A figure wider than usual takes its cells from the bar.
  const value = Math.max(columns.value, valueCells(window, context));
  const cells = columns.bar - (value - columns.value);
  if (columns.bar >= leastBar) row.push(...bar(barOf(window, context), cells, {glyphs: context.glyphs, stale}));
  row.push(span(' '), valueSpan(window, context, stale, value));
  row.push(
    failing
      ? span(padStart(marksOf(context).failed, markCells), failing.failure ? failureTone(failing.failure.code) : 'dim')
      : markSpan(window, context, stale),
  );
  if (columns.reset > 0)
    row.push(span(` ${padStart(briefCountdown(window.resetsAt, context.now), columns.reset)}`, 'dim'));
  row.push(trendSpan(account.key, window, columns.trend, context));
  return row;
}

function emptyText(panel: PanelModel, width: number, context: ViewContext): string {
  const {strings} = context;
  const failure = panel.accounts.find(account => account.failure)?.failure;
  if (failure) return failureRow(failure, width, context);
  const windows = panel.accounts.flatMap(account => account.reading?.windows ?? []);
  if (windows.some(window => window.use.state === 'unlimited'))
    return `${context.ascii ? 'inf' : '∞'} ${strings.states.unlimited}`;
  if (windows.some(window => window.use.state === 'not-started')) return strings.states.notStarted;
  if (windows.some(hasReset)) return `? ${strings.states.hasReset}`;
  if (windows.length > 0) return `? ${strings.states.unknown}`;
  return panel.accounts.some(account => account.refreshing) ? strings.states.asking : strings.states.noReading;
}
