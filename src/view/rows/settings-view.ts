import type {SettingsProblem} from '../../core/settings.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, padEnd} from '../format/cells.ts';
import type {Strings} from '../strings/index.ts';
import {blank, type Line, lineWidth, span, wrapped} from './line.ts';
import type {ListHit, ListView} from './list-view.ts';
import type {SettingRow, SettingsInput} from './setting-row.ts';
import {settingRows} from './settings.ts';

/** The settings as a list: a row's value is read before anything else. */

// Beside the label: the marks, and '‹ off ›', so that on and off can be told apart wherever anything can be read.
const leastValue = 14;

export function settingsLines(
  input: SettingsInput,
  problems: readonly SettingsProblem[],
  selected: number,
  width: number,
  context: ViewContext,
): ListView {
  const rows = settingRows(input);
  const longest = Math.max(...rows.map(row => cellWidth(row.label)));
  const labels = Math.max(1, Math.min(Math.floor(width / 2), width - leastValue, longest));
  const providers = rows.filter(row => row.provider !== undefined).length;
  const lines: Line[] = [[{text: input.strings.settings.order, bold: true}]];
  const hits: ListHit[] = [];
  let selectedRow = 0;
  for (const [index, row] of rows.entries()) {
    if (index === providers) lines.push(blank);
    if (index === selected) selectedRow = lines.length;
    hits.push({row: lines.length, index});
    lines.push(rowLine(row, index === selected, labels, width, context));
  }
  if (problems.length > 0) lines.push(blank);
  for (const problem of problems) lines.push(...wrapped(problemText(problem, input.strings), width, 'warn'));
  // The heading belongs to the first row.
  return {lines, selectedRow, lead: selected === 0 ? 1 : 0, hits};
}

const problemText = ({path, text, unsaved}: SettingsProblem, {settings}: Strings): string =>
  unsaved === undefined ? settings.problem(path, withoutPath(text, path)) : settings.unsaved(unsaved);

/** A problem that is told in one line begins with its place. */
const withoutPath = (text: string, path: string): string =>
  text.startsWith(`${path}: `) ? text.slice(path.length + 2) : text;

function rowLine(row: SettingRow, isSelected: boolean, labels: number, width: number, context: ViewContext): Line {
  const marks = marksOf(context);
  const tone = isSelected ? 'accent' : row.off ? 'dim' : 'text';
  const dot = row.provider === undefined ? [] : [span(`${row.off ? marks.off : marks.on} `, row.off ? 'dim' : 'ok')];
  const room = width - labels - lineWidth(dot) - 8;
  const text = row.short !== undefined && cellWidth(row.value) > room ? row.short : row.value;
  const value = isSelected ? `${context.ascii ? '<' : '‹'} ${text} ${context.ascii ? '>' : '›'}` : `  ${text}`;
  return [
    span(isSelected ? `${marks.focus} ` : '  ', 'accent'),
    {text: padEnd(row.label, labels), tone, ...(isSelected ? {bold: true as const} : {})},
    span('  '),
    ...dot,
    span(value, isSelected ? 'text' : 'dim'),
  ];
}
