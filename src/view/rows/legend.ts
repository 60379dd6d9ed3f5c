import {marksOf, severityMark, type ViewContext} from '../context.ts';
import {percent} from '../format/use.ts';
import type {ActionName} from '../keymap/table.ts';

import {plotMarks} from '../plot/plot.ts';
import {bar} from './bar.ts';
import {plain} from './line.ts';

/** Keys or a mark, what they mean, and what else finds them. */
export type HelpEntry = {sign: string; text: string; also?: string; action?: ActionName};

/** Half full, with more than half of the period gone. */
const sampleBar = ({glyphs}: ViewContext): string =>
  plain(bar({state: 'known', fraction: 0.5, elapsed: 0.75, tone: 'ok'}, 8, {glyphs, stale: false}));

/** What the marks mean, as they are drawn here. */
export function markEntries(context: ViewContext): HelpEntry[] {
  const {strings, thresholds, ascii} = context;
  const {marks} = strings.help;
  const {failed, asking, up, down} = marksOf(context);
  return [
    {sign: sampleBar(context), text: strings.help.legend[context.show]},
    {sign: severityMark('warn', ascii), text: marks.severity(percent(thresholds.warn))},
    {sign: severityMark('critical', ascii), text: marks.severity(percent(thresholds.critical))},
    {sign: `${up}14`, text: marks.ahead},
    {sign: ascii ? '.:-=+' : '▁▂▃▅▆', text: marks.trend},
    {sign: '?', text: marks.unknown},
    {sign: ascii ? '-' : '○', text: marks.notStarted},
    {sign: ascii ? 'inf' : '∞', text: marks.unlimited},
    {sign: failed, text: marks.failed},
    {sign: asking, text: marks.asking},
    {sign: `${up} 3 ${down} 11, 2${severityMark('critical', ascii)}`, text: marks.hidden},
    ...plotMarks(context).map(([sign, text]) => ({sign, text: marks.inHistory(text)})),
  ];
}
