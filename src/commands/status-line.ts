import {toAscii} from '../view/context.ts';
import {cut} from '../view/format/cells.ts';
import {hasUnicode} from '../view/strings/locale.ts';

/** One line on stderr that is rewritten in place; nothing at all where that is no terminal, or one that cannot do it. */
export type StatusLine = {
  isSeen: boolean;
  /** What is `passing` does not take the place of a line that is there. */
  show(text: string, passing: boolean): void;
  clear(): void;
};

type Stream = {isTTY?: boolean; columns?: number; write(text: string): unknown};

const usualWidth = 80;
// The terminal writes '^C' behind the line, and in its last column some go on to the next one.
const echoCells = 2;
const eraseToEnd = '\u001b[K';

export function openStatusLine(stream: Stream, env: NodeJS.ProcessEnv): StatusLine {
  const isSeen = stream.isTTY === true && env.TERM !== 'dumb' && !env.INK_SCREEN_READER;
  const spelled = hasUnicode(env) ? (text: string) => text : toAscii;
  let shown = '';
  return {
    isSeen,
    show(text, passing) {
      if (!isSeen || (passing && shown !== '')) return;
      const line = cut(spelled(`waiting: ${text}`), (stream.columns ?? usualWidth) - echoCells - 1);
      if (line === shown) return;
      shown = line;
      stream.write(`\r${line}${eraseToEnd}`);
    },
    clear() {
      if (shown !== '') stream.write(`\r${eraseToEnd}`);
      shown = '';
    },
  };
}
