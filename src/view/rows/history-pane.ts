import type {ViewContext} from '../context.ts';
import {briefName, windowShortLabel} from '../format/labels.ts';
import {outlookWays} from '../format/outlook.ts';
import {largestIn, without} from '../layout/free-room.ts';
import {borderColumns, borderRows, type Rect} from '../layout/placing.ts';
import {focusedPanel, type ScreenModel} from '../layout/screen-model.ts';
import {limitOf} from '../plot/limits.ts';
import type {Ui} from '../ui-state.ts';
import {agendaRectOf} from './agenda-pane.ts';
import {boxed} from './frame.ts';
import {figureOf, plotOf} from './history.ts';
import {joined, type Line, lineWidth, span} from './line.ts';
import {hasTrends} from './panel.ts';
import {outlookTone} from './window.ts';

export type HistoryPane = {rect: Rect; lines: readonly Line[]};

/** Three rows of dots, the days below them, and the border. */
const least = {width: 40, height: 7};
/** Higher, a line of steps says no more. */
const mostHeight = 18;

/** The history of the focused limit, in the room that the resets leave free; null where there is none of either. */
export function historyPaneOf(model: ScreenModel, ui: Ui, context: ViewContext): HistoryPane | null {
  const panel = model.history ? focusedPanel(model) : undefined;
  if (panel === undefined || !model.panels.some(({accounts}) => accounts.some(each => hasTrends(each, context))))
    return null;
  const limit = limitOf(panel, ui.limits[panel.info.id]);
  const rect = largestIn(without(model.layout.free, agendaRectOf(model, context)), least, mostHeight);
  if (limit === undefined || rect === null) return null;
  const {strings} = context;
  const names = [briefName(panel.info), ...(panel.accounts.length > 1 ? [limit.account.label] : [])];
  const name = [...names, windowShortLabel(limit.window.id, strings)].join(' · ');
  const title = joined([[{text: name, tone: 'title', bold: true}], figureOf(limit, context)], span('  '));
  const lines = plotOf(limit, ui.span, {width: rect.width - borderColumns, height: rect.height - borderRows}, context);
  const label = [span(strings.history.spans[ui.span], 'dim')];
  const [outlook] = outlookWays(limit.window, context);
  const told = outlook === undefined ? [] : [span(outlook, outlookTone(limit.window.outlook))];
  const foot = {foot: told, status: (cells: number) => keysLine(cells, context)};
  return {rect, lines: boxed(title, label, {lines, above: 0, below: 0}, {...rect, focused: false}, context, foot)};
}

/** '[ ] limit  w time span', as far as there is room. */
function keysLine(cells: number, {historyKeys, strings}: ViewContext): Line {
  const all = [
    [historyKeys?.limit ?? '', strings.history.limit],
    [historyKeys?.span ?? '', strings.keys.span.short],
  ] as const;
  const pieces = all
    .filter(([key]) => key !== '')
    .map(([key, text]): Line => [span(key, 'accent'), span(` ${text}`, 'dim')]);
  while (lineWidth(joined(pieces, span('  '))) > cells) pieces.pop();
  return joined(pieces, span('  '));
}
