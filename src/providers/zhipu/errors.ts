import {type FailureCode, ProviderError, type Remedy} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isRecord, type Json, recordOf, toNumber, toText} from '../shared/values.ts';

/** What a code in the body means. Both sites answer most errors with HTTP 200, so the code outranks the status. */
type Meaning = {code: FailureCode; remedy?: Remedy};

/** What the answer around a body adds to a failure: when to ask again (epoch ms), the page that helps. */
export type Around = {retryAt?: number | null; url?: string};

const subscribe: Remedy = {code: 'subscribe', name: 'the GLM Coding Plan'};
const keyRefused: Meaning = {code: 'auth_rejected', remedy: {code: 'check-key'}};
const tooBusy: Meaning = {code: 'rate_limited'};
const broken: Meaning = {code: 'server_error'};
const noPlan: Meaning = {code: 'no_plan', remedy: subscribe};

// Codes of the sites' public error table. The texts beside them are localised and change, so they are never compared.
const table: readonly (readonly [Meaning, readonly number[]])[] = [
  // The key: missing, invalid, out of date, not verified.
  [keyRefused, [401, 1000, 1001, 1002, 1003, 1004]],
  // The account behind it: second factor wanted, inactive, missing, locked, in violation; or without the permission.
  [keyRefused, [1005, 1100, 1110, 1111, 1112, 1120, 1121, 1220, 403]],
  // In arrears, or asking for something outside the plan.
  [noPlan, [1113, 1311]],
  [{code: 'plan_expired', remedy: {code: 'renew-plan'}}, [1309]],
  // Concurrency, frequency, daily cap, overload; used-up limits (1308, 1310) and fair use (1313), which time cures too.
  [tooBusy, [429, 1302, 1303, 1304, 1305, 1308, 1310, 1312, 1313]],
  [broken, [1200, 1230, 1234]],
];
const meanings = new Map(table.flatMap(([meaning, codes]) => codes.map(code => [code, meaning] as const)));

const meaningOf = (code: number): Meaning | undefined =>
  meanings.get(code) ?? (isServerCode(code) ? broken : undefined);
const isServerCode = (code: number): boolean => code >= 500 && code <= 599;

/** Where the limits stand: under `data`, in some old answers at the root; undefined when there is no list of them. */
export function limitsHolder(body: Json): Json | undefined {
  return [body.data, body].filter(isRecord).find(part => Array.isArray(part.limits));
}

/**
 * Whether this is an answer: `success: true` with a good code or none; without `success` a list of limits with a good code,
 * or with nothing that speaks against it (some answers have no envelope at all).
 */
export function isAccepted(body: Json): boolean {
  const isCoded = body.code != null;
  const good = isGoodCode(body.code);
  if (body.success === true) return good || !isCoded;
  if (body.success != null || limitsHolder(body) === undefined) return false;
  return isCoded ? good : !body.error;
}

const isGoodCode = (code: unknown): boolean => toNumber(code) === 200 || toNumber(code) === 0;

/**
 * The failure that a body speaks of by its code, whatever the HTTP status was; undefined when it speaks of none, or of
 * one that nobody knows.
 */
export function refusalOf(body: unknown, around: Around = {}): ProviderError | undefined {
  if (!isRecord(body) || isAccepted(body)) return undefined;
  const codes = codesOf(body);
  // A valid key without a subscription is told as an internal error: only its text sets it apart.
  if (codes.includes(500) && saysNoPlan(body)) return failure(noPlan, body, around);
  const meaning = codes.map(meaningOf).find(known => known !== undefined);
  return meaning && failure(meaning, body, around);
}

/** The failure for an envelope that is neither an answer nor an error that anybody knows. */
export const unknownRefusal = (body: Json): ProviderError => failure({code: 'bad_response'}, body, {});

/** A success without data. */
export const noPlanVisible = ({url}: Around): ProviderError =>
  new ProviderError('no_plan', {
    detail: 'no coding plan is visible to this key; a team key needs its organization and project',
    remedy: {...subscribe, ...(url === undefined ? {} : {url})},
  });

/** Codes come as numbers or texts, at the root or inside `error`, where some services put them into `type`. */
export function codesOf(body: Json): number[] {
  const inner = recordOf(body.error);
  return [body.code, inner.code, inner.type].map(toNumber).filter(code => code !== undefined);
}

const saysNoPlan = (body: Json): boolean =>
  body.success !== true && reasonsOf(body).some(reason => reason.toLowerCase().includes('coding plan'));

function reasonsOf(body: Json): string[] {
  const reasons = [body.msg, body.message, recordOf(body.error).message, body.error].map(toText);
  return reasons.filter(reason => reason !== undefined);
}

function failure({code, remedy}: Meaning, body: Json, {retryAt = null, url}: Around): ProviderError {
  return new ProviderError(code, {
    detail: detailOf(body),
    // Only these are cured by waiting for a given time.
    retryAt: code === 'rate_limited' || code === 'server_error' ? retryAt : null,
    ...(remedy === undefined ? {} : {remedy: {...remedy, ...(url === undefined ? {} : {url})}}),
  });
}

function detailOf(body: Json): string {
  const code = codesOf(body).find(code => code !== 200 && code !== 0);
  const reason = reasonsOf(body)
    .map(text => sanitize(text))
    .find(text => text !== '');
  const parts = [code === undefined ? undefined : `code ${code}`, reason];
  return parts.filter(part => part !== undefined).join(': ') || 'rejected without a reason';
}
