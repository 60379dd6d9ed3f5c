import {readFileSync, statSync} from 'node:fs';
import {visible} from '../../core/text/visible.ts';
import {trialExitCode, trialText} from '../../output/trial.ts';
import {failureText, remedyText} from '../../view/format/labels.ts';
import {en} from '../../view/strings/en.ts';
import {type Asked, UsageError} from '../args/parse.ts';
import {complain, print, reasonOf} from '../output.ts';
import {closeWhenInterrupted, timeoutMsOf} from '../program.ts';
import {readStdin} from '../read-stdin.ts';
import {type Custom, definitionOf} from './definition.ts';

const usualTimeoutMs = 30_000;
const longestBody = 1_048_576;

/** What a definition makes of the answer of its service, or of a body that was kept. The ledger is read, and never written. */
export async function test(custom: Custom): Promise<number> {
  const {asked, services, control} = custom;
  closeWhenInterrupted(services);
  const saved = await savedIn(asked, services.now());
  const definition = definitionOf(custom);
  if (typeof definition === 'number') return definition;
  const trial =
    saved === null
      ? await control.test(definition, {timeoutMs: timeoutMsOf(asked, usualTimeoutMs)})
      : await control.testSaved(definition, saved);
  const {failure} = trial.account;
  if (failure !== null) {
    const remedy = failure.remedy === null ? '' : ` — ${remedyText(failure.remedy, en)}`;
    complain(services.redact(`${failure.detail || failureText(failure, en)}${remedy}`));
  }
  return print(services.redact(visible(trialText(trial))), trialExitCode(trial));
}

/** Null without `--file`. Throws `UsageError`. */
async function savedIn(asked: Asked, now: number): Promise<{text: string; status: number; now: number} | null> {
  const file = asked.text('file');
  const [alone] = (['status', 'now'] as const).filter(flag => asked.has(flag));
  if (file === undefined && alone !== undefined) throw new UsageError(`--${alone} goes with --file`);
  if (file === undefined) return null;
  return {text: await bodyIn(file), status: statusIn(asked), now: momentIn(asked) ?? now};
}

function statusIn(asked: Asked): number {
  const status = asked.number('status') ?? 200;
  if (Number.isInteger(status) && status >= 100 && status <= 599) return status;
  throw new UsageError(`--status must be from 100 to 599, not ${asked.text('status')}`);
}

function momentIn(asked: Asked): number | null {
  const text = asked.text('now');
  if (text === undefined) return null;
  const at = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new UsageError(`--now must be a time such as 2026-03-01T12:00:00Z, not "${text}"`);
  return at;
}

async function bodyIn(file: string): Promise<string> {
  if (file === '-') {
    if (process.stdin.isTTY) throw new UsageError('--file - reads standard input: pipe the body in');
    return readStdin();
  }
  try {
    // Of a pipe nobody knows the size.
    if (statSync(file).size > longestBody) throw new Error('is larger than 1 MiB');
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--file ${file}: ${reasonOf(error)}`);
  }
}
