import {homedir} from 'node:os';
import {createRedactor} from '../core/redact.ts';
import {version} from '../version.ts';

/** What a crash leaves behind: enough to find the fault, without secrets, paths of the user or e-mail addresses. */
export function crashReport(error: unknown, redact: (text: string) => string = createRedactor().redact): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const anonymous = redact(trace)
    .replaceAll(homedir(), '~')
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '[e-mail]');
  const lines = anonymous.split('\n').slice(0, 12);
  return [
    `it crashed; this is a fault of the program. Version ${version}, Node ${process.versions.node}, ${process.platform}.`,
    ...lines,
    `Please report these lines (no secret is in them) where you got the program from.`,
  ].join('\n');
}
