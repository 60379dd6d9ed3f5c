import {exitCodeOf, reportText, toReport} from '../../output/report.ts';
import {known} from '../../providers/known.ts';
import {knownWords} from '../../providers/known-words.ts';
import {absenceIn, absenceLines, usualKeys} from '../../view/rows/absence.ts';
import {en} from '../../view/strings/en.ts';
import {englishWith} from '../../view/strings/providers.ts';
import {complain, print} from '../output.ts';
import {type LastLook, type LookAgain, withLastLook} from './last-look.ts';
import {anySeconds, readOptions} from './options.ts';

/** `--json --max-age` while nothing has to be asked. */
export function answer(argv: readonly string[], load: LookAgain): number | null | Promise<number | null> {
  const asked = readOptions(argv, {
    switches: ['json', 'privacy', 'no-color'],
    values: {'max-age': anySeconds, timeout: anySeconds, provider: known.providers.map(({id}) => id)},
  });
  if (asked?.has('json') !== true) return null;
  const use = (look: LastLook): number => reportOf(look, asked.has('privacy'), asked.providers);
  return withLastLook(asked, use, () => load('look').answer(asked, false));
}

function reportOf(
  {state, now, settings, names, forecastOf}: LastLook,
  asksPrivacy: boolean,
  named: readonly string[] | undefined,
): number {
  const privacy = settings.display.privacy || asksPrivacy;
  const report = toReport(state, {now, privacy, words: englishWith(knownWords), forecastOf});
  for (const line of absenceLines(absenceIn(state, names, named), usualKeys, en)) complain(line);
  return print(reportText(report), exitCodeOf(state));
}
