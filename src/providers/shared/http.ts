import {type FailureCode, ProviderError, type RemedyInit} from '../../core/model.ts';
import type {WireResponse} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {shapeOf} from '../../core/text/shape.ts';
import {isRecord, toEpochMs, toNumber, toText} from './values.ts';

/** What an answer that is not a reading is called. One table for every provider; `remedies` says what cures it there. */
export type Remedies = {expired?: RemedyInit; auth_rejected?: RemedyInit};

/** Throws `ProviderError` unless the status is 2xx. */
export function requireSuccess(response: WireResponse, now: number, remedies: Remedies = {}): void {
  const {status} = response;
  if (status >= 200 && status < 300) return;
  throw failureOf(response, now, remedies);
}

/** The failure that an unsuccessful answer means: by status alone, but a web page on 401, 403 and 503 is no verdict. */
export function failureOf(response: WireResponse, now: number, remedies: Remedies = {}): ProviderError {
  const {status} = response;
  const code = isRateLimited(response) ? 'rate_limited' : codeOf(response);
  const remedy = code === 'blocked' ? 'web-page' : remedies[code as keyof Remedies];
  const reason = isHtml(response) ? undefined : serverReason(response.text);
  return new ProviderError(code, {
    detail: reason === undefined ? `HTTP ${status}` : `HTTP ${status}: ${reason}`,
    retryAt: retryAtOf(response, now),
    ...(remedy === undefined ? {} : {remedy}),
  });
}

function codeOf(response: WireResponse): FailureCode {
  const {status} = response;
  if ((status === 401 || status === 403 || status === 503) && isChallengePage(response)) return 'blocked';
  // "Network Authentication Required": the network itself wants a sign-in.
  if (status === 511) return 'blocked';
  if (status === 401) return 'expired';
  if (status === 403) return 'auth_rejected';
  if (status === 408) return 'timeout';
  if (status >= 500) return 'server_error';
  return 'bad_response';
}

/** 429, or GitHub's 403 that says so in its headers or words; a challenge page may also carry `Retry-After`. */
function isRateLimited(response: WireResponse): boolean {
  const {status, headers, text} = response;
  if (status === 429) return true;
  if (status !== 403 || isChallengePage(response)) return false;
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /secondary rate limit/i.test(text)
  );
}

const isHtml = ({headers, text}: WireResponse): boolean =>
  /text\/html/i.test(headers['content-type'] ?? '') || /^\s*</.test(text);

/** A challenge page of a content network or a proxy: asking the user to sign in again would be a lie. */
const isChallengePage = (response: WireResponse): boolean =>
  isHtml(response) ||
  response.headers['cf-mitigated'] === 'challenge' ||
  /Attention Required! \| Cloudflare|Just a moment\.\.\.|Enable JavaScript and cookies to continue|Unable to load site/.test(
    response.text,
  );

// The last moment that a date can stand for: a wait beyond it could be neither shown nor kept.
const lastMoment = 8.64e15;

/** Epoch ms from `Retry-After` (seconds or a date), else GitHub's `x-ratelimit-reset` when nothing remains; null when not told. */
export function retryAtOf({headers}: WireResponse, now: number): number | null {
  const retryAfter = headers['retry-after']?.trim();
  const seconds = toNumber(retryAfter);
  if (seconds !== undefined) return seconds > 0 ? Math.min(now + seconds * 1000, lastMoment) : null;
  const date = retryAfter === undefined ? Number.NaN : Date.parse(retryAfter);
  if (!Number.isNaN(date)) return date > now ? date : null;
  const reset = headers['x-ratelimit-remaining'] === '0' ? toEpochMs(headers['x-ratelimit-reset']) : null;
  return reset !== null && reset > now ? reset : null;
}

/**
 * The JSON of a successful answer. Throws `blocked` for a web page, as a hotel's network or a firewall puts it in the place
 * of an answer, and `bad_response` for anything else that is not JSON.
 */
export function jsonOf(response: WireResponse): unknown {
  try {
    return JSON.parse(response.text);
  } catch (cause) {
    if (isChallengePage(response))
      throw new ProviderError('blocked', {detail: 'responded with a web page', remedy: 'web-page', cause});
    const what = response.text.trim() === '' ? 'an empty body' : 'a body that is not JSON';
    throw new ProviderError('bad_response', {detail: `responded with ${what}`, cause});
  }
}

/** JSON of a text if it is some, else undefined; for looking into error bodies. */
export function maybeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the service says went wrong, in at most 80 clean characters: error.message, message, msg, detail, error_description. */
export function serverReason(text: string): string | undefined {
  const body = maybeJson(text);
  const root = Array.isArray(body) ? body[0] : body;
  if (!isRecord(root)) return undefined;
  const inner = isRecord(root.error) ? root.error : {};
  return [inner.message, root.message, root.msg, root.detail, root.error_description, root.error]
    .map(value => sanitize(toText(value) ?? ''))
    .find(reason => reason !== '');
}

/** The answer arrived but no rule reads it: `bad_response` with the shape, so that the change can be reported. */
export function unexpectedShape(what: string, body: unknown): ProviderError {
  return new ProviderError('bad_response', {
    detail: `the provider changed its response: ${what}`,
    remedy: 'report',
    shape: shapeOf(body),
  });
}
