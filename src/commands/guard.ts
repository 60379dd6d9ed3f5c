import type {Services} from '../core/services.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {judge} from '../output/guard.ts';
import {absenceIn, absenceLines, usualKeys} from '../view/rows/absence.ts';
import {en} from '../view/strings/en.ts';
import type {Asked} from './args/parse.ts';
import {UsageError} from './args/parse.ts';
import {crashesWith} from './faults.ts';
import {complain, print} from './output.ts';
import {absentFrom, closeWhenInterrupted, complainOf, forecastsFrom, servicesFor, timeoutMsOf} from './program.ts';

// A line holds what was typed as a window or an account.
const longestLine = 400;
const cannotTell = 3;
const usualTimeoutMs = 30_000;

/** May a job that costs quota start now? The exit code says it; the line says why. */
export async function runGuard(asked: Asked): Promise<number> {
  crashesWith(cannotTell);
  const {minRemaining, maxRisk} = limitsIn(asked);
  const services = await servicesFor(asked, {ledger: true});
  closeWhenInterrupted(services);
  try {
    const maxAgeMs = (asked.number('max-age') ?? 0) * 1000;
    const state = await services.monitor.readOnce({timeoutMs: timeoutMsOf(asked, usualTimeoutMs), maxAgeMs});
    complainOf(services);
    const absent = absentHere(asked, services);
    const {exitCode, line} = judge(state, {
      now: services.now(),
      minRemaining,
      maxRisk,
      forecastOf: forecastsFrom(services),
      window: asked.text('window'),
      provider: asked.text('provider'),
      account: asked.text('account'),
      absent,
      privacy: services.settings.store.get().settings.display.privacy,
    });
    for (const each of absent) if (!line.includes(each)) complain(each);
    return await print(`${sanitize(line, longestLine)}\n`, exitCode);
  } finally {
    await services.close();
  }
}

/** With a highest risk alone nothing need be left beyond that. */
function limitsIn(asked: Asked): {minRemaining: number; maxRisk: number | undefined} {
  const [minRemaining, maxRisk] = [asked.number('min-remaining'), asked.number('max-risk')];
  if (minRemaining === undefined && maxRisk === undefined)
    throw new UsageError('guard needs --min-remaining <percent> or --max-risk <percent>');
  for (const name of ['min-remaining', 'max-risk'] as const)
    if ((asked.number(name) ?? 0) > 100) throw new UsageError(`--${name} must be at most 100, not ${asked.text(name)}`);
  return {minRemaining: minRemaining ?? 0, maxRisk};
}

/** An account that is hidden, or of a provider that is switched off, is there all the same. */
function absentHere(asked: Asked, services: Services): string[] {
  const account = asked.text('account');
  if (account === undefined) return absentFrom(services);
  if (services.settings.store.get().settings.hidden.includes(account))
    return [en.start.hidden(1, usualKeys.credentials)];
  const named = account.split(':').slice(0, 1);
  return absenceLines(absenceIn(services.monitor.store.get(), services.catalogue, named), usualKeys, en);
}
