import {copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Metafile} from 'esbuild';
import {bundledIn} from '../bundled-packages.ts';
import {licencesOf} from './licences.ts';
import {checkout} from './variables.ts';

/** What the program reads beside its code, by its path in the package: its presets, and the page that it serves. */
export const carriedFiles = (root: string): Record<string, string> =>
  Object.fromEntries(
    ['presets', 'dist/page']
      .filter(folder => existsSync(join(root, folder)))
      .flatMap(folder => readdirSync(join(root, folder)).map(name => `${folder}/${name}`))
      .map(path => [path, join(root, path)]),
  );

/** The licences of everything in it, Node among them. */
export function writeNotices(directory: string, metafile: Metafile): void {
  copyFileSync(join(checkout, 'LICENSE'), join(directory, 'LICENSE'));
  const text = licencesOf(checkout, bundledIn(metafile).packages);
  writeFileSync(join(directory, 'THIRD-PARTY-LICENSES.txt'), `${text}\n${nodeLicence()}`);
}

function nodeLicence(): string {
  const head = `${'-'.repeat(80)}\nNode.js ${process.versions.node}\n\n`;
  const beside = [dirname(process.execPath), dirname(dirname(process.execPath))].map(place => join(place, 'LICENSE'));
  const found = beside.find(existsSync);
  return `${head}${found === undefined ? `https://github.com/nodejs/node/blob/v${process.versions.node}/LICENSE\n` : readFileSync(found, 'utf8')}`;
}
