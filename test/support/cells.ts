import xterm from '@xterm/headless';

/** A picture cell by cell, with all that a terminal shows of each; a cell that nobody wrote is a blank. */
export type Picture = string[];

/** A terminal that is written to piece by piece. */
export function openReplay(columns: number, rows: number) {
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0, convertEol: true});
  return {
    write: (text: string): Promise<void> => new Promise(resolve => terminal.write(text, resolve)),
    picture: (): Picture => Array.from({length: columns * rows}, (_, at) => cellAt(terminal, at % columns, at)),
    isAlternate: (): boolean => terminal.buffer.active.type === 'alternate',
    close: () => terminal.dispose(),
  };
}

function cellAt(terminal: InstanceType<typeof xterm.Terminal>, x: number, at: number): string {
  const {active} = terminal.buffer;
  const cell = active.getLine(active.baseY + Math.floor(at / terminal.cols))?.getCell(x);
  if (cell === undefined) return '';
  const text = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
  const isBlank = text === ' ' && !cell.isInverse() && cell.isBgDefault();
  const style = [
    ...[cell.getFgColorMode(), cell.getFgColor(), cell.getBgColorMode(), cell.getBgColor()],
    ...[cell.isBold(), cell.isDim(), cell.isInverse(), cell.isItalic()],
  ];
  // The colour of a letter that is not there is seen by nobody.
  return isBlank ? ' ' : `${text} ${style.join(' ')}`;
}

/** How many cells differ. */
export const changedCells = (before: Picture, after: Picture): number =>
  before.filter((cell, at) => cell !== after[at]).length;
