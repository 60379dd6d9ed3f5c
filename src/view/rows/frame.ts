import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, cut} from '../format/cells.ts';
import {briefName, titled} from '../format/labels.ts';
import {fitLine, joined, type Line, lineWidth, type Span, span, spread} from './line.ts';
import type {PanelContent, PanelModel} from './panel.ts';

/** What surrounds an open panel: border, title, whose account it is, and how much is hidden. */

const unicodeBorder = {tl: '╭', tr: '╮', bl: '╰', br: '╯', h: '─', v: '│'};
const asciiBorder = {tl: '+', tr: '+', bl: '+', br: '+', h: '-', v: '|'};

export type Frame = {width: number; height: number; focused: boolean; spinning: boolean; number: number};

/** A bordered box with a title in its upper edge and how much is hidden in the lower one. */
export function boxed(
  title: Line,
  label: Line,
  content: PanelContent,
  frame: Omit<Frame, 'spinning' | 'number'>,
  context: ViewContext,
  foot = '',
): Line[] {
  const border = context.ascii ? asciiBorder : unicodeBorder;
  const tone = frame.focused ? 'borderFocused' : 'border';
  const inner = frame.width - 4;
  const edge = (text: string): Span => span(text, tone);
  const hidden = hiddenRows(content, context);
  // How much is hidden stays; beside it the foot gets what is left of the edge.
  const footRoom = inner - 5 - lineWidth(hidden);
  const shownFoot = foot === '' || footRoom < leastFoot ? [] : [span(cut(foot, footRoom), 'warn')];
  const rows = Array.from({length: Math.max(0, frame.height - 2)}, (_, index) => [
    edge(`${border.v} `),
    ...fitLine(content.lines[index] ?? [], inner),
    edge(` ${border.v}`),
  ]);
  return [
    edgeLine(border.tl, border.tr, title, label, frame.width, border.h, edge),
    ...rows,
    edgeLine(border.bl, border.br, shownFoot, hidden, frame.width, border.h, edge),
  ];
}

// Less of a host's name says nothing.
const leastFoot = 8;

/** `╭─ title ───── label ─╮`, with at least one rule between the two; a title alone is cut. */
function edgeLine(
  start: string,
  end: string,
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
    : edgeLine(start, end, title, [], width, rule, edge);
}

/** Rows without a box; how many are hidden stands in the last one where there is room. */
export function unboxed(lines: readonly Line[], hidden: Hidden, width: number, context: ViewContext): Line[] {
  const count = hiddenRows(hidden, context);
  return lines.map((line, index) => {
    const fits = index === lines.length - 1 && lineWidth(line) + 1 + lineWidth(count) <= width;
    return fits ? spread(line, count, width) : fitLine(line, width);
  });
}

export type Hidden = Pick<PanelContent, 'above' | 'below'>;

/** '▲ 3 ▼ 2'; nothing when nothing is hidden. */
export function hiddenRows(content: Hidden, context: ViewContext): Line {
  const marks = marksOf(context);
  const pieces = [
    content.above > 0 ? `${marks.up} ${content.above}` : '',
    content.below > 0 ? `${marks.down} ${content.below}` : '',
  ];
  const said = pieces.filter(Boolean).join(' ');
  return said === '' ? [] : [span(said, 'dim')];
}

/** '1 OpenAI · Plus ⠋' and, at the right, whose account it is. The plan goes before the account does, the long name before both. */
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
  return boxed(title, label, content, frame, context, endpointText(panel, context));
}

/** A host that stands in for the real one sees the token: it is named at the foot, where it takes no room from figures. */
const endpointText = ({endpoint}: PanelModel, {strings}: ViewContext): string =>
  endpoint === undefined ? '' : strings.panel.endpoint(endpoint.replace(/^https?:\/\//, ''));

/** The name that fits: a provider's own, or the shorter one that it goes by. */
export function shortName({info}: PanelModel, cells: number): string {
  const brief = titled(info.id);
  return cellWidth(info.name) <= cells || cellWidth(brief) >= cellWidth(info.name) ? info.name : brief;
}
