import {fileURLToPath} from 'node:url';
import {patch, replaced} from './patch.ts';

const runtime = (file: string): string => fileURLToPath(new URL(`runtime/${file}`, import.meta.url));
const path = runtime('plain-segmenter.ts');
const withPlainSegmenter = (code: string): string =>
  `import {PlainSegmenter} from ${JSON.stringify(path)};\n${replaced(code, 'new Intl.Segmenter(', 'new PlainSegmenter(')}`;

// Letters of one cell each: their place in the text is their place in the row, and none of them is a control.
function withNarrowLetters(code: string): string {
  const controls = 'if (control.test(previousText) || control.test(nextText)) {';
  const isPlaced = 'if (printableAscii.test(previousText) && printableAscii.test(nextText)) {';
  const quick = replaced(
    replaced(
      code,
      controls,
      `const narrow = isNarrow(previousText) && isNarrow(nextText);\n${controls.replace('(c', '(!narrow && (c').replace(') {', ')) {')}`,
    ),
    isPlaced,
    'if (narrow) {',
  );
  return `import {isNarrow} from ${JSON.stringify(runtime('plain-text.ts'))};\n${quick}`;
}

/** What Ink cuts and wraps rows with splits plain letters without the segmenter, whose making takes longer than a frame. */
export const plainSegmenter = patch('plain-segmenter', [
  {file: /@alcalzone\/ansi-tokenize\/build\/tokenize\.js$/, edit: withPlainSegmenter},
  {file: /slice-ansi\/tokenize-ansi\.js$/, edit: withPlainSegmenter},
  {file: /wrap-ansi\/index\.js$/, edit: withPlainSegmenter},
  {file: /ink\/build\/line-update\.js$/, edit: code => withNarrowLetters(withPlainSegmenter(code))},
]);
