import {cellWidth} from '../view/format/cells.ts';
import type {Modes} from './modes.ts';
import type {Size} from './size.ts';

export type PaintedOptions = {
  /** How large Ink is to believe that the terminal is; without it, as large as the terminal says. */
  size?: () => Size;
  /** The alternate screen stands already, and a frame of this size on it. */
  painted?: Size | null;
};

/** How Ink takes over a screen on which a frame stands: as if it began on an empty one, and without emptying it. */
export type TakingOver = {
  /** Without what enters the alternate screen: some terminals empty it when it is entered once more. */
  entered(text: string): string;
  /** A frame; the first one is drawn over what stands there. */
  drawn(frame: string): string;
};

const enter = '\u001b[?1049h';
const hideCursor = '\u001b[?25l';
const home = '\u001b[H';
const emptyScreen = `${home}\u001b[J`;
// Also what is no colour: it would be measured by the library that knows all emoji, which takes longer to load than a frame.
const escapes = /\u001b\[[?\d;]*[A-Za-z]/g;
const eraseRest = '\u001b[K';

/** `modes` hears what is switched on in the terminal already. */
export function takingOver({painted = null, size}: PaintedOptions, modes: Pick<Modes, 'see'>): TakingOver {
  let before = painted;
  if (before !== null) modes.see(`${enter}${hideCursor}`);
  return {
    entered: text => (before === null ? text : text.replaceAll(enter, '')),
    drawn(frame) {
      const over = before;
      before = null;
      return over === null ? frame : drawnOver(frame, over, size?.() ?? over);
    },
  };
}

/** What stood behind a row goes; not so behind one that is as wide as the screen, whose last cell it would take along. */
function drawnOver(frame: string, before: Size, {columns, rows}: Size): string {
  if (before.columns !== columns || before.rows !== rows) return emptyScreen + frame;
  const ended = (row: string): string => (cellWidth(row.replaceAll(escapes, '')) < columns ? row + eraseRest : row);
  return home + frame.split('\n').map(ended).join('\n');
}
