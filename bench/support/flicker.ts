import {type Chunk, createEmulator, type Size} from './pty.ts';

/** Of `chunks` reads, how many left a row blank that was filled before and is filled at the end; and the worst of them. */
export type Flicker = {chunks: number; withBlanks: number; worst: number};

/** Plays the reads again, one by one: what a terminal that draws after each of them would have shown. */
export async function flickerOf(before: readonly Chunk[], during: readonly Chunk[], size: Size): Promise<Flicker> {
  const emulator = createEmulator(size);
  const blank = (line: string): boolean => line.trim() === '';
  for (const {text} of before) await emulator.feed(text);
  const first = emulator.lines();
  const screens: string[][] = [];
  for (const {text} of during) {
    await emulator.feed(text);
    screens.push(emulator.lines());
  }
  emulator.close();
  const last = screens.at(-1) ?? first;
  const isSteady = (row: number): boolean => !blank(first[row] ?? '') && !blank(last[row] ?? '');
  const blanks = screens.map(lines => lines.filter((line, row) => isSteady(row) && blank(line)).length);
  return {
    chunks: during.length,
    withBlanks: blanks.filter(count => count > 0).length,
    worst: Math.max(0, ...blanks),
  };
}
