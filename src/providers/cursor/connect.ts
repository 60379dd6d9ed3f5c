import {type FailureCode, ProviderError, type Remedy} from '../../core/model.ts';
import type {WireResponse} from '../../core/provider.ts';
import {failureOf, maybeJson} from '../shared/http.ts';
import {recordOf, toText} from '../shared/values.ts';

/** Answers of the Connect protocol: a failure has a word of its own beside the status, and may have the status of a success. */

const codeIn = ({text}: WireResponse): string | undefined => toText(recordOf(maybeJson(text)).code);

export const isConnectSuccess = (response: WireResponse): boolean =>
  response.status >= 200 && response.status < 300 && codeIn(response) === undefined;

// What the protocol itself calls a failure says more than the status that goes with it.
const meanings = new Map<string, FailureCode>([
  ['resource_exhausted', 'rate_limited'],
  ['unimplemented', 'bad_response'],
]);
/** Where the status says nothing. */
const plainMeanings = new Map<string, FailureCode>([
  ['unauthenticated', 'expired'],
  ['permission_denied', 'auth_rejected'],
  ['unavailable', 'server_error'],
  ['internal', 'server_error'],
]);

/** `renew` is what cures a login that was refused. */
export function connectFailure(response: WireResponse, now: number, renew: Remedy): ProviderError {
  const failure = failureOf(response, now, {expired: renew, auth_rejected: renew});
  const code = codeIn(response) ?? '';
  const plain = failure.code === 'bad_response' ? plainMeanings.get(code) : undefined;
  const meant = meanings.get(code) ?? plain;
  if (meant === undefined || failure.code === 'blocked') return failure;
  const remedy = meant === 'expired' || meant === 'auth_rejected' ? {remedy: renew} : {};
  return new ProviderError(meant, {detail: failure.message, retryAt: failure.retryAt, ...remedy});
}
