import {readFileSync} from 'node:fs';
import type {OnLoadArgs, Plugin} from 'esbuild';

/** One file of a dependency, by the end of its path, and what becomes of its text. */
export type Edit = {file: RegExp; edit(code: string): string};

/**
 * Edits files of a dependency while they are bundled. The build fails when one of them was not met or no longer says what
 * an edit looks for: then the dependency has changed, and the patch must be thought through again.
 */
export function patch(name: string, edits: readonly Edit[]): Plugin {
  return {
    name,
    setup(build) {
      const unmet = new Set(edits);
      for (const each of edits)
        build.onLoad({filter: each.file}, ({path}: OnLoadArgs) => {
          unmet.delete(each);
          return {contents: each.edit(readFileSync(path, 'utf8')), loader: 'js'};
        });
      build.onEnd(() => ({
        errors: [...unmet].map(({file}) => ({text: `${name}: no bundled file matches ${file}`})),
      }));
    },
  };
}

/** Throws when the words are not there. */
export function replaced(code: string, words: string, others: string): string {
  if (!code.includes(words)) throw new Error(`the code no longer says: ${words}`);
  return code.replace(words, others);
}
