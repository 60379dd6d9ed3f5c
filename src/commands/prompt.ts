import {createInterface} from 'node:readline/promises';
import {Writable} from 'node:stream';
import {redactor} from './faults.ts';
import {complain} from './output.ts';

// A credential is a line; a whole accounts file is a few kilobytes.
const longestInput = 65_536;

/** One line of the user, on stderr so that stdout carries only answers. Rejects on ctrl+c and ctrl+d. */
export const ask = async (question: string): Promise<string> => (await questionOn(process.stderr, question)).line;

/** The same without echo: what is typed or pasted never reaches the screen. `isOne`: false when more lines came with it. */
export async function askHidden(question: string): Promise<{line: string; isOne: boolean}> {
  const nowhere = new Writable({write: (_chunk, _encoding, done) => done()});
  try {
    // Who sees the question may answer it: by then the terminal echoes nothing.
    const answer = await questionOn(nowhere, '', () => process.stderr.write(question));
    protect(answer.line);
    return answer;
  } finally {
    process.stderr.write('\n');
  }
}

async function questionOn(
  output: NodeJS.WritableStream,
  question: string,
  onReady?: () => void,
): Promise<{line: string; isOne: boolean}> {
  const lines = createInterface({input: process.stdin, output, terminal: true, historySize: 0});
  onReady?.();
  const interrupted = new AbortController();
  const rest: string[] = [];
  lines.on('SIGINT', () => interrupted.abort());
  lines.on('close', () => interrupted.abort());
  lines.on('line', line => rest.push(line));
  try {
    // Terminals that bracket a paste mark its ends; the marks are no part of the secret.
    const line = (await lines.question(question, {signal: interrupted.signal})).replaceAll(/\u001b?\[20[01]~/g, '');
    // Of a paste everything is there by now.
    await new Promise(resolve => setImmediate(resolve));
    interrupted.signal.throwIfAborted();
    return {line, isOne: [...rest, lines.line].every(each => each.trim() === '')};
  } finally {
    lines.close();
  }
}

/** Asks until the answer will do; what is wrong with it is said each time. */
export async function answered<Raw, Answer>(
  question: () => Promise<Raw>,
  judge: (raw: Raw) => {answer: Answer} | {problem: string},
): Promise<Answer> {
  for (;;) {
    const verdict = judge(await question());
    if ('answer' in verdict) return verdict.answer;
    complain(verdict.problem);
  }
}

export const isInterrupt = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** Everything that is piped in, up to 64 KiB. */
export async function readPiped(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) {
    text += chunk;
    if (text.length > longestInput) break;
  }
  return protect(text.slice(0, longestInput));
}

/** From here on it is in no message. */
function protect(secret: string): string {
  redactor.protect(secret.trim());
  return secret;
}
