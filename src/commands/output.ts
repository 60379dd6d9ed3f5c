import {reasonOf as systemReasonOf} from '../system/files/private-file.ts';
import {isMonochrome} from '../view/theme/monochrome.ts';

/** stdout carries only the answer; everything else goes to stderr. */

/** Writes an answer; resolves with the exit code when it is out. */
export const print = (text: string, code = 0): Promise<number> =>
  new Promise(resolve => process.stdout.write(text, () => resolve(code)));

/** One line for the user beside the answer. Returns `code`. */
export function complain(line: string, code = 0): number {
  process.stderr.write(`mystatus-tui: ${line}\n`);
  return code;
}

/** `| head -1` closes our stdout while we write: that is no failure. A full disk is one, and is told where that can be done. */
export function endQuietlyWhenNobodyListens(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      if (stream === process.stdout) complain(`cannot write the output: ${systemReasonOf(error)}`);
      process.exit(1);
    });
  }
}

/** Cells of a line: the terminal's, else what `COLUMNS` says, else `elsewhere`: of a pipe nobody knows the width. */
export function widthOf(elsewhere: number, stream: {columns?: number} = process.stdout, env = process.env): number {
  const told = Number(env.COLUMNS);
  return stream.columns ?? (Number.isInteger(told) && told > 0 ? told : elsewhere);
}

/** Colours only where a person reads, and only when nobody asked for none. */
export const wantsColor = (noColor: boolean, stream: {isTTY?: boolean} = process.stdout, env = process.env): boolean =>
  Boolean(stream.isTTY) && !noColor && !env.NO_COLOR && !isMonochrome(env.TERM ?? '');

/** What our own stores say when they refuse: one line, made for the user. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
