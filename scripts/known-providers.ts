import {existsSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {Plugin} from 'esbuild';
import {catalogue} from '../src/providers/index.ts';
import {known} from '../src/providers/known.ts';

const providers = fileURLToPath(new URL('../src/providers/', import.meta.url));

/**
 * Writes out what is known of the providers as values: to tell their names the program would otherwise load a folder for
 * each of them, which takes longer than everything else that a status bar does.
 */
export const knownProviders: Plugin = {
  name: 'known-providers',
  setup(build) {
    build.onLoad({filter: /[\\/]providers[\\/]known\.ts$/}, () => ({contents: knownModule()}));
    build.onLoad({filter: /[\\/]providers[\\/]known-words\.ts$/}, async () => ({
      contents: await wordsModule(),
      resolveDir: providers,
    }));
  },
};

// A text that is parsed when it is needed is read faster than code.
const knownModule = (): string => `export const known = JSON.parse(${JSON.stringify(JSON.stringify(known))});`;

async function wordsModule(): Promise<string> {
  const files = await wordFiles();
  const used = [...new Set(catalogue.flatMap(({words}) => (words === undefined ? [] : [words])))];
  const imports = used.map((words, at) => {
    const file = files.get(words);
    if (file === undefined)
      throw new Error(`words.ts of a provider must export its words: ${JSON.stringify(words.en)}`);
    return `import {words as words${at}} from ${JSON.stringify(file)};`;
  });
  const entries = catalogue.flatMap(({id, words}) =>
    words === undefined ? [] : [`{id: ${JSON.stringify(id)}, words: words${used.indexOf(words)}}`],
  );
  return `${imports.join('\n')}\nexport const knownWords = [${entries.join(', ')}];`;
}

/** The files of words by what they export. */
async function wordFiles(): Promise<Map<unknown, string>> {
  const folders = readdirSync(providers).filter(name => existsSync(`${providers}${name}/words.ts`));
  const exported = folders.map(async folder => {
    const {words} = (await import(`../src/providers/${folder}/words.ts`)) as {words?: unknown};
    return [words, `./${folder}/words.ts`] as const;
  });
  return new Map(await Promise.all(exported));
}
