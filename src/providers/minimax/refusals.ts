import {type FailureCode, ProviderError, type Remedy} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {isRecord, recordOf, toNumber, toText} from '../shared/values.ts';

const meanings = new Map<number, FailureCode>([
  [1004, 'auth_rejected'],
  [2049, 'auth_rejected'],
  [1002, 'rate_limited'],
  [1039, 'rate_limited'],
  [1041, 'rate_limited'],
  [1008, 'no_plan'],
]);

export type Advice = {
  /** Against a rejected key. */
  remedy: Remedy;
  isToken: boolean;
  /** When the service allows the next request. */
  retryAt: number | null;
  /** What to subscribe to, where there is something. */
  plan?: {name: string; url: string};
};

/** Throws `ProviderError` for a refusal: the service sends them with HTTP 200. Its codes count; its texts mislead. */
export function refuse(body: unknown, advice: Advice): void {
  if (!isRecord(body)) return;
  for (const {base_resp} of [body, recordOf(body.data)]) {
    const {status_code, status_msg} = recordOf(base_resp);
    if (status_code === undefined || status_code === null) continue;
    const code = toNumber(status_code);
    if (code === undefined) throw unexpectedShape('no status that can be read', body);
    if (code !== 0) throw refusalOf(code, toText(status_msg), advice);
  }
}

function refusalOf(number: number, text: string | undefined, {remedy, isToken, retryAt, plan}: Advice): ProviderError {
  const code = meanings.get(number) ?? 'server_error';
  const detail = `code ${number}`;
  switch (code) {
    case 'auth_rejected':
      // 'cookie is missing, log in again' is what it says of a wrong key.
      return new ProviderError(isToken ? 'expired' : code, {detail, remedy});
    case 'no_plan':
      return new ProviderError(code, {detail, ...(plan && {remedy: {code: 'subscribe', ...plan}})});
    default:
      return new ProviderError(code, {detail: sanitize(text === undefined ? detail : `${detail}: ${text}`), retryAt});
  }
}
