import {tightestWindow} from '../../core/health.ts';
import type {MonitorState} from '../../core/model.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {cut} from '../format/cells.ts';
import {briefName, noticeText, windowLabel, windowShortLabel} from '../format/labels.ts';
import {clock, countdown} from '../format/time.ts';
import {dialogArea} from '../layout/dialog-area.ts';
import type {ScreenModel} from '../layout/screen-model.ts';
import {isCovered, type Ui} from '../ui-state.ts';
import {isStale} from './account-parts.ts';
import {bar} from './bar.ts';
import {hasFooter} from './footer.ts';
import {messageLines} from './footer-entries.ts';
import {fitLine, joined, type Line, lineWidth, span, spread} from './line.ts';
import type {PanelModel} from './panel.ts';
import {barOf, markSpan, valueSpan} from './window.ts';

/** The first line of the screen, and the only one of a tiny screen. */

const name: Line = [{text: 'mystatus', tone: 'accent', bold: true}];
/** Panels for which there is no room. */
export type Beyond = {above: number; below: number};
/** Fewer cells of a notice say nothing; its key shows all of it. */
const leastNotice = 20;
/** Free cells between the parts. */
const apart = 2;

/** Name, what percentages mean, tightest limit of all, state of the program, clock. */
export function headerLine(
  state: MonitorState,
  panels: readonly PanelModel[],
  beyond: Beyond,
  width: number,
  context: ViewContext,
): Line {
  const showing: Line = [span(context.strings.header.showing[context.show], 'dim')];
  const time: Line = [span(`${clock(context.now, context.strings, context.clock)} `, 'dim')];
  const beyondRight = hiddenCount(beyond, context);
  const short = joinedRight([beyondRight, ...shortStates(state, context), time]);
  const ways = tightestWays(panels, context).slice(hasWords(state) ? 2 : 0);
  const roomBeside = (left: Line): number => width - lineWidth(left) - lineWidth(short) - 1 - apart * 2;
  const least = lineWidth(ways.at(-1) ?? []);
  const left = [[name, showing], [showing]].map(spaced).find(each => roomBeside(each) >= least) ?? [];
  const room = roomBeside(left);
  const tightest = ways.find(way => lineWidth(way) <= room) ?? [];
  const words = longStates(state, room - lineWidth(tightest), context);
  const right = joinedRight([beyondRight, ...words, time]);
  return spread([span(' '), ...spaced([left, tightest])], [span(' '), ...right], width);
}

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

/** 'tightest OpenAI 5-hour limit ███▌ 62% 2h 13m', from the longest way to say it to the shortest. */
function tightestWays(panels: readonly PanelModel[], context: ViewContext): Line[] {
  const found = tightestWindow(panels.flatMap(panel => panel.accounts));
  const panel = panels.find(each => each.info.id === found?.account.provider);
  if (!found || !panel) return [];
  const {window, account} = found;
  const stale = isStale(account, context);
  const value = {...valueSpan(window, context, stale, 0), text: valueSpan(window, context, stale, 9).text.trim()};
  const mark = markSpan(window, context, stale);
  const figures: Line = mark.text.trim() === '' ? [value] : [value, mark];
  const drawn = bar(barOf(window, context), 12, {glyphs: context.glyphs, stale});
  const reset =
    window.resetsAt === null ? [] : [span(`  ${countdown(window.resetsAt, context.now, context.strings)}`, 'dim')];
  // Of several accounts the name of the provider alone says little.
  const whose = panel.accounts.length > 1 ? account.label : '';
  const who = (provider: string, cells: number): Line => [
    span(provider),
    ...(whose === '' || cells === 0 ? [] : [span(` ${cut(whose, cells)}`)]),
  ];
  const whole = Number.POSITIVE_INFINITY;
  const {name: full} = panel.info;
  const brief = briefName(panel.info);
  const long = span(` ${windowLabel(window.id, context.strings)}`, 'dim');
  const short = span(` ${windowShortLabel(window.id, context.strings)}`, 'dim');
  const tightest = span(`${context.strings.header.tightest} `, 'dim');
  return [
    [tightest, ...who(full, whole), long, span('  '), ...drawn, span(' '), ...figures, ...reset],
    [...who(full, whole), short, span(' '), ...drawn, span(' '), ...figures, ...reset],
    [...who(full, whole), short, span(' '), ...figures, ...reset],
    [...who(brief, whole), short, span(' '), ...figures, ...reset],
    [...who(full, whole), short, span(' '), ...figures],
    [...who(brief, whole), short, span(' '), ...figures],
    [...who(brief, 12), short, span(' '), ...figures],
    [...who(brief, 12), span(' '), ...figures],
    [...who(brief, 0), short, span(' '), ...figures],
    [...who(brief, 0), span(' '), ...figures],
    figures,
  ];
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
