import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, cut} from '../format/cells.ts';
import {briefName, titled} from '../format/labels.ts';
import {type Hidden, hiddenRows} from './hidden.ts';
import {fitLine, joined, type Line, lineWidth, type Span, span, spread} from './line.ts';
import {lowerBorder} from './lower-border.ts';
import {nextOfAll, type PanelContent, type PanelModel} from './panel.ts';
import {statusLine} from './status.ts';

/** What surrounds an open panel: border, title, whose account it is, how old it is, and how much is hidden. */

export {type Hidden, hiddenRows} from './hidden.ts';

type Border = {tl: string; tr: string; bl: string; br: string; h: string; v: string};
const thin: Border = {tl: '╭', tr: '╮', bl: '╰', br: '╯', h: '─', v: '│'};
const heavy: Border = {tl: '┏', tr: '┓', bl: '┗', br: '┛', h: '━', v: '┃'};
const asciiThin: Border = {tl: '+', tr: '+', bl: '+', br: '+', h: '-', v: '|'};
const asciiHeavy: Border = {tl: '#', tr: '#', bl: '#', br: '#', h: '=', v: '#'};

function borderOf(isHeavy: boolean, {ascii}: ViewContext): Border {
  if (ascii) return isHeavy ? asciiHeavy : asciiThin;
  return isHeavy ? heavy : thin;
}

export type Frame = {width: number; height: number; focused: boolean; spinning: boolean; number: number};

/** What stands in the lower border beside the number of hidden rows; the status in as many cells as there are. */
export type Foot = {foot: Line; status: (cells: number) => Line};
const noFoot: Foot = {foot: [], status: () => []};

/** A bordered box with a title in its upper edge, and how much is hidden in the lower one. */
export function boxed(
  title: Line,
  label: Line,
  content: Pick<PanelContent, 'lines'> & Hidden,
  frame: Omit<Frame, 'spinning' | 'number'> & {heavy?: boolean},
  context: ViewContext,
  foot = noFoot,
): Line[] {
  const border = borderOf(frame.heavy === true, context);
  const tone = frame.focused ? 'borderFocused' : 'border';
  const inner = frame.width - 4;
  const edge = (text: string): Span => span(text, tone);
  const rows = Array.from({length: Math.max(0, frame.height - 2)}, (_, index) => [
    edge(`${border.v} `),
    ...fitLine(content.lines[index] ?? [], inner),
    edge(` ${border.v}`),
  ]);
  const [left, right] = lowerEdge(content, foot, inner, edge(` ${border.h} `), context);
  return [
    edgeLine([border.tl, border.tr], title, label, frame.width, border.h, edge),
    ...rows,
    edgeLine([border.bl, border.br], left, right, frame.width, border.h, edge),
  ];
}

/** How much is hidden stays; the foot comes before the status, which has shorter forms. */
function lowerEdge(
  content: Hidden,
  {foot, status}: Foot,
  inner: number,
  rule: Span,
  context: ViewContext,
): [Line, Line] {
  const hidden = hiddenRows(content, context);
  const room = inner - leastRule;
  const left = lineWidth(foot) + besideFoot + lineWidth(hidden) <= room ? foot : [];
  const taken = (left.length > 0 ? lineWidth(left) + besideFoot : 0) + (hidden.length > 0 ? lineWidth(hidden) + 3 : 0);
  return [left, joined([hidden, status(room - taken)], rule)];
}
/** Of what lies between the corners, beside the cells of a row: a rule in the middle, and the cells around the right part. */
const leastRule = 3;
const besideFoot = 2;

