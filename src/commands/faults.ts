/** Faults that nobody caught, and what Node and dependencies say meanwhile: the same for every command. */
import {createRedactor, type Redactor} from '../core/text/redact.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {crashReport} from './crash.ts';
import {incompleteText, isIncomplete} from './incomplete.ts';
import {complain} from './output.ts';

/** The one of this process: it is there before the first secret is read. */
export const redactor = createRedactor();

const mostRemembered = 20;
const longestRemembered = 2000;
const remembered: string[] = [];
let leaveScreen: (() => void) | null = null;
let exitCode = 1;

/** For a command whose exit code 1 means something else. */
export function crashesWith(code: number): void {
  exitCode = code;
}

/** From now on a fault gives the terminal back before it is reported, and remarks are kept for that report. */
export function screenIsOpen(leave: () => void): void {
  leaveScreen = leave;
}

export function screenIsClosed(): void {
  leaveScreen = null;
}

/** What a dependency wrote while the screen was open. */
export function remember(text: string): void {
  remembered.push(text.slice(0, longestRemembered));
  if (remembered.length > mostRemembered) remembered.shift();
}

export function hearFaults(): void {
  process.on('uncaughtException', crash);
  hearWarnings();
}

/** Whatever is written from now on is seen. */
export function giveScreenBack(): void {
  const leave = leaveScreen;
  leaveScreen = null;
  attempt(() => leave?.());
}

/** Prints the report and returns the exit code. */
export function reportCrash(error: unknown): number {
  if (isIncomplete(error)) return complain(incompleteText, exitCode);
  const environment = secretsIn(process.env);
  const redact = (text: string): string => environment.redact(redactor.redact(text));
  return complain(crashReport(error, {redact, before: remembered}), exitCode);
}

const secretName = /token|key|secret|passw|credential|auth/i;

/** Logins in the environment, whether or not somebody has looked for them yet. For reports only: it is not choosy. */
export function secretsIn(env: NodeJS.ProcessEnv): Redactor {
  const result = createRedactor();
  for (const [name, value = ''] of Object.entries(env))
    if (secretName.test(name) && !value.startsWith('/')) result.protect(value);
  return result;
}

function crash(error: unknown): void {
  giveScreenBack();
  attempt(() => void reportCrash(error));
  // What throws on the way out must not keep us from going.
  attempt(() => process.exit(exitCode));
  process.exit(exitCode);
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // One fault is reported; the terminal and the end count for more than the next one.
  }
}

/** Of Node's remarks a user needs those about the user's own machine, such as a certificate that cannot be read. */
const ofNodeItself = new Set(['ExperimentalWarning', 'DeprecationWarning']);

function hearWarnings(): void {
  const isWanted = process.listenerCount('warning') > 0;
  process.removeAllListeners('warning');
  process.on('warning', ({name, message}) => {
    if (leaveScreen) remember(`${name}: ${message}`);
    else if (isWanted && !ofNodeItself.has(name)) complain(safeLine(message));
  });
}

// Twice: cutting may go through a secret, and an invisible character in it would hide it the first time.
const safeLine = (text: string): string => redactor.redact(sanitize(redactor.redact(text), 300));
