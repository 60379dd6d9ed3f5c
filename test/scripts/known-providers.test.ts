import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {describe, expect, it} from 'vitest';
import {bundleOptions} from '../../scripts/bundle-options.ts';
import {knownProviders} from '../../scripts/known-providers.ts';
import {catalogue} from '../../src/providers/index.ts';
import {known} from '../../src/providers/known.ts';
import {knownWords} from '../../src/providers/known-words.ts';
import {en} from '../../src/view/strings/en.ts';
import {englishWith, withProviders} from '../../src/view/strings/providers.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A module as the bundle has it, and the sources that went into it. */
async function bundled<Exports>(module: string): Promise<{exports: Exports; inputs: string[]}> {
  const {outputFiles, metafile} = await build({
    ...bundleOptions,
    absWorkingDir: repository,
    entryPoints: [module],
    outdir: 'dist',
    splitting: false,
    plugins: [knownProviders],
    banner: {},
    write: false,
  });
  const [code] = outputFiles;
  const exports = (await import(`data:text/javascript,${encodeURIComponent(code?.text ?? '')}`)) as Exports;
  return {exports, inputs: Object.keys(metafile.inputs)};
}

describe('what the bundle knows of the providers', () => {
  it('is what the catalogue says, as values: none of its files are in it', async () => {
    const {exports, inputs} = await bundled<{known: typeof known}>('src/providers/known.ts');
    expect(exports.known).toEqual(known);
    expect(inputs).toEqual(['src/providers/known.ts']);
    expect(known.providers.map(({id}) => id)).toEqual(catalogue.map(({id}) => id));
    expect(known.providers.find(({id}) => id === 'claude')).toMatchObject({
      name: 'Claude',
      handedBy: {name: 'claude-code'},
    });
  });

  it('has every word of theirs, from files of words alone', async () => {
    const {exports, inputs} = await bundled<{knownWords: typeof knownWords}>('src/providers/known-words.ts');
    const spelled = (words: typeof knownWords) =>
      (['en', 'zh', 'ja'] as const).map(language => Object.keys(withProviders(en, language, words).remedies));
    expect(spelled(exports.knownWords)).toEqual(spelled(knownWords));
    expect(englishWith(exports.knownWords).pools).toEqual(englishWith(catalogue).pools);
    expect(inputs.filter(file => !file.endsWith('/words.ts'))).toEqual(['src/providers/known-words.ts']);
  });
});
