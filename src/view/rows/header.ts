import type {MonitorState} from '../../core/model.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {cut} from '../format/cells.ts';
import {noticeText} from '../format/labels.ts';
import {clock} from '../format/time.ts';
import {dialogArea} from '../layout/dialog-area.ts';
import type {ScreenModel} from '../layout/screen-model.ts';
import {remembering} from '../sharing.ts';
import {isCovered, type Ui} from '../ui-state.ts';
import {hasFooter} from './footer.ts';
import {messageLines} from './footer-entries.ts';
import {fitLine, joined, type Line, lineWidth, span, spread} from './line.ts';
import {overviewWays, tightestWays} from './overview.ts';
import type {PanelModel} from './panel.ts';

/** The first line of the screen, and the only one of a tiny screen. */

const name: Line = [{text: 'mystatus', tone: 'accent', bold: true}];
/** Panels for which there is no room. */
export type Beyond = {above: number; below: number};
/** Fewer cells of a notice say nothing; its key shows all of it. */
const leastNotice = 20;
/** Free cells between the parts. */
const apart = 2;

/** Name, what percentages mean, how many logins are how well, the tightest limit, the next reset; state of the program, clock. */
export function headerLine(
  state: MonitorState,
  panels: readonly PanelModel[],
  beyond: Beyond,
  width: number,
  context: ViewContext,
): Line {
  const time: Line = [span(`${clock(context.now, context.strings, context.clock)} `, 'dim')];
  const beyondRight = hiddenCount(beyond, context);
  const short = joinedRight([beyondRight, ...shortStates(state, context), time]);
  const room = width - lineWidth(short) - apart - 1;
  const left = leftWays(hasWords(state), panels, context).find(way => lineWidth(way) <= room) ?? [];
  const words = longStates(state, room - lineWidth(left), context);
  const right = joinedRight([beyondRight, ...words, time]);
  return spread([span(' '), ...left], [span(' '), ...right], width);
}

/** From all there is to say to nothing, the least useful first. */
const leftWays = remembering((brief: boolean, panels: readonly PanelModel[], context: ViewContext): Line[] => {
  const showing: Line = [span(context.strings.header.showing[context.show], 'dim')];
  const ways = overviewWays(panels, brief, context);
  const [longest = []] = ways;
  return [...[[name, showing, ...longest]], ...ways.map(way => [showing, ...way])].map(spaced).concat([[]]);
});

const spaced = (parts: readonly Line[]): Line => joined(parts, span(' '.repeat(apart)));
const joinedRight = (parts: readonly Line[]): Line => joined(parts, span('  '));

/** '▲ 3 ▼ 22'. */
function hiddenCount({above, below}: Beyond, context: ViewContext): Line {
  const marks = marksOf(context);
  const texts = [above > 0 ? `${marks.up} ${above}` : '', below > 0 ? `${marks.down} ${below}` : ''].filter(Boolean);
  return texts.length > 0 ? [span(texts.join(' '), 'warn')] : [];
}

const hasWords = ({offline, paused, notices}: MonitorState): boolean => offline || paused || notices.length > 0;

function shortStates({offline, paused, notices}: MonitorState, {strings}: ViewContext): Line[] {
  return [
    ...(offline ? [[span(strings.states.offline, 'warn')]] : []),
    ...(paused ? [[span(strings.states.paused, 'warn')]] : []),
    ...(notices.length > 0 ? [[span('!', 'warn')]] : []),
  ];
}

/** The same in words, as far as `room` cells more allow. */
function longStates(state: MonitorState, room: number, context: ViewContext): Line[] {
  const {strings} = context;
  const short = shortStates(state, context);
  const notice = state.notices.at(-1);
  const words = [
    // Paused, nothing tries again.
    ...(state.offline ? [state.paused ? strings.states.offline : strings.header.offline] : []),
    ...(state.paused ? [strings.header.paused] : []),
    ...(notice ? [`! ${noticeText(notice, strings)}`] : []),
  ];
  let left = room;
  return words.map((text, index): Line => {
    const before = short[index] ?? [];
    const most = left + lineWidth(before);
    const fitted = cut(text, most);
    const isNotice = notice !== undefined && index === words.length - 1;
    if (fitted !== text && !(isNotice && most >= leastNotice)) return before;
    const line: Line = [span(fitted, 'warn')];
    left -= lineWidth(line) - lineWidth(before);
    return line;
  });
}

/** All that a screen smaller than 20×5 can say: the tightest limit. */
export function tinyLine(panels: readonly PanelModel[], width: number, context: ViewContext): Line {
  const fitting = tightestWays(panels, context).find(way => lineWidth(way) <= width);
  return fitLine(fitting ?? [span(context.strings.header.nothingKnown, 'dim')], width);
}

/** The first line of the screen. Where there is no last one, what was just said takes its place. */
export function headOf(ui: Ui, state: MonitorState, model: ScreenModel, context: ViewContext): readonly Line[] {
  if (ui.message && !hasFooter(ui, model)) return messageLines(ui.message.text, model.columns);
  return [headerLine(state, model.all, model.layout, model.columns, context)];
}

/** Whether the first line is there: always while something has to be said that has no other place. */
export const hasHeader = (ui: Ui, model: ScreenModel): boolean =>
  (ui.message !== null && !hasFooter(ui, model)) || hasFirstLine(ui, model);

const hasFirstLine = (ui: Ui, {layout, all, columns, rows}: ScreenModel): boolean =>
  isCovered(ui) ? dialogArea(columns, rows).header : layout.header || all.length === 0;
