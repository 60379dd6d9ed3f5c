import {marksOf, type ViewContext} from '../context.ts';
import type {Findable} from '../palette-entries.ts';
import {endOf, type FooterEntry} from './footer-entries.ts';
import {type Line, span, spread} from './line.ts';
import type {ListView} from './list-view.ts';

/** A list that is searched, as the command palette is: what is typed, and below it what it finds. `ask`: what it is for. */
export function paletteLines(
  entries: readonly Findable[],
  {text, selected, ask = ''}: {text: string; selected: number; ask?: string},
  width: number,
  context: ViewContext,
): ListView {
  const pinned = [typedLine(text, ask, entries.length, width, context)];
  if (entries.length === 0)
    return {pinned, lines: [[span(context.strings.filter.nothingFound(text), 'warn')]], selectedRow: 0, hits: []};
  return {
    pinned,
    lines: entries.map((entry, index) => entryLine(entry, index === selected, width, context)),
    selectedRow: selected,
    hits: entries.map((_, index) => ({row: index, index})),
  };
}

function typedLine(text: string, ask: string, count: number, width: number, context: ViewContext): Line {
  const found = text === '' ? [] : [span(` ${count}`, 'dim')];
  const typed: Line = [
    {text: ':', tone: 'accent', bold: true},
    span(endOf(text, width - 8)),
    span(marksOf(context).cursor, 'accent'),
    ...(text === '' && ask !== '' ? [span(` ${ask}`, 'dim')] : []),
  ];
  return spread(typed, found, width);
}

function entryLine({text, sign}: Findable, isSelected: boolean, width: number, context: ViewContext): Line {
  const left: Line = [
    span(isSelected ? `${marksOf(context).focus} ` : '  ', 'accent'),
    isSelected ? {text, tone: 'accent', bold: true} : span(text),
  ];
  return spread(left, sign === '' ? [] : [span(` ${sign}`, isSelected ? 'accent' : 'dim')], width);
}

/** The keys while the palette is open: every other one is text. */
export const paletteFooter = ({strings}: ViewContext): FooterEntry[] => [
  {key: 'return', text: strings.keys.run.short},
  {key: 'escape', text: strings.keys.back.short},
];
