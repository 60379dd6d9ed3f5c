import {join} from 'node:path';
import {loadWithFunctions} from '../../system/kept-functions.ts';
import {homeOf, pathsOf} from '../../system/paths.ts';
import {version} from '../../version.ts';

type Answer = number | null;
type Way = {answer(argv: readonly string[]): Answer | Promise<Answer>};

/** Takes a way out, with what was made of its code the last time; keeps that when the answer is out. */
export function answer(argv: readonly string[], way: string): Answer | Promise<Answer> {
  const {env, platform} = process;
  const {stateDirectory} = pathsOf(env, platform, homeOf(env, platform));
  const {exports, keep} = loadWithFunctions(join(__dirname, `${way}.cjs`), way, {stateDirectory, version});
  const kept = (code: Answer): Answer => {
    if (code !== null) keep();
    return code;
  };
  const code = (exports as Way).answer(argv);
  return code instanceof Promise ? code.then(kept) : kept(code);
}
