import {allThemes} from '../core/themes.ts';
import {openLedgerReadOnly} from '../system/ledger/read-only.ts';
import {homeOf, pathsOf} from '../system/paths.ts';
import {customIdsIn} from '../system/settings/custom-ids.ts';
import {readThemes} from '../system/settings/themes.ts';
import {completionsOf} from './args/completions.ts';
import {type Known, knownKinds} from './args/flags.ts';
import type {Asked} from './args/parse.ts';
import {print} from './output.ts';

/** The completions of a shell; or, for these to offer, what the ledger and the settings know: no login is looked for at a press of Tab. */
export async function runCompletions(asked: Asked): Promise<number> {
  const {argument = 'bash'} = asked;
  const kind = knownKinds.find(each => each === argument);
  return print(
    kind === undefined ? completionsOf(argument) : (await knownWords(kind)).map(word => `${word}\n`).join(''),
  );
}

async function knownWords(kind: Known): Promise<string[]> {
  const {env, platform} = process;
  const {stateDirectory, configDirectory} = pathsOf(env, platform, homeOf(env, platform));
  if (kind === 'providers') return customIdsIn(env, platform);
  if (kind === 'themes') return allThemes((await readThemes(configDirectory)).themes);
  const ledger = openLedgerReadOnly(stateDirectory);
  const rows = ledger.rows();
  ledger.close();
  const words =
    kind === 'accounts'
      ? rows.map(({key}) => key)
      : rows.flatMap(({reading}) => reading?.windows.map(({id}) => id) ?? []);
  // A shell parts words at spaces, and means something by most other characters.
  return [...new Set(words)].filter(word => /^[\w./:+-]+$/.test(word)).sort();
}
