import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build, type Plugin} from 'esbuild';
import {describe, expect, it} from 'vitest';
import type {FramesResult} from '../../bench/programs/frames.tsx';
import {framesOf} from '../../bench/render.ts';
import {buildBeside, type Workshop} from '../../bench/support/workshop.ts';
import {bundleOptions} from '../../scripts/bundle-options.ts';
import {ownSpinners} from '../../scripts/ink-patches/own-spinners.ts';
import {patch, replaced} from '../../scripts/ink-patches/patch.ts';

async function built(plugins: Plugin[]): Promise<Pick<Workshop, 'beside' | 'close'>> {
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-frames-'));
  await buildBeside(directory, ['frames'], {...bundleOptions, plugins, logLevel: 'silent'});
  return {
    beside: name => join(directory, `${name}.js`),
    close: () => rmSync(directory, {recursive: true, force: true}),
  };
}

const subjects = [
  {subject: 'all', size: {columns: 80, rows: 24}, accounts: 6},
  {subject: 'key', size: {columns: 120, rows: 40}, accounts: 50, language: 'zh'},
  {subject: 'figure', size: {columns: 200, rows: 60}, accounts: 6, language: 'ja'},
  {subject: 'all', size: {columns: 40, rows: 12}, accounts: 300, language: 'zh'},
  {subject: 'all', size: {columns: 120, rows: 40}, accounts: 2, providers: 25, view: 'table', language: 'ja'},
] as const;

/** What is written for each subject: a digest of all frames, and their sizes. */
async function written(plugins: Plugin[]): Promise<Pick<FramesResult, 'digest' | 'bytes'>[]> {
  const workshop = await built(plugins);
  try {
    const found = await Promise.all(subjects.map(subject => framesOf(workshop, {...subject, frames: 5})));
    return found.map(({digest, bytes}) => ({digest, bytes}));
  } finally {
    workshop.close();
  }
}

describe('Ink as it is bundled', () => {
  // Two bundles, and ten programs that run them.
  it('writes what Ink itself would, byte for byte', {timeout: 300_000}, async () => {
    expect(await written(bundleOptions.plugins)).toEqual(await written([]));
  });
});

it('the spinners that are left are those of the package', async () => {
  const spinners = async (plugins: Plugin[]): Promise<Record<string, unknown>> => {
    const {outputFiles} = await build({
      stdin: {contents: "export {default} from 'cli-spinners';", resolveDir: import.meta.dirname},
      ...{bundle: true, format: 'esm', platform: 'node', write: false, plugins},
    });
    const address = `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`;
    return ((await import(address)) as {default: Record<string, unknown>}).default;
  };
  const [own, all] = [await spinners([ownSpinners]), await spinners([])];
  const used = [
    ...readFileSync('src/components/rows-text.tsx', 'utf8').matchAll(/Spinner type=\{ascii \? '(\w+)' : '(\w+)'\}/g),
  ];
  const names = used.flatMap(([, ...found]) => found);
  expect(names).toHaveLength(2);
  for (const name of names) expect(own[name]).toEqual(all[name]);
});

describe('a patch', () => {
  it('fails the build when the file that it edits is not there', async () => {
    await expect(built([patch('of-nothing', [{file: /no-such-file\.js$/, edit: code => code}])])).rejects.toThrow(
      'of-nothing: no bundled file matches',
    );
  });

  it('fails the build when the file no longer says what it looks for', async () => {
    const stale = patch('stale', [
      {file: /ink\/build\/output\.js$/, edit: code => replaced(code, 'words that were never there', '')},
    ]);
    await expect(built([stale])).rejects.toThrow('the code no longer says');
  });
});
