import type {Asked} from '../command-line/parse.ts';
import {UsageError} from '../command-line/parse.ts';
import type {Program} from '../core/program.ts';
import {clean} from '../core/text.ts';
import {judge} from '../surfaces/guard.ts';
import {absenceIn, absenceLines, usualKeys} from '../view/absence.ts';
import {en} from '../view/strings/en.ts';
import {crashesWith} from './faults.ts';
import {complain, print} from './output.ts';
import {absentFrom, closeWhenInterrupted, complainOf, programFor, timeoutMsOf} from './program.ts';

// A line holds what was typed as a window or an account.
const longestLine = 400;
const cannotTell = 3;
const usualTimeoutMs = 30_000;

/** May a job that costs quota start now? The exit code says it; the line says why. */
export async function runGuard(asked: Asked): Promise<number> {
  crashesWith(cannotTell);
  const minRemaining = asked.number('min-remaining');
  if (minRemaining === undefined) throw new UsageError('guard needs --min-remaining <percent>');
  if (minRemaining > 100) throw new UsageError(`--min-remaining must be at most 100, not ${minRemaining}`);
  const program = await programFor(asked, {ledger: true});
  closeWhenInterrupted(program);
  try {
    const maxAgeMs = (asked.number('max-age') ?? 0) * 1000;
    const state = await program.monitor.readOnce({timeoutMs: timeoutMsOf(asked, usualTimeoutMs), maxAgeMs});
    complainOf(program);
    const absent = absentHere(asked, program);
    const {exitCode, line} = judge(state, {
      now: program.now(),
      minRemaining,
      window: asked.text('window'),
      provider: asked.text('provider'),
      account: asked.text('account'),
      absent,
      privacy: program.settings.store.get().settings.display.privacy,
    });
    for (const each of absent) if (!line.includes(each)) complain(each);
    return await print(`${clean(line, longestLine)}\n`, exitCode);
  } finally {
    await program.close();
  }
}

/** An account that is hidden, or of a provider that is switched off, is there all the same. */
function absentHere(asked: Asked, program: Program): string[] {
  const account = asked.text('account');
  if (account === undefined) return absentFrom(program);
  if (program.settings.store.get().settings.hidden.includes(account))
    return [en.start.hidden(1, usualKeys.credentials)];
  const named = account.split(':').slice(0, 1);
  return absenceLines(absenceIn(program.monitor.store.get(), program.catalogue, named), usualKeys, en);
}
