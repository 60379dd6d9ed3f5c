import {ProviderError, type Remedy} from '../../core/model.ts';
import type {WireResponse} from '../../core/provider.ts';
import {failureOf, maybeJson, retryAtOf} from '../shared/http.ts';
import {type Json, listOf, recordOf, toEpochMs, toText} from '../shared/values.ts';
import {hour, minute, second} from '../shared/windows.ts';

/** What Google's error envelope says, from an object or a list that holds one. */
type GoogleError = {status: string | undefined; message: string; details: Json[]; reasons: unknown[]};

/** The failure that an unsuccessful answer of the quota service means. */
export function googleFailure(response: WireResponse, now: number): ProviderError {
  const base = failureOf(response, now, {expired: 'google-login', auth_rejected: 'google-open-antigravity'});
  const error = envelopeOf(response.text);
  if (base.code === 'rate_limited' || error.status === 'RESOURCE_EXHAUSTED')
    return new ProviderError('rate_limited', {detail: base.message, retryAt: retryAtIn(response, error, now)});
  if (base.code === 'auth_rejected') return new ProviderError(base.code, {detail: base.message, remedy: cureOf(error)});
  if (base.code !== 'server_error' || base.retryAt !== null) return base;
  return new ProviderError(base.code, {detail: base.message, retryAt: retryAtIn(response, error, now)});
}

/** True for the 403 that concerns the method alone: another one may still answer. */
export const isMethodRefused = (response: WireResponse): boolean =>
  response.status === 403 && /^The caller does not have permission/i.test(envelopeOf(response.text).message);

function envelopeOf(text: string): GoogleError {
  const body = maybeJson(text);
  const error = recordOf(recordOf(Array.isArray(body) ? body[0] : body).error);
  const details = listOf(error.details).map(recordOf);
  return {
    status: toText(error.status),
    message: toText(error.message) ?? '',
    details,
    reasons: details.map(({reason}) => reason),
  };
}

function cureOf(error: GoogleError): Remedy {
  if (error.reasons.includes('VALIDATION_REQUIRED')) return verifyRemedy(linkIn(error));
  // The token was made for another program of Google's.
  if (error.reasons.includes('UNSUPPORTED_CLIENT')) return {code: 'google-login'};
  return {code: 'google-open-antigravity'};
}

/** What is said where Google gives no words of its own. */
export const toBeVerified = 'Google wants this account to be verified';

export const verifyRemedy = (url: string | null): Remedy => ({code: 'google-verify', ...(url === null ? {} : {url})});

/** The first link of a `Help` detail, else the one among the reason's data. */
function linkIn({details}: GoogleError): string | null {
  const links = details.flatMap(({links}) => listOf(links).map(link => recordOf(link).url));
  const data = details.flatMap(({metadata}) => [recordOf(metadata).validation_link, recordOf(metadata).validation_url]);
  return [...links, ...data].map(safeUrl).find(url => url !== null) ?? null;
}

// A link to sign in with is long, but not this long.
const longestUrl = 2000;

/** An https link without a user name, as a URL parser spells it (so that no control character is in it); else null. */
export function safeUrl(value: unknown): string | null {
  const text = toText(value);
  if (text === undefined || !URL.canParse(text)) return null;
  const {protocol, username, password, href} = new URL(text);
  return protocol === 'https:' && username === '' && password === '' && href.length <= longestUrl ? href : null;
}

/** `Retry-After`, else what the details say: a delay to wait, the time until the quota is back, or its date. */
function retryAtIn(response: WireResponse, {details}: GoogleError, now: number): number | null {
  const told = retryAtOf(response, now);
  if (told !== null) return told;
  const data = details.map(({metadata}) => recordOf(metadata));
  const delays = [...details.map(({retryDelay}) => retryDelay), ...data.map(({quotaResetDelay}) => quotaResetDelay)];
  const delay = delays.map(durationMs).find(ms => ms !== undefined && ms > 0);
  if (delay !== undefined) return toEpochMs(now + delay);
  const date = data.map(({quotaResetTimeStamp}) => toEpochMs(quotaResetTimeStamp)).find(at => at !== null);
  return date !== undefined && date !== null && date > now ? date : null;
}

const units: Readonly<Record<string, number>> = {h: hour, m: minute, s: second, ms: 1};

/** Milliseconds of '34.07s', '900ms', '160h20m10.7s'; undefined for anything else. */
export function durationMs(value: unknown): number | undefined {
  const text = toText(value);
  if (text === undefined || !/^(?:\d{1,9}(?:\.\d{1,9})?(?:h|ms|m|s))+$/.test(text)) return undefined;
  const parts = text.matchAll(/([\d.]+)(h|ms|m|s)/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
}
