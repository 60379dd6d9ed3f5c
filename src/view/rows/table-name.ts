import type {ViewContext} from '../context.ts';
import {cellWidth, cut} from '../format/cells.ts';
import {briefName} from '../format/labels.ts';
import type {TableRow} from '../layout/table-rows.ts';
import {fitLine, type Line, span} from './line.ts';

/** Whose row it is: the provider and, as far as there is room, the account and its plan. */

const foldMark = ({ascii}: ViewContext): string => (ascii ? '>' : '▸');
const countText = ({accounts}: TableRow, {ascii}: ViewContext): string => `${ascii ? 'x' : '×'}${accounts.length}`;
const planOf = ({accounts}: TableRow): string => accounts[0]?.reading?.plan ?? '';
const labelOf = ({accounts}: TableRow): string => accounts[0]?.label ?? '';

/** The account's column, at its widest; empty where it has nothing to tell. */
export const accountText = (row: TableRow, context: ViewContext): string =>
  row.folded
    ? `${foldMark(context)} ${context.strings.accountTable.quiet(row.accounts.length)}`
    : [labelOf(row), planOf(row)].filter(Boolean).join(' · ');

/** Both in one column, at its widest. */
export const wholeText = (row: TableRow, context: ViewContext): string =>
  row.folded
    ? `${briefName(row.info)} ${countText(row, context)} ${foldMark(context)}`
    : [briefName(row.info), row.crowded ? labelOf(row) : '', planOf(row)].filter(Boolean).join(' ');

/** One column for all of it, exactly so wide: 'OpenAI two@… Team', 'Copilot ×11 ▸'. */
export function wholeName(row: TableRow, width: number, focused: boolean, context: ViewContext): Line {
  const {name} = row.info;
  const brief = briefName(row.info);
  if (row.folded) return foldedName(row, width, focused, context);
  const [label, plan] = [row.crowded ? labelOf(row) : '', planOf(row)];
  const ways: [string, string, string][] = [
    [name, label, plan],
    [brief, label, plan],
    [name, label, ''],
    [brief, label, ''],
  ];
  const cellsOf = (way: readonly string[]): number => cellWidth(way.filter(Boolean).join(' '));
  const found = ways.find(way => cellsOf(way) <= width) ?? cutName(brief, label, width);
  return named(found, width, focused);
}

/** Fewer letters of an account say nothing. */
const leastLabel = 4;

function cutName(brief: string, label: string, width: number): [string, string, string] {
  const most =
    label === '' ? width : Math.max(Math.ceil(width / 2), width - 1 - Math.max(leastLabel, cellWidth(label)));
  const name = cut(brief, most);
  const room = width - cellWidth(name) - 1;
  return [name, room >= leastLabel ? cut(label, room) : '', ''];
}

function foldedName(row: TableRow, width: number, focused: boolean, context: ViewContext): Line {
  const count = `${countText(row, context)} ${foldMark(context)}`;
  const room = Math.max(0, width - cellWidth(count) - 1);
  const {name} = row.info;
  const shown = cellWidth(name) <= room ? name : cut(briefName(row.info), room);
  return named([shown, count, ''], width, focused);
}

const named = ([name, label, plan]: readonly [string, string, string], width: number, focused: boolean): Line =>
  fitLine(
    [
      {text: name, tone: focused ? 'accent' : 'title', bold: true},
      ...(label === '' ? [] : [span(` ${label}`)]),
      ...(plan === '' ? [] : [span(` ${plan}`, 'dim')]),
    ],
    width,
  );

/** The provider alone, where accounts have a column of their own. */
export function providerName({info}: TableRow, width: number, focused: boolean): Line {
  const {name} = info;
  return named([cellWidth(name) <= width ? name : cut(briefName(info), width), '', ''], width, focused);
}

/** The account with its plan; the plan goes before the account is cut. */
export function accountName(row: TableRow, width: number, context: ViewContext): Line {
  const whole = accountText(row, context);
  if (row.folded) return fitLine([span(cut(whole, width), 'dim')], width);
  const label = labelOf(row);
  if (cellWidth(whole) > width || planOf(row) === '') return fitLine([span(cut(label, width))], width);
  return fitLine([span(label), span(` · ${planOf(row)}`, 'dim')], width);
}
