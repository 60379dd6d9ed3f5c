import {fileURLToPath} from 'node:url';
import {patch, replaced} from './patch.ts';

const path = fileURLToPath(new URL('../../src/terminal/tty.ts', import.meta.url));
const own = `import {isTerminal} from ${JSON.stringify(path)};\nconst tty = {isatty: isTerminal};`;

/** To ask whether there is a terminal, chalk loads Node's streams, which takes longer than to draw a frame. */
export const coloursWithoutStreams = patch('colours-without-streams', [
  {
    file: /chalk\/source\/vendor\/supports-color\/index\.js$/,
    edit: code => replaced(code, "import tty from 'node:tty';", own),
  },
]);
