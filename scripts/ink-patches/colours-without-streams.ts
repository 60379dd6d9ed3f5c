import {fileURLToPath} from 'node:url';
import {patch, replaced} from './patch.ts';

const path = fileURLToPath(new URL('../../src/terminal/tty.ts', import.meta.url));
const own = `import {isTerminal} from ${JSON.stringify(path)};\nconst tty = {isatty: isTerminal};`;
// Asked on Windows alone.
const os = "const os = {release: () => process.getBuiltinModule('node:os').release()};";

/**
 * To ask whether there is a terminal, chalk loads Node's streams, which takes longer than to draw a frame; and the bundler
 * copies all that belongs to the process, which is there without.
 */
export const coloursWithoutStreams = patch('colours-without-streams', [
  {
    file: /chalk\/source\/vendor\/supports-color\/index\.js$/,
    edit: code =>
      [
        ["import process from 'node:process';", ''],
        ["import os from 'node:os';", os],
        ["import tty from 'node:tty';", own],
      ].reduce((text, [words = '', others = '']) => replaced(text, words, others), code),
  },
]);
