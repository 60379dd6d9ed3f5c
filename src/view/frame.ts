import {hasReset} from '../core/reading-at.ts';
import {failureTone} from './account-lines.ts';
import {bar} from './bar.ts';
import {cellWidth, cut, padEnd, padStart} from './cells.ts';
import {countdown} from './format.ts';
import {failureText, titled} from './labels.ts';
import {fitLine, joined, type Line, lineWidth, type Span, span, spread} from './line.ts';
import {type Look, marksOf} from './look.ts';
import {type PanelContent, type PanelModel, tightestOf} from './panel.ts';
import {barOf, labelIn, markCells, markSpan, percentCells, rowColumns, valueSpan} from './row.ts';

/** What surrounds a panel: border and title when open, one line when folded. */

const unicodeBorder = {tl: '╭', tr: '╮', bl: '╰', br: '╯', h: '─', v: '│'};
const asciiBorder = {tl: '+', tr: '+', bl: '+', br: '+', h: '-', v: '|'};

export type Frame = {width: number; height: number; focused: boolean; spinning: boolean; number: number};

/** A bordered box with a title in its upper edge and how much is hidden in the lower one. */
export function boxed(
  title: Line,
  label: Line,
  content: PanelContent,
  frame: Omit<Frame, 'spinning' | 'number'>,
  look: Look,
  foot = '',
): Line[] {
  const border = look.ascii ? asciiBorder : unicodeBorder;
  const tone = frame.focused ? 'borderFocused' : 'border';
  const inner = frame.width - 4;
  const edge = (text: string): Span => span(text, tone);
  const hidden = hiddenRows(content, look);
  // How much is hidden stays; beside it the foot gets what is left of the edge.
  const footRoom = inner - 4 - lineWidth(hidden);
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

/** `╭─ title ───── label ─╮`; the label goes first when there is too little room. */
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
  const titleCells = title.length > 0 ? lineWidth(title) + 2 : 0;
  const labelCells = label.length > 0 ? lineWidth(label) + 2 : 0;
  const shownLabel = labelCells > 0 && titleCells + labelCells <= room ? label : cutLabel(label, room - titleCells);
  const shownTitle = titleCells > room ? fitLine(title, Math.max(0, room - 2)) : title;
  const left: Line =
    shownTitle.length > 0 ? [edge(`${start}${rule}`), span(' '), ...shownTitle, span(' ')] : [edge(`${start}${rule}`)];
  const right: Line =
    shownLabel.length > 0 ? [span(' '), ...shownLabel, span(' '), edge(`${rule}${end}`)] : [edge(`${rule}${end}`)];
  return [...left, edge(rule.repeat(Math.max(0, width - lineWidth(left) - lineWidth(right)))), ...right];
}

function cutLabel(label: Line, room: number): Line {
  const [first] = label;
  // Less than a few letters of a name says nothing.
  return first && room >= 10 ? [{...first, text: cut(first.text, room - 3)}] : [];
}

function hiddenRows(content: PanelContent, look: Look): Line {
  const marks = marksOf(look);
  const pieces = [
    content.above > 0 ? `${marks.up} ${content.above}` : '',
    content.below > 0 ? `${marks.down} ${content.below}` : '',
  ];
  const said = pieces.filter(Boolean).join(' ');
  return said === '' ? [] : [span(said, 'dim')];
}

/** '1 OpenAI · Plus ⠋' and, at the right, whose account it is. */
export function panelTitle(panel: PanelModel, frame: Frame, look: Look): {title: Line; label: Line} {
  const [only] = panel.accounts;
  const single = panel.accounts.length === 1 && only ? only : null;
  const plan = single?.reading?.plan;
  const name: Span = {text: panel.info.name, tone: frame.focused ? 'accent' : 'title', bold: true};
  const title = joined([[span(`${frame.number} `, 'dim'), name], plan ? [span(plan)] : []]);
  const label = single ? single.label : look.strings.header.accounts(panel.accounts.length);
  return {title: [...title, ...askingMark(panel, frame, look)], label: [span(label, 'dim')]};
}

function askingMark(panel: PanelModel, frame: Frame, look: Look): Line {
  if (!panel.accounts.some(account => account.refreshing)) return [];
  const mark: Span = {text: marksOf(look).asking, tone: 'accent'};
  return [span(' '), frame.spinning ? {...mark, spin: true} : mark];
}

