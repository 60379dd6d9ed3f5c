import {ProviderError, type Reading} from '../../core/model.ts';
import type {RunResult, Wire} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {objectsIn} from '../shared/json-in-text.ts';
import {type Json, recordOf, toNumber, toText} from '../shared/values.ts';
import {requireOurs} from '../shared/vendor-program.ts';
import {signInToAgy, updateAgy} from './names.ts';
import {parseSummary} from './parse-summary.ts';

// Before this version the same command starts a turn of a model, which costs quota. The fourth part is −1 for a trial
// version, which comes before the version that it tries.
const firstFreeVersion = [1, 1, 11, 0] as const;
const versionTimeoutMs = 15_000;
const usageTimeoutMs = 30_000;
// `-p` takes the word after it as the prompt.
const usageArguments = ['-p', '/usage', '--output-format', 'json', '--print-timeout', '10s'];

/** The quota as the vendor's own program tells it, without a token of ours. Throws `ProviderError`. */
export async function readAgy(path: string, wire: Wire): Promise<Reading> {
  const spentSlot = `google agy spent ${path}`;
  if (wire.memory.has(spentSlot)) throw spentFailure();
  await requireFreeVersion(path, wire);
  const result = await wire.run(path, usageArguments, {timeoutMs: usageTimeoutMs});
  requireOurs(result, 'agy', path);
  if (result.timedOut) throw timeoutFailure();
  const answers = objectsIn(result.stdout);
  if (answers.some(isSpent)) wire.memory.set(spentSlot, true);
  else if (result.code !== 0) throw exitFailure(result);
  return parseAgy(result.stdout, wire.now());
}

/** Only a good verdict is remembered: an update is noticed at the next poll. */
async function requireFreeVersion(path: string, wire: Wire): Promise<void> {
  const slot = `google agy version ${path}`;
  if (wire.memory.has(slot)) return;
  const result = await wire.run(path, ['--version'], {timeoutMs: versionTimeoutMs});
  requireOurs(result, 'agy', path);
  if (result.timedOut) throw timeoutFailure();
  const version = versionIn(`${result.stdout}\n${result.stderr}`);
  if (version === null || !isFree(version)) {
    const detail = `agy ${version === null ? 'of an unknown version' : spelled(version)} would use up quota to report it`;
    throw new ProviderError('no_credentials', {detail, remedy: updateAgy});
  }
  wire.memory.set(slot, true);
}

const versionPattern = /(?<![\d.])(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?(-[a-z])?/gi;
const ownLine = /^[^\w\n]*(?:(?:agy|antigravity(?:[- ]cli)?)[^\w\n]+)?(?:version[^\w\n]+)?v?\d+\.\d.*$/gim;

/**
 * The `1.2.3` (or `1.2`) that begins a line or follows the program's name. Beside it another may stand, of an update that
 * is on offer or of a library, so of several the least is believed.
 */
export function versionIn(text: string): number[] | null {
  const lines = [...text.matchAll(ownLine)].flatMap(([line]) => versionsIn(line).slice(0, 1));
  const [least] = (lines.length > 0 ? lines : versionsIn(text)).sort(byAge);
  return least ?? null;
}

const versionsIn = (text: string): number[][] =>
  [...text.matchAll(versionPattern)].map(([, major, minor, patch = 0, trial]) => [
    ...[major, minor, patch].map(Number),
    ...(trial === undefined ? [] : [-1]),
  ]);

const byAge = (a: readonly number[], b: readonly number[]): number => {
  const index = firstFreeVersion.findIndex((_, at) => (a[at] ?? 0) !== (b[at] ?? 0));
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
};

const spelled = (version: readonly number[]): string =>
  `${version.slice(0, 3).join('.')}${version.length > 3 ? ' (a pre-release)' : ''}`;

export const isFree = (version: readonly number[]): boolean => byAge(version, firstFreeVersion) >= 0;

/**
 * The windows in what `agy -p /usage --output-format json` (or `stream-json`) printed, between whatever it logged. Throws
 * `ProviderError` when the run cost a turn, when nobody is signed in, or when no usage is in it.
 */
export function parseAgy(stdout: string, now: number): Reading {
  const answers = objectsIn(stdout);
  if (answers.some(isSpent)) throw spentFailure();
  const usage = answers.find(({command}) => recordOf(command).name === 'usage');
  const failed = answers.find(({status}) => status === 'ERROR');
  if (usage === undefined && failed !== undefined) throw saidFailure(wordsOf(failed));
  const reading = parseSummary(recordOf(usage?.command).data, now);
  if (reading === null) throw unexpectedShape('no usage in the response of agy', usage ?? answers[0]);
  return reading;
}

/** A turn of a model was taken, or a conversation was left behind. */
function isSpent(answer: Json): boolean {
  const turns = toNumber(answer.num_turns) ?? 0;
  const tokens = toNumber(recordOf(answer.usage).total_tokens) ?? 0;
  return turns > 0 || tokens > 0 || toText(answer.conversation_id) !== undefined;
}

const wordsOf = (answer: Json): string =>
  [answer.error, recordOf(answer.error).message, answer.message, answer.response].map(toText).find(Boolean) ?? '';

const signedOut = /not (?:logged|signed) in|(?:log|sign)[- ]?in\b|unauthenticated|authenticat/i;

function saidFailure(words: string): ProviderError {
  if (signedOut.test(words))
    return new ProviderError('expired', {detail: 'nobody is signed in to agy', remedy: signInToAgy});
  return new ProviderError('server_error', {detail: `agy failed: ${sanitize(words) || 'no reason given'}`});
}

/** It ended badly: what it printed as JSON says more than its log. */
function exitFailure({code, stdout, stderr}: RunResult): ProviderError {
  if (code === 127) return new ProviderError('no_credentials', {detail: 'agy cannot be started', remedy: updateAgy});
  const failed = objectsIn(stdout).find(({status}) => status === 'ERROR');
  return saidFailure((failed && wordsOf(failed)) || stderr.trim() || stdout.trim());
}

const timeoutFailure = (): ProviderError => new ProviderError('timeout', {detail: 'agy did not respond in time'});

const spentFailure = (): ProviderError =>
  new ProviderError('bad_response', {
    detail: 'agy used up quota to respond; it will not be run again until the next start',
    remedy: updateAgy,
  });