/** `╭─ title ───── label ─╮`, with at least one rule between the two; a title alone is cut. */
function edgeLine(
  [start, end]: readonly [string, string],
  title: Line,
  label: Line,
  width: number,
  rule: string,
  edge: (text: string) => Span,
): Line {
  const room = width - 4;
  const shownTitle = lineWidth(title) + 2 > room ? fitLine(title, Math.max(0, room - 2)) : title;
  const left: Line =
    shownTitle.length > 0 ? [edge(`${start}${rule}`), span(' '), ...shownTitle, span(' ')] : [edge(`${start}${rule}`)];
  const right: Line =
    label.length > 0 ? [span(' '), ...label, span(' '), edge(`${rule}${end}`)] : [edge(`${rule}${end}`)];
  const between = width - lineWidth(left) - lineWidth(right);
  return between > 0 || label.length === 0
    ? [...left, edge(rule.repeat(Math.max(0, between))), ...right]
    : edgeLine([start, end], title, [], width, rule, edge);
}

/** Rows without a box; how many are hidden stands in the last one where there is room. */
export function unboxed(lines: readonly Line[], hidden: Hidden, width: number, context: ViewContext): Line[] {
  const count = hiddenRows(hidden, context);
  return lines.map((line, index) => {
    const fits = index === lines.length - 1 && lineWidth(line) + 1 + lineWidth(count) <= width;
    return fits ? spread(line, count, width) : fitLine(line, width);
  });
}

/** '1 OpenAI · Plus ⠋' and, at the right, whose account it is: name, plan and account in the longest form that fits. */
function panelTitle(panel: PanelModel, frame: Frame, context: ViewContext): {title: Line; label: Line} {
  const [only] = panel.accounts;
  const single = panel.accounts.length === 1 && only ? only : null;
  const plan = single?.reading?.plan ?? '';
  const label = single ? single.label : context.strings.header.accounts(panel.accounts.length);
  const brief = briefName(panel.info);
  // Ends, spaces, one rule; and the mark of a request, so that nothing moves when one begins.
  const room = frame.width - 4 - 5 - 2;
  const least = cut(label, Math.max(leastLabel, room - cellWidth(`${frame.number} ${brief}`)));
  const ways: [string, string, string][] = [
    [panel.info.name, plan, label],
    [brief, plan, label],
    [panel.info.name, '', label],
    [brief, '', label],
    [brief, '', least],
    [brief, '', ''],
  ];
  const cells = ([name, of, who]: [string, string, string]): number =>
    cellWidth(`${frame.number} ${name}${of === '' ? '' : ` · ${of}`}${who}`);
  const [name, shownPlan, who] = ways.find(way => cells(way) <= room) ?? [brief, '', ''];
  const tone = frame.focused ? 'accent' : 'title';
  const named: Line = [span(`${frame.number} `, 'dim'), {text: name, tone, bold: true}];
  const title = joined([named, shownPlan === '' ? [] : [span(shownPlan)]]);
  return {title: [...title, ...askingMark(panel, frame, context)], label: who === '' ? [] : [span(who, 'dim')]};
}

/** Fewer letters of a name say nothing. */
const leastLabel = 6;

function askingMark(panel: PanelModel, frame: Frame, context: ViewContext): Line {
  if (!panel.accounts.some(account => account.refreshing)) return [];
  const mark: Span = {text: marksOf(context).asking, tone: 'accent'};
  return [span(' '), frame.spinning ? {...mark, spin: true} : mark];
}

export function openPanel(panel: PanelModel, content: PanelContent, frame: Frame, context: ViewContext): Line[] {
  const {title, label} = panelTitle(panel, frame, context);
  const {foot} = lowerBorder(panel, frame.width - 4, context);
  const [only] = panel.accounts;
  // Of several accounts each has its age in its own heading.
  const read = panel.accounts.length === 1 && only ? only : null;
  const status = (cells: number): Line => statusLine(read, nextOfAll(panel), cells, context);
  return boxed(title, label, content, {...frame, heavy: frame.focused}, context, {foot, status});
}

/** The name that fits: a provider's own, or the shorter one that it goes by. */
export function shortName({info}: PanelModel, cells: number): string {
  const brief = titled(info.id);
  return cellWidth(info.name) <= cells || cellWidth(brief) >= cellWidth(info.name) ? info.name : brief;
}
