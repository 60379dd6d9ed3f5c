import {openLedgerReadOnly} from '../system/ledger/read-only.ts';
import {homeOf, pathsOf} from '../system/paths.ts';
import {completionsOf} from './args/completions.ts';
import {type Known, knownKinds} from './args/description.ts';
import type {Asked} from './args/parse.ts';
import {print} from './output.ts';

/** The completions of a shell; or, for these to offer, what the ledger knows: no login is looked for at a press of Tab. */
export function runCompletions(asked: Asked): Promise<number> {
  const {argument = 'bash'} = asked;
  const kind = knownKinds.find(each => each === argument);
  return print(
    kind === undefined
      ? completionsOf(argument)
      : knownWords(kind)
          .map(word => `${word}\n`)
          .join(''),
  );
}

function knownWords(kind: Known): string[] {
  const {env, platform} = process;
  const ledger = openLedgerReadOnly(pathsOf(env, platform, homeOf(env, platform)).stateDirectory);
  const rows = ledger.rows();
  ledger.close();
  const words =
    kind === 'accounts'
      ? rows.map(({key}) => key)
      : rows.flatMap(({reading}) => reading?.windows.map(({id}) => id) ?? []);
  // A shell parts words at spaces, and means something by most other characters.
  return [...new Set(words)].filter(word => /^[\w./:+-]+$/.test(word)).sort();
}
