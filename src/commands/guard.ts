import type {MonitorState} from '../core/model.ts';
import type {Services} from '../core/services.ts';
import type {Asked} from './args/parse.ts';
import {UsageError} from './args/usage-error.ts';
import {crashesWith} from './faults.ts';
import {answerGuard, type GuardLimits, guardLimits} from './guard-answer.ts';
import {
  absentFor,
  closeWhenInterrupted,
  complainOf,
  forecastsFrom,
  requirePercent,
  servicesFor,
  timeoutMsOf,
} from './program.ts';

const cannotTell = 3;
const usualTimeoutMs = 30_000;

/** May a job that costs quota start now? The exit code says it; the line says why. */
export async function runGuard(asked: Asked): Promise<number> {
  crashesWith(cannotTell);
  const limits = limitsIn(asked);
  const services = await servicesFor(asked, {ledger: true});
  closeWhenInterrupted(services);
  try {
    const maxAgeMs = (asked.number('max-age') ?? 0) * 1000;
    const state = await services.monitor.readOnce({timeoutMs: timeoutMsOf(asked, usualTimeoutMs), maxAgeMs});
    return answerOf(asked, limits, state, services);
  } finally {
    await services.close();
  }
}

export function answerOf(asked: Asked, limits: GuardLimits, state: MonitorState, services: Services): number {
  complainOf(services);
  return answerGuard(asked, limits, {
    state,
    now: services.now(),
    forecastOf: forecastsFrom(services),
    absent: absentFor(asked.text('account'), services),
    privacy: services.settings.store.get().settings.display.privacy,
  });
}

function limitsIn(asked: Asked): GuardLimits {
  const limits = guardLimits(asked);
  if (limits === null) throw new UsageError('guard needs --min-remaining <percent> or --max-risk <percent>');
  requirePercent(asked, 'min-remaining', 'max-risk');
  return limits;
}
