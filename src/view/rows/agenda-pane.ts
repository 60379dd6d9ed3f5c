import type {ViewContext} from '../context.ts';
import {paneIn} from '../layout/free-room.ts';
import {borderColumns, borderRows, type Rect} from '../layout/placing.ts';
import type {ScreenModel} from '../layout/screen-model.ts';
import {remembering} from '../sharing.ts';
import {type AgendaEntry, agendaLines, agendaOf} from './agenda.ts';
import {boxed} from './frame.ts';
import type {Line} from './line.ts';

export type AgendaPane = {rect: Rect; lines: readonly Line[]};
type Model = Pick<ScreenModel, 'panels' | 'layout' | 'agenda'>;

/** Where they stand. */
export const agendaRectOf = (model: Model, context: ViewContext): Rect | null =>
  rectFor(entriesIn(model, context), model);

const entriesIn = ({panels, agenda}: Model, {now}: ViewContext): AgendaEntry[] =>
  agenda ? entriesOf(panels, now) : [];
// Both panes ask for them with every key.
const entriesOf = remembering(agendaOf);

// The present moment has a row of its own.
const rectFor = (entries: readonly AgendaEntry[], {layout}: Model): Rect | null =>
  entries.length === 0 ? null : paneIn(layout.free, entries.length + 1);

/** The next resets, in the room that the panels leave free; null where there is none, or nothing resets. */
export function agendaPaneOf(model: Model, context: ViewContext): AgendaPane | null {
  const entries = entriesIn(model, context);
  const rect = rectFor(entries, model);
  if (rect === null) return null;
  const shown = entries.slice(0, rect.height - borderRows - 1);
  const hidden = {above: 0, below: entries.length - shown.length};
  const lines = agendaLines(shown, rect.width - borderColumns, context);
  const title = [{text: context.strings.agenda.title, tone: 'title' as const, bold: true as const}];
  return {rect, lines: boxed(title, [], {lines, ...hidden}, {...rect, focused: false}, context)};
}
