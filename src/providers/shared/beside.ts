import {ProviderError} from '../../core/model.ts';
import {longestWaitMs} from '../../core/polling/schedule.ts';
import type {Wire} from '../../core/provider.ts';
import {minute} from './windows.ts';

// Told to wait, but not how long.
const leastWaitMs = 15 * minute;

/**
 * What only adds to a reading: undefined where it cannot be had, for its failure is none of the reading's. A service that
 * wants to be left alone is, under `slot`: the schedule of polls hears nothing of it.
 */
export async function beside<T>(wire: Wire, slot: string, ask: () => Promise<T>): Promise<T | undefined> {
  const name = `beside ${slot}`;
  const until = wire.memory.get(name);
  if (typeof until === 'number' && wire.now() < until) return undefined;
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.code === 'rate_limited' || error.retryAt !== null)
      wire.memory.set(name, Math.min(error.retryAt ?? wire.now() + leastWaitMs, wire.now() + longestWaitMs));
    return undefined;
  }
}
