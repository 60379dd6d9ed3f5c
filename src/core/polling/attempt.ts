import type {Account, Provider} from '../provider.ts';
import type {MonitorDeps} from './deps.ts';
import {canRefresh, type Logins} from './logins.ts';
import type {RequestCounts} from './request-counts.ts';
import {failureFrom, type Result, readingFrom} from './settle.ts';

/** What came of a request, and the login that it was made with. */
export type Attempt = {account: Account; result: Result};

export type AttemptDeps = Pick<MonitorDeps, 'wireFor' | 'redactor'> & {logins: Logins; requests: RequestCounts};
export type AttemptOptions = {signal: AbortSignal; deadlineMs: number};

/** One refresh of an account. Null when its login is gone, or cannot be refreshed. Throws only when it is aborted. */
export async function attempt(
  deps: AttemptDeps,
  provider: Provider,
  key: string,
  options: AttemptOptions,
): Promise<Attempt | null> {
  const account = await deps.logins.read(provider, key);
  if (account === null || !canRefresh(account)) return null;
  const result = await fetchOnce(deps, provider, account, options);
  if (!isRefusal(result)) return {account, result};
  // The owner of the credential may have renewed it during the request: once more, only if it really is another one.
  const renewed = await deps.logins.renewed(provider, account);
  if (renewed === null) return {account, result};
  return {account: renewed, result: await fetchOnce(deps, provider, renewed, options)};
}

async function fetchOnce(
  deps: AttemptDeps,
  provider: Provider,
  account: Account,
  options: AttemptOptions,
): Promise<Result> {
  const result = await resultOf(deps, provider, account, options);
  deps.requests.add(account, result);
  return result;
}

/** The only catch: what a provider throws becomes data here. */
async function resultOf(
  {wireFor, redactor}: AttemptDeps,
  provider: Provider,
  account: Account,
  {signal, deadlineMs}: AttemptOptions,
): Promise<Result> {
  try {
    const reading = await provider.fetch(account, wireFor(provider, signal, deadlineMs));
    signal.throwIfAborted();
    return {reading: readingFrom(reading, redactor.redact)};
  } catch (error) {
    if (signal.aborted) throw error;
    return {failure: failureFrom(error, redactor.redact)};
  }
}

const isRefusal = (result: Result): boolean =>
  'failure' in result && (result.failure.code === 'expired' || result.failure.code === 'auth_rejected');
