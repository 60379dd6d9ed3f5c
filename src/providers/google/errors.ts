import {ProviderError, type Remedy} from '../../core/model.ts';
import type {WireResponse} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {failureOf, maybeJson, retryAtOf} from '../shared/http.ts';
import {type Json, listOf, recordOf, safeUrl, toEpochMs, toText} from '../shared/values.ts';
import {durationMs} from './limits.ts';
import {openAntigravity, signIn} from './names.ts';

/** What Google's error envelope says, from an object or a list that holds one. */
type GoogleError = {status: string | undefined; message: string; details: Json[]; reasons: unknown[]};

/** The failure that an unsuccessful answer of the quota service means. */
export function googleFailure(response: WireResponse, now: number): ProviderError {
  const base = failureOf(response, now, {expired: signIn, auth_rejected: openAntigravity});
  if (base.code === 'blocked') return base;
  const error = envelopeOf(response.text);
  const detail = error.message === '' ? base.message : `HTTP ${response.status}: ${decisiveWords(error.message)}`;
  if (base.code === 'rate_limited' || error.status === 'RESOURCE_EXHAUSTED')
    return new ProviderError('rate_limited', {detail, retryAt: retryAtIn(response, error, now)});
  if (base.code === 'server_error')
    return new ProviderError(base.code, {detail, retryAt: retryAtIn(response, error, now)});
  const remedy = cureOf(base, error);
  return new ProviderError(base.code, {detail, retryAt: base.retryAt, ...(remedy === null ? {} : {remedy})});
}

// With the status before it, what a failure has room for.
const longestReason = 150;

/** Google's own words. Of more than there is room for, those from the sentence on that says what is wrong. */
function decisiveWords(message: string): string {
  const words = sanitize(message, 2000);
  const sentences = words.split(/(?<=[.!?]) /);
  const decisive = [licence, project].map(pattern => sentences.findIndex(sentence => pattern.test(sentence)));
  const start = words.length <= longestReason ? 0 : (decisive.find(index => index !== -1) ?? 0);
  return sanitize(sentences.slice(start).join(' '), longestReason);
}

const licence = /\blicen[cs]e/i;
const project = /\bprojects?\b/i;

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

/** What helps against a refusal; for all else what is usual. */
function cureOf(base: ProviderError, error: GoogleError): Remedy | null {
  if (base.code === 'bad_response' && error.status === 'INVALID_ARGUMENT' && project.test(error.message))
    return projectRemedy(error);
  if (base.code !== 'auth_rejected') return base.remedy;
  if (error.reasons.includes('VALIDATION_REQUIRED')) return verifyRemedy(linkIn(error));
  // The token was made for another program of Google's.
  if (error.reasons.includes('UNSUPPORTED_CLIENT')) return signIn;
  const isProjects = error.reasons.some(reason => projectReasons.has(reason));
  return isProjects || licence.test(error.message) || project.test(error.message) ? projectRemedy(error) : base.remedy;
}

const projectReasons: ReadonlySet<unknown> = new Set([
  ...['SERVICE_DISABLED', 'BILLING_DISABLED', 'USER_PROJECT_DENIED', 'SUBSCRIPTION_REQUIRED'],
  ...['CONSUMER_INVALID', 'CONSUMER_SUSPENDED', 'RESOURCE_PROJECT_INVALID'],
]);

/** To sign in again changes nothing where the project is refused. Google may name it. */
function projectRemedy({message}: GoogleError): Remedy {
  const name = /\bprojects\/([\w.:-]+)/.exec(message)?.[1];
  return {code: 'google/project', ...(name === undefined ? {} : {name: sanitize(name, 60)})};
}

/** The error with the project that was asked about, where it is the project that is refused. */
export function namingProject(error: unknown, project: string | null): unknown {
  if (!(error instanceof ProviderError) || error.remedy?.code !== 'google/project' || project === null) return error;
  const {code, message: detail, retryAt} = error;
  return new ProviderError(code, {
    detail,
    retryAt,
    remedy: {...error.remedy, name: sanitize(project, 60)},
    cause: error,
  });
}

/** What is said where Google gives no words of its own. */
export const toBeVerified = 'Google requires this account to be verified';

export const verifyRemedy = (url: string | null): Remedy => ({
  code: 'verify',
  name: 'Google',
  ...(url === null ? {} : {url}),
});

/** The first link of a `Help` detail, else the one among the reason's data. */
function linkIn({details}: GoogleError): string | null {
  const links = details.flatMap(({links}) => listOf(links).map(link => recordOf(link).url));
  const data = details.flatMap(({metadata}) => [recordOf(metadata).validation_link, recordOf(metadata).validation_url]);
  return [...links, ...data].map(safeUrl).find(url => url !== null) ?? null;
}

/** `Retry-After`, else what the details say: a delay to wait, the time until the quota is back, or its date; else the words. */
function retryAtIn(response: WireResponse, {details, message}: GoogleError, now: number): number | null {
  const told = retryAtOf(response, now);
  if (told !== null) return told;
  const data = details.map(({metadata}) => recordOf(metadata));
  const delays = [...details.map(({retryDelay}) => retryDelay), ...data.map(({quotaResetDelay}) => quotaResetDelay)];
  const delay = firstDelay(delays);
  if (delay !== undefined) return toEpochMs(now + delay);
  const date = data.map(({quotaResetTimeStamp}) => toEpochMs(quotaResetTimeStamp)).find(at => at !== null && at > now);
  const worded = firstDelay(delaysIn(message));
  return date ?? (worded === undefined ? null : toEpochMs(now + worded));
}

const firstDelay = (delays: readonly unknown[]): number | undefined =>
  delays.map(durationMs).find(ms => ms !== undefined && ms > 0);

/** '71h15m27s' of 'Resets in 71h15m27s.' */
const delaysIn = (message: string): string[] =>
  [...message.matchAll(/\bresets? (?:in|after) ((?:\d[\d.]*(?:h|ms|m|s))+)/gi)].map(([, delay = '']) => delay);
