import type {Window} from '../../core/model.ts';
import {hasReset} from '../../core/reading-at.ts';
import type {ViewContext} from '../context.ts';
import {cellWidth, cut, padEnd} from '../format/cells.ts';
import {windowLabelWithin} from '../format/labels.ts';
import {cellsOf, type RowColumns} from './columns.ts';
import {type Line, span} from './line.ts';

/** Windows that say nothing but their state share a row: 'Chat, Completions  ∞ unlimited'. */

export type QuietState = 'unlimited' | 'not-started' | 'unknown';
const states: readonly QuietState[] = ['unlimited', 'not-started', 'unknown'];

/** What a window says is only its state: it has no figure, and no reset that anybody waits for. */
function quietStateOf(window: Window): QuietState | null {
  const {state} = window.use;
  if (state === 'known' || hasReset(window)) return null;
  return state === 'unlimited' || window.resetsAt === null ? state : null;
}

export type Grouped = {single: readonly Window[]; quiet: readonly {state: QuietState; windows: readonly Window[]}[]};

/** The windows with rows of their own, and those that share one; alone, only an unlimited one gives up its own. */
export function groupedWindows(windows: readonly Window[]): Grouped {
  const quiet = states
    .map(state => ({state, windows: windows.filter(window => quietStateOf(window) === state)}))
    .filter(({state, windows: those}) => those.length > (state === 'unlimited' ? 0 : 1));
  const shared = new Set(quiet.flatMap(({windows: those}) => those));
  return {single: windows.filter(window => !shared.has(window)), quiet};
}

export function quietRow(
  state: QuietState,
  windows: readonly Window[],
  columns: RowColumns,
  context: ViewContext,
  stale: boolean,
): Line {
  const words = wordsOf(state, context);
  const room = cellsOf(columns) - cellWidth(words) - 1;
  const names = namesWithin(
    windows.map(({id}) => windowLabelWithin(id, 0, context.strings)),
    room,
    context,
  );
  // In the column of the bars where the names leave it free, else a little apart from them.
  const label = cellWidth(names) <= columns.label ? padEnd(names, columns.label) : cut(`${names} `, room);
  const tone = state === 'unlimited' && !stale ? 'ok' : 'dim';
  return [span(`${label} `, stale || state !== 'unlimited' ? 'dim' : 'text'), span(words, tone)];
}

function wordsOf(state: QuietState, {ascii, strings}: ViewContext): string {
  switch (state) {
    case 'unlimited':
      return `${ascii ? 'inf' : '∞'} ${strings.states.unlimited}`;
    case 'not-started':
      return `${ascii ? 'o' : '○'} ${strings.states.notStarted}`;
    case 'unknown':
      return `? ${strings.states.unknown}`;
  }
}

/** As many names as there is room for, and how many more there are. */
function namesWithin(names: readonly string[], cells: number, {strings}: ViewContext): string {
  for (let kept = names.length; kept > 0; kept -= 1) {
    const rest = names.length - kept;
    const text = [...names.slice(0, kept), ...(rest > 0 ? [strings.header.more(rest)] : [])].join(', ');
    if (cellWidth(text) <= cells) return text;
  }
  return cut(names.join(', '), cells);
}