export function openPanel(panel: PanelModel, content: PanelContent, frame: Frame, look: Look): Line[] {
  const {title, label} = panelTitle(panel, frame, look);
  return boxed(title, label, content, frame, look, endpointText(panel, look));
}

/** A host that stands in for the real one sees the token: it is named at the foot, where it takes no room from figures. */
const endpointText = ({endpoint}: PanelModel, {strings}: Look): string =>
  endpoint === undefined ? '' : strings.panel.endpoint(endpoint.replace(/^https?:\/\//, ''));

/** The name that fits: a provider's own, or the shorter one that it goes by. */
export const shortName = (panel: PanelModel, cells: number): string =>
  cellWidth(panel.info.name) <= cells ? panel.info.name : titled(panel.info.id);

export type FoldedColumns = {name: number; label: number; bar: number; reset: number; full: boolean};

/** Focus mark and space before the name, asking mark and space after it. */
const besideName = (width: number): number => (width >= leastForLabel ? 5 : 4);
const leastForLabel = 34;
const leastForReset = 44;
// Of one row per provider the bar tells least: which limit it is comes first.
const foldedLabelShare = 0.42;

/** Columns of folded lines, the same for all of them. */
export function foldedColumns(panels: readonly PanelModel[], width: number, look: Look): FoldedColumns {
  const windows = panels.flatMap(panel => tightestOf(panel)?.window ?? []);
  const roomForName = Math.max(7, Math.floor(width * 0.28));
  const name = Math.min(
    roomForName,
    panels.reduce((most, panel) => Math.max(most, cellWidth(shortName(panel, roomForName))), 4),
  );
  const room = width - name - besideName(width);
  const row = rowColumns(windows, room, look.strings, foldedLabelShare);
  const label = width >= leastForLabel ? row.label : 0;
  const reset = width >= leastForReset ? row.reset : 0;
  return {
    name,
    label,
    bar: Math.max(0, room - (label > 0 ? label + 1 : 0) - 1 - percentCells - markCells - (reset > 0 ? reset + 1 : 0)),
    reset,
    full: row.full,
  };
}

/** name · tightest window · bar · % · reset, in one row. */
export function foldedLine(panel: PanelModel, columns: FoldedColumns, frame: Frame, look: Look): Line {
  const marks = marksOf(look);
  const beside = besideName(frame.width);
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
      span(' '.repeat(beside - 4)),
      mark,
      span(' '),
      ...foldedRest(panel, columns, frame.width - columns.name - beside, look),
    ],
    frame.width,
  );
}

function foldedRest(panel: PanelModel, columns: FoldedColumns, width: number, look: Look): Line {
  const tightest = tightestOf(panel);
  const failing = panel.accounts.find(account => account.failure);
  if (!tightest)
    return [span(cut(emptyText(panel, look), width), failing?.failure ? failureTone(failing.failure.code) : 'dim')];
  const {window, account} = tightest;
  const stale = account.failure !== null;
  const label = padEnd(labelIn(columns, window.id, look.strings), columns.label);
  const row: Span[] = columns.label > 0 ? [span(label, 'dim'), span(' ')] : [];
  if (columns.bar >= 3) row.push(...bar(barOf(window, look), columns.bar, {glyphs: look.glyphs, stale}));
  row.push(span(' '), valueSpan(window, look, stale, percentCells));
  row.push(
    failing
      ? span(padStart(marksOf(look).failed, markCells), failing.failure ? failureTone(failing.failure.code) : 'dim')
      : markSpan(window, look, stale),
  );
  if (columns.reset > 0)
    row.push(...spread([], [span(countdown(window.resetsAt, look.now, look.strings), 'dim')], columns.reset + 1));
  return row;
}

function emptyText(panel: PanelModel, look: Look): string {
  const {strings} = look;
  const failure = panel.accounts.find(account => account.failure)?.failure;
  if (failure) return `${marksOf(look).failed} ${failureText(failure, strings)}`;
  const windows = panel.accounts.flatMap(account => account.reading?.windows ?? []);
  if (windows.some(window => window.use.state === 'unlimited'))
    return `${look.ascii ? 'inf' : '∞'} ${strings.states.unlimited}`;
  if (windows.some(window => window.use.state === 'not-started')) return strings.states.notStarted;
  if (windows.some(hasReset)) return `? ${strings.states.hasReset}`;
  if (windows.length > 0) return `? ${strings.states.unknown}`;
  return panel.accounts.some(account => account.refreshing) ? strings.states.asking : strings.states.noReading;
}
