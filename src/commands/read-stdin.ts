// What is handed over is there at once; whoever leaves the pipe open must not hold up the line.
const patienceMs = 1000;
const longest = 1024 * 1024;

/** What stands on standard input, as far as it came within a second; empty from a terminal. */
export async function readStdin(stdin: NodeJS.ReadStream = process.stdin): Promise<string> {
  if (stdin.isTTY) return '';
  const chunks: Buffer[] = [];
  let length = 0;
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, patienceMs);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    stdin.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > longest) end();
    });
    stdin.once('end', end).once('error', end);
  });
  stdin.pause();
  return length > longest ? '' : Buffer.concat(chunks).toString('utf8');
}
