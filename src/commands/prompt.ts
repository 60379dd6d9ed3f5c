import {createInterface} from 'node:readline/promises';
import {Writable} from 'node:stream';
import {redactor} from './faults.ts';

// A credential is a line; a whole accounts file is a few kilobytes.
const longestInput = 65_536;

/** One line of the user, on stderr so that stdout carries only answers. Rejects on ctrl+c and ctrl+d. */
export const ask = (question: string): Promise<string> => questionOn(process.stderr, question);

/** The same without echo: what is typed or pasted never reaches the screen. */
export async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({write: (_chunk, _encoding, done) => done()});
  try {
    return protect(await questionOn(nowhere, ''));
  } finally {
    process.stderr.write('\n');
  }
}

async function questionOn(output: NodeJS.WritableStream, question: string): Promise<string> {
  const lines = createInterface({input: process.stdin, output, terminal: true, historySize: 0});
  const interrupted = new AbortController();
  lines.on('SIGINT', () => interrupted.abort());
  lines.on('close', () => interrupted.abort());
  try {
    // Terminals that bracket a paste mark its ends; the marks are no part of the secret.
    return (await lines.question(question, {signal: interrupted.signal})).replaceAll(/\u001b?\[20[01]~/g, '');
  } finally {
    lines.close();
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
