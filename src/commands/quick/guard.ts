import {known} from '../../providers/known.ts';
import {absenceIn, absenceLines, usualKeys} from '../../view/rows/absence.ts';
import {en} from '../../view/strings/en.ts';
import type {Asked} from '../args/parse.ts';
import {answerGuard, guardLimits} from '../guard-answer.ts';
import {type LastLook, type LookAgain, withLastLook} from './last-look.ts';
import {anySeconds, readOptions} from './options.ts';

const percent = /^(?:\d{1,2}(?:\.\d+)?|100)$/;
const anyText = /./;

/** `guard --max-age` while nothing has to be asked. */
export function answer([, ...argv]: readonly string[], load: LookAgain): number | null | Promise<number | null> {
  const asked = readOptions(argv, {
    switches: ['privacy', 'no-color'],
    values: {
      ...{'min-remaining': percent, 'max-risk': percent, 'max-age': anySeconds, timeout: anySeconds},
      ...{window: anyText, account: anyText, provider: known.providers.map(({id}) => id)},
    },
  });
  const limits = asked === null ? null : guardLimits(asked);
  if (asked === null || limits === null) return null;
  const use = (look: LastLook): number | null => {
    const absent = absentIn(look, asked);
    const privacy = look.settings.display.privacy || asked.has('privacy');
    return absent === null ? null : answerGuard(asked, limits, {...look, privacy, absent});
  };
  return withLastLook(asked, use, () => load('look').answer(asked, true));
}

/** null for an account of which only the settings can say why it is not there. */
function absentIn({state, names}: LastLook, asked: Asked): readonly string[] | null {
  const account = asked.text('account');
  if (account !== undefined && !state.providers.some(({accounts}) => accounts.includes(account))) return null;
  const named = account === undefined ? asked.providers : account.split(':').slice(0, 1);
  return absenceLines(absenceIn(state, names, named), usualKeys, en);
}
