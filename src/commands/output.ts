import {writeSync} from 'node:fs';
import {codeOf, reasonOf as systemReasonOf} from '../system/files/trouble.ts';
import {isMonochrome} from '../view/theme/monochrome.ts';

/** stdout carries only the answer; everything else goes to stderr. */

/** Writes an answer and returns the exit code. Not by `process.stdout`: a script would wait for its streams. */
export function print(text: string, code = 0): number {
  write(1, text);
  return code;
}

/** One line for the user beside the answer. Returns `code`. */
export function complain(line: string, code = 0): number {
  write(2, `mystatus-tui: ${line}\n`);
  return code;
}

function write(fd: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSome(fd, bytes.subarray(done));
  } catch (error) {
    endUnheard(error, fd);
  }
}

// A reader that is slower than we are, at the other end of a pipe that does not wait.
const readerMs = 5;

function writeSome(fd: number, bytes: Uint8Array): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    if (codeOf(error) !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, readerMs);
    return 0;
  }
}

/** `| head -1` closes our stdout while we write: that is no failure. A full disk is one, and is told where that can be done. */
function endUnheard(error: unknown, fd: number): never {
  if (codeOf(error) === 'EPIPE') process.exit(0);
  if (fd === 1) complain(`cannot write the output: ${systemReasonOf(error)}`);
  process.exit(1);
}

/** The same for what is written by a stream. */
export function endQuietlyWhenNobodyListens(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', error => endUnheard(error, stream === process.stdout ? 1 : 2));
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
