const newline = 10;

/** Cuts what comes in into lines; null for one of more than `longest` bytes, of which nothing is kept. */
export function createLines(longest: number, onLine: (line: string | null) => void) {
  let held: Buffer[] = [];
  let size = 0;
  function add(part: Buffer): void {
    size += part.length;
    if (size > longest) held = [];
    else held.push(part);
  }
  function end(): void {
    const line = size > longest ? null : Buffer.concat(held).toString('utf8');
    held = [];
    size = 0;
    if (line === null || line.trim() !== '') onLine(line);
  }
  return {
    add(chunk: Buffer): void {
      let from = 0;
      for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
        add(chunk.subarray(from, at));
        end();
        from = at + 1;
      }
      add(chunk.subarray(from));
    },
    /** What stands behind the last line break is a line too. */
    end,
  };
}
