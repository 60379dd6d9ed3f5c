import {type FailureCode, ProviderError, type RemedyInit} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {redacted} from '../../core/text/redact.ts';
import type {KeyCredential} from './balance-keys.ts';
import {failureOf, jsonOf} from './http.ts';

/** What a balance service answers to its key. A static key does not expire: one that gets a 401 is rejected. */
export async function askBalance(
  account: Account,
  wire: Wire,
  url: string,
  remedy: RemedyInit,
  meanings: Readonly<Record<number, FailureCode>> = {},
): Promise<unknown> {
  const {key} = account.credential as KeyCredential;
  const response = await wire.send({
    url,
    headers: {
      Authorization: `Bearer ${key}`,
      Accept: 'application/json',
      'User-Agent': `mystatus-tui/${wire.version}`,
    },
  });
  if (response.status >= 200 && response.status < 300) return jsonOf(response);
  const failure = failureOf(response, wire.now(), {auth_rejected: remedy});
  const code = failure.code === 'expired' ? 'auth_rejected' : failure.code;
  const meant = code === 'bad_response' ? (meanings[response.status] ?? code) : code;
  throw new ProviderError(meant, {
    // Some services repeat the end of the key behind asterisks.
    detail: failure.message.replace(/\S*\*{2,}\S*/g, redacted),
    retryAt: failure.retryAt,
    ...(code === 'auth_rejected' ? {remedy} : failure.remedy && {remedy: failure.remedy}),
  });
}
