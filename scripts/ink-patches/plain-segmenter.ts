import {fileURLToPath} from 'node:url';
import {patch, replaced} from './patch.ts';

const path = fileURLToPath(new URL('runtime/plain-segmenter.ts', import.meta.url));
const withPlainSegmenter = (code: string): string =>
  `import {PlainSegmenter} from ${JSON.stringify(path)};\n${replaced(code, 'new Intl.Segmenter(', 'new PlainSegmenter(')}`;

/** What Ink cuts and wraps rows with splits plain letters without the segmenter, whose making takes longer than a frame. */
export const plainSegmenter = patch('plain-segmenter', [
  {file: /@alcalzone\/ansi-tokenize\/build\/tokenize\.js$/, edit: withPlainSegmenter},
  {file: /slice-ansi\/tokenize-ansi\.js$/, edit: withPlainSegmenter},
  {file: /wrap-ansi\/index\.js$/, edit: withPlainSegmenter},
  {file: /ink\/build\/line-update\.js$/, edit: withPlainSegmenter},
]);
