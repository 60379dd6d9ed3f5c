import {createRedactor} from '../core/text/redact.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {homeOfAccount} from '../system/paths.ts';
import {version} from '../version.ts';

export type CrashContext = {
  redact(text: string): string;
  /** What Node and others said before; the last of it may tell more than the fault itself. */
  before?: readonly string[];
};

const longestTrace = 12;
const longestLine = 300;
const mostBefore = 5;

/** What a crash leaves behind: enough to find the fault, without secrets, paths of the user or e-mail addresses. */
export function crashReport(
  error: unknown,
  {redact, before = []}: CrashContext = {redact: createRedactor().redact},
): string {
  const safe = (text: string): string[] => linesOf(text, redact);
  const earlier = before.flatMap(safe).slice(-mostBefore);
  return [
    `crashed. This is a bug in mystatus-tui. Version ${version}, Node ${process.versions.node}, ${process.platform}.`,
    ...safe(traceOf(error)).slice(0, longestTrace),
    ...(earlier.length === 0 ? [] : ['Earlier output:', ...earlier.map(line => `    ${line}`)]),
    `Please report these lines (they contain no secrets) where you got mystatus-tui.`,
  ].join('\n');
}

/** Anything may be thrown, also what throws when it is looked at. */
function traceOf(error: unknown): string {
  try {
    const {stack, message} = error instanceof Error ? error : {stack: undefined, message: error};
    return String(stack ?? message);
  } catch {
    return 'a value that cannot be printed was thrown';
  }
}

/** As a whole first: a secret may go over several lines. */
const linesOf = (text: string, redact: CrashContext['redact']): string[] =>
  redact(text)
    .split(/[\r\n]+/)
    .map(line => ({indent: /^ +at /.test(line) ? '    ' : '', line: anonymous(redact(sanitize(line, longestLine)))}))
    .filter(({line}) => line !== '')
    .map(({indent, line}) => indent + line);

const anonymous = (text: string): string =>
  withoutHome(text)
    // User and password of a proxy's address.
    .replace(/\/\/[^/\s@]+@/g, '//[redacted]@')
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '[e-mail]');

function withoutHome(text: string): string {
  const homes = [process.env.HOME, homeOfAccount()].filter(home => typeof home === 'string' && home.length > 1);
  return homes.reduce<string>((safe, home) => safe.replaceAll(home ?? '', '~'), text);
}
