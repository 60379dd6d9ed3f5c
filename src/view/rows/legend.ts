import {marksOf, severityMark, type ViewContext} from '../context.ts';
import {percent} from '../format/use.ts';

/** Keys or a mark, what they mean, and what else finds them. */
export type HelpEntry = {sign: string; text: string; also?: string};

/** What the marks mean, as they are drawn here. */
export function markEntries(context: ViewContext): HelpEntry[] {
  const {strings, thresholds, ascii} = context;
  const {marks} = strings.help;
  const {failed, asking, up, down} = marksOf(context);
  return [
    {sign: severityMark('warn', ascii), text: marks.severity(percent(thresholds.warn))},
    {sign: severityMark('critical', ascii), text: marks.severity(percent(thresholds.critical))},
    {sign: `${up}14`, text: marks.ahead},
    {sign: '?', text: marks.unknown},
    {sign: ascii ? '-' : '○', text: marks.notStarted},
    {sign: ascii ? 'inf' : '∞', text: marks.unlimited},
    {sign: failed, text: marks.failed},
    {sign: asking, text: marks.asking},
    {sign: `${up} ${down}`, text: marks.hidden},
  ];
}
