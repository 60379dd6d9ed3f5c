import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {loadWithFunctions} from '../../system/kept-functions.ts';
import {homeOf, pathsOf} from '../../system/paths.ts';
import {rosterPath} from '../../system/roster/file.ts';
import {firstFrame} from '../../terminal/first-frame.ts';
import {isTerminal} from '../../terminal/tty.ts';
import {version} from '../../version.ts';

type Painter = typeof import('../../first-frame/paint.ts');

/** Paints the first frame of the monitor where that is possible. The usual way is taken in any case. */
export function answer(argv: readonly string[]): null {
  const {env, platform} = process;
  const {stateDirectory} = pathsOf(env, platform, homeOf(env, platform));
  if (!isTerminal(0) || !isTerminal(1) || !existsSync(rosterPath(stateDirectory))) return null;
  const {exports, keep} = loadWithFunctions(join(__dirname, 'first-frame.cjs'), 'first-frame', {
    stateDirectory,
    version,
  });
  (exports as Painter).paintFirstFrame(argv);
  const frame = firstFrame();
  if (frame !== null) frame.keepCode = keep;
  return null;
}
