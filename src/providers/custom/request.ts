import type {CustomProvider, HttpSource} from '../../core/custom/definition.ts';
import type {CustomGate} from '../../core/custom/gate.ts';
import {ProviderError, type Reading} from '../../core/model.ts';
import type {Wire, WireResponse} from '../../core/provider.ts';
import {bareToken} from '../shared/accounts.ts';
import {failureOf, jsonOf, retryAtOf} from '../shared/http.ts';
import {mapBody} from './body.ts';

/** Where its figures come from, in short: a host, or a program. */
export const sentBy = ({http, command}: CustomProvider): string =>
  http === undefined ? (command?.run[0].replace(/^.*[/\\]/, '') ?? '') : new URL(http.url).host;

/** One request. `stored`: the credential that `login` stored. Throws only `ProviderError`. */
export async function requestReading(
  id: string,
  http: HttpSource,
  stored: string | undefined,
  {env}: CustomGate,
  wire: Wire,
): Promise<Reading> {
  const {auth} = http;
  const secret = (auth?.env === undefined ? stored : env[auth.env])?.trim() ?? '';
  if (secret !== '') wire.protect(secret);
  const response = await wire.send({url: http.url, headers: headersOf(http, secret, wire.version)});
  return readingOf(id, http, response, wire.now());
}

/** Ours come last: no definition changes how we ask. */
function headersOf({auth, headers}: HttpSource, secret: string, version: string): Record<string, string> {
  const ours = {accept: 'application/json', 'user-agent': `mystatus-tui/${version}`};
  if (auth === undefined) return {...lowerCase(headers), ...ours};
  const value = auth.scheme === '' ? secret : `${auth.scheme} ${bareToken(secret)}`;
  return {...lowerCase(headers), ...ours, [auth.header.toLowerCase()]: value};
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Pure. What a response comes to. Throws only `ProviderError`. */
export function readingOf(id: string, http: HttpSource, response: WireResponse, now: number): Reading {
  if (response.status < 200 || response.status >= 300) throw refusalOf(id, http, response, now);
  try {
    return mapBody(http, jsonOf(response), now).reading;
  } catch (error) {
    throw error instanceof ProviderError ? withAdvice(error, id, http, retryAtOf(response, now)) : error;
  }
}

const remedyFor = (id: string, {auth}: HttpSource) =>
  auth?.stored ? ({code: 'replace-credential', name: id} as const) : 'check-key';

/** A refusal inside a success says no more than its code: what cures it, and how long to wait, stand beside it as ever. */
function withAdvice(error: ProviderError, id: string, http: HttpSource, retryAt: number | null): ProviderError {
  const {code, message: detail} = error;
  if (code === 'rate_limited') return new ProviderError(code, {detail, retryAt});
  const isOfKey = http.auth !== undefined && (code === 'auth_rejected' || code === 'expired');
  return isOfKey ? new ProviderError(code, {detail, remedy: remedyFor(id, http)}) : error;
}

/** By the definition's own table, over the common one. A web page in the way is no answer of the service. */
function refusalOf(id: string, http: HttpSource, response: WireResponse, now: number): ProviderError {
  const {statuses} = http;
  const remedy = remedyFor(id, http);
  const failure = failureOf(response, now, {auth_rejected: remedy, expired: remedy});
  // A key does not expire.
  const usual = failure.code === 'expired' ? 'auth_rejected' : failure.code;
  const own = failure.code === 'blocked' ? undefined : statuses[response.status];
  const isUsual = own === undefined || own === usual;
  return new ProviderError(own ?? usual, {
    detail: failure.message,
    retryAt: failure.retryAt,
    ...(isUsual && failure.remedy !== null && {remedy: failure.remedy}),
  });
}
