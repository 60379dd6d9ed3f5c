import {join} from 'node:path';
import {keepFunctions, loadWithFunctions} from '../../system/kept-functions.ts';
import {homeOf, pathsOf} from '../../system/paths.ts';
import {version} from '../../version.ts';

type Answer = number | null;
type Load = (name: string) => unknown;
type Way = {answer(argv: readonly string[], load: Load): Answer | Promise<Answer>};

/** Takes a way out, with what was made of its code the last time; keeps that when the answer is out. */
export function answer(argv: readonly string[], way: string): Answer | Promise<Answer> {
  const {env, platform} = process;
  const {stateDirectory} = pathsOf(env, platform, homeOf(env, platform));
  const load = (name: string): unknown =>
    loadWithFunctions(join(__dirname, `${name}.cjs`), name, {stateDirectory, version});
  const kept = (code: Answer): Answer => {
    if (code !== null) keepFunctions();
    return code;
  };
  const code = (load(way) as Way).answer(argv, load);
  return code instanceof Promise ? code.then(kept) : kept(code);
}
