import {sanitize} from '../core/text/sanitize.ts';
import {judge} from '../output/guard.ts';
import type {Asked} from './args/parse.ts';
import {UsageError} from './args/parse.ts';
import {crashesWith} from './faults.ts';
import {complain, print} from './output.ts';
import {
  absentFor,
  closeWhenInterrupted,
  complainOf,
  forecastsFrom,
  requirePercent,
  servicesFor,
  timeoutMsOf,
} from './program.ts';

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
    const absent = absentFor(asked.text('account'), services);
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
  requirePercent(asked, 'min-remaining', 'max-risk');
  return {minRemaining: minRemaining ?? 0, maxRisk};
}
