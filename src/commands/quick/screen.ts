import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {loadWithFunctions} from '../../system/kept-functions.ts';
import {offerModules, requireIn} from '../../system/packed-modules.ts';
import {homeOf, pathsOf} from '../../system/paths.ts';
import {rosterPath} from '../../system/roster/file.ts';
import {isTerminal} from '../../terminal/tty.ts';
import {version} from '../../version.ts';

type Painter = typeof import('../../first-frame/paint.ts');
type Pack = {modules: Parameters<typeof offerModules>[1]};

/** What the monitor may be started with and still begin with a first frame. */
const screenOption = /^--(?:no-color|ascii|no-mouse|privacy|theme|lang)(?:=|$)/;

/**
 * Paints the first frame of the monitor where that is possible, and loads the monitor in one piece. The usual way is taken
 * in any case, and finds it loaded.
 */
export function answer(argv: readonly string[]): null {
  const {env, platform} = process;
  const {stateDirectory} = pathsOf(env, platform, homeOf(env, platform));
  if (!isTerminal(0) || !isTerminal(1)) return null;
  const load = (name: string, requireFor = require): unknown =>
    loadWithFunctions(join(__dirname, `${name}.cjs`), name, {stateDirectory, version}, requireFor);
  const mayPaint = argv.every(word => !word.startsWith('-') || screenOption.test(word));
  if (mayPaint && existsSync(rosterPath(stateDirectory))) (load('first-frame') as Painter).paintFirstFrame(argv);
  const dist = join(__dirname, '..');
  offerModules(dist, (load('monitor', requireIn(join(dist, 'chunks'))) as Pack).modules);
  return null;
}
