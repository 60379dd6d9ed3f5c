import {statSync} from 'node:fs';
import {isBuiltIn} from '../../core/settings.ts';
import {pathOf, readText} from '../files/json-text.ts';
import {themesIn} from '../paths.ts';
import type {Signs} from './file.ts';

/** Signs by which a start sees that what the roster was made from is still what stands there. */

/** Throws what the file system throws. `config`: the text that the settings were read from; without it, what is there now. */
export const signsOf = (configDirectory: string, theme: string, config = configTextIn(configDirectory)): Signs => ({
  config: signOfText(config),
  credentials: signOfFile(pathOf({directory: configDirectory, name: 'credentials'})),
  theme: isBuiltIn(theme) ? '' : signOfText(readText({directory: themesIn(configDirectory), name: theme})),
});

const configTextIn = (directory: string): string | null => readText({directory, name: 'config'});
const signOfText = (text: string | null): string => hash(text ?? '');

/** It holds secrets: nothing that is made of its text is kept. */
function signOfFile(path: string): string {
  const stat = statSync(path, {throwIfNoEntry: false});
  return stat === undefined ? '' : [stat.ino, stat.size, stat.mtimeMs, stat.ctimeMs].join(' ');
}

/** Enough to tell one text from the next; it keeps nothing secret and needs no cryptography, which takes long to load. */
function hash(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  return `${(a >>> 0).toString(16)}${(b >>> 0).toString(16)}${text.length.toString(16)}`;
}
