import {createRequire} from 'node:module';
import {setTimeout as pause} from 'node:timers/promises';
import type {Environment} from '../programs/find.ts';
import {runProgram} from '../programs/programs.ts';
import {isSingleExecutable} from '../single-executable.ts';

/**
 * Secrets in the keychain of the operating system: macOS's Keychain, Windows' Credential Manager, elsewhere the Secret
 * Service (GNOME Keyring, KWallet, KeePassXC). Each is an entry of the service 'mystatus-tui' under its credential's id.
 *
 * What goes wrong is told in a few words of ours, never in those of the system. Nothing here throws.
 */
export type Keychain = {
  /** One answer per id, in their order; from memory when they were asked for a short while ago. */
  read(ids: readonly string[]): Promise<KeychainAnswer[]>;
  /** Null when it is kept, else why not. */
  write(id: string, secret: string): Promise<string | null>;
  /** Null when it is gone (or never was there), else why not. */
  remove(id: string): Promise<string | null>;
};
export type KeychainAnswer = {secret: string} | {problem: string};

export type KeychainOptions = {
  env: Environment;
  now?: () => number;
  /** How long a reader waits; the question itself stays open, for somebody who is typing a password. */
  patienceMs?: number;
  /** When an open question is called off. */
  promptMs?: number;
  /** Path of the module that knows the keychain, with the `Entry` of @napi-rs/keyring; null: there is none. */
  library?: string | null;
};

export const keychainService = 'mystatus-tui';

const usualPatienceMs = 2000;
const usualPromptMs = 60_000;
// Logins are looked at every few seconds; a secret in a keychain changes once in months. After a refusal the same: each
// try may put a prompt before the user, who has just dismissed one.
const keepMs = 5 * 60_000;

const late = 'the keychain did not respond in time';
const notInstalled = 'the keychain library @napi-rs/keyring is not installed';

export function createKeychain({
  env,
  now = Date.now,
  patienceMs = usualPatienceMs,
  promptMs = usualPromptMs,
  library = installedLibrary(),
}: KeychainOptions): Keychain {
  const memory = new Map<string, Remembered>();
  const ask = (question: Question) => answersTo(question, library, env, promptMs);

  function readAnew(ids: readonly string[]): void {
    const answers = ask({op: 'read', ids});
    for (const [at, id] of ids.entries()) {
      const one: Remembered = {at: now(), answer: answers.then(all => toSecret(all[at])), known: null};
      memory.set(id, one);
      one.answer.then(known => Object.assign(one, {known}));
    }
  }

  /** The answer, unless somebody has waited long enough for it already. */
  function soon({at, answer, known}: Remembered): Promise<KeychainAnswer> | KeychainAnswer {
    if (known !== null) return known;
    const rest = Math.max(0, Math.min(patienceMs, at + patienceMs - now()));
    return Promise.race([answer, pause(rest, {problem: late}, {ref: false})]);
  }

  return {
    async read(ids) {
      const unknown = [...new Set(ids)].filter(id => !isFresh(memory.get(id), now()));
      if (unknown.length > 0) readAnew(unknown);
      return Promise.all(ids.map(id => soon(memory.get(id) ?? nothing)));
    },
    async write(id, secret) {
      memory.delete(id);
      const [answer] = await ask({op: 'write', ids: [id], secret});
      if (answer?.error !== undefined) return answer.error;
      return answer?.secret === secret ? null : 'the keychain did not store the secret';
    },
    async remove(id) {
      memory.delete(id);
      const [answer] = await ask({op: 'remove', ids: [id]});
      return answer?.error ?? null;
    },
  };
}

/** What was asked; `known` once it is answered. While it is not, nobody asks the same again. */
type Remembered = {at: number; answer: Promise<KeychainAnswer>; known: KeychainAnswer | null};
const nothing: Remembered = {at: 0, answer: Promise.resolve({problem: late}), known: {problem: late}};

function isFresh(one: Remembered | undefined, now: number): boolean {
  if (one === undefined) return false;
  const age = now - one.at;
  return one.known === null || (age >= 0 && age < keepMs);
}

function toSecret({secret, error}: Answer = {}): KeychainAnswer {
  if (error !== undefined) return {problem: error};
  return typeof secret === 'string' && secret !== ''
    ? {secret}
    : {problem: 'the keychain no longer contains this secret'};
}

type Question = {op: 'read' | 'write' | 'remove'; ids: readonly string[]; secret?: string};
type Answer = {secret?: string | null; error?: string};

/**
 * The library is native and blocks: a prompt that stays open, or a session bus that says nothing, would stop the screen
 * and even the exit of the program that called it, deadline or not. So a child calls it, which can be ended. Question and
 * secrets go through its pipes.
 *
 * On Linux the store is named, for the library's second choice, the kernel's keyring, forgets everything at the next start.
 */
const child = `
const {library, service, op, ids, secret} = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const answerFor = id => {
  try {
    const entry = new (require(library).Entry)(service, id, {linux: {store: 'secret-service'}});
    if (op === 'write') entry.setPassword(secret);
    if (op === 'remove') entry.deleteCredential();
    return {secret: op === 'remove' ? null : entry.getPassword()};
  } catch (error) {
    return {error: String(error && error.message)};
  }
};
process.stdout.write(JSON.stringify(ids.map(answerFor)));
`;

async function answersTo(
  question: Question,
  library: string | null,
  env: Environment,
  timeoutMs: number,
): Promise<Answer[]> {
  const failed = (error: string): Answer[] => question.ids.map(() => ({error}));
  if (library === null) return failed(notInstalled);
  const input = JSON.stringify({...question, library, service: keychainService});
  const run = await runProgram(process.execPath, ['-e', child], {timeoutMs, env: passedOn(env), input});
  if (run.timedOut) return failed(late);
  return parse(run.stdout)?.map(inOurWords) ?? failed('the keychain library failed');
}

/** It is optional: where there is no build of it, the package manager leaves it out. */
function installedLibrary(): string | null {
  if (isSingleExecutable()) return null;
  try {
    return createRequire(import.meta.url).resolve('@napi-rs/keyring');
  } catch {
    return null;
  }
}

function parse(stdout: string): Answer[] | null {
  try {
    const answers: unknown = JSON.parse(stdout);
    return Array.isArray(answers) ? (answers as Answer[]) : null;
  } catch {
    return null;
  }
}

/** What finds the user's session and nothing else: tokens that stand in the environment are no business of a child. */
const passed =
  /^(HOME|USER|LOGNAME|LANG|LC_ALL|DBUS_SESSION_BUS_ADDRESS|XDG_RUNTIME_DIR|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|LD_LIBRARY_PATH|SYSTEMROOT|USERPROFILE|APPDATA|LOCALAPPDATA|TEMP)$/i;
const passedOn = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([name]) => passed.test(name)));

const words: readonly (readonly [RegExp, string])[] = [
  [/native binding|cannot find module/i, notInstalled],
  [/d-?bus|\.service\b/i, 'no keychain is running (GNOME Keyring, KWallet, KeePassXC)'],
  [/platform storage|denied|dismissed|locked|interaction/i, 'the keychain is locked or denied access'],
  [/longer than|too long/i, 'the secret is too long for the keychain'],
];

const inOurWords = (answer: Answer): Answer =>
  answer.error === undefined
    ? answer
    : {error: words.find(([pattern]) => pattern.test(answer.error ?? ''))?.[1] ?? 'the keychain denied access'};
