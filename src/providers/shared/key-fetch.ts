import {type FailureCode, ProviderError, type Remedy, type RemedyInit} from '../../core/model.ts';
import type {Account, Wire, WireResponse} from '../../core/provider.ts';
import {redacted} from '../../core/text/redact.ts';
import {failureOf, jsonOf, retryAtOf} from './http.ts';
import type {KeyCredential} from './keys.ts';

/** `aside`: the key may never have been meant for this service. */
export type Meaning = {code: FailureCode; remedy?: RemedyInit; aside?: boolean};

export type KeyRequest = {
  url: string;
  /** For a call that only reads, but wants this method; it follows from a body. */
  method?: 'POST';
  /** The header of the bare key, where that is not `Authorization`. */
  keyHeader?: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, in a POST that only reads. */
  body?: unknown;
  /** Against a rejected key, where neither renewing nor replacing it helps. */
  remedy?: RemedyInit;
  /** What a status means at this service alone, where nothing else is known of it. */
  meanings?: Readonly<Record<number, Meaning>>;
  /** What a response that is no web page means at this service alone, whatever its status means elsewhere. */
  meaningOf?(response: WireResponse): Meaning | undefined;
  /** How long a service is left alone that limits requests without saying for how long. */
  leastWaitMs?: number;
  /** Throws for a refusal that came with a status of success; `retryAt`: when the response allows the next request. */
  refuse?(body: unknown, retryAt: number | null): void;
};

/** The JSON that a service answers to a key. */
export async function askWithKey(account: Account, wire: Wire, request: KeyRequest): Promise<unknown> {
  const {key, renew} = account.credential as KeyCredential;
  const {url, method = 'GET', body: sent} = request;
  const headers = headersOf(key, request, wire.version);
  const response = await wire.send(
    sent === undefined ? {url, method, headers} : {url, method: 'POST', headers, body: JSON.stringify(sent)},
  );
  if (response.status < 200 || response.status >= 300)
    throw refusalOf(response, wire.now(), {
      remedy: renew ?? replaced(account),
      ...request,
      isToken: renew !== undefined,
    });
  const body = jsonOf(response);
  request.refuse?.(body, retryAtOf(response, wire.now()));
  return body;
}

const headersOf = (key: string, {keyHeader, body, headers}: KeyRequest, version: string): Record<string, string> => ({
  ...(keyHeader === undefined ? {Authorization: `Bearer ${key}`} : {[keyHeader]: key}),
  Accept: 'application/json',
  'User-Agent': `mystatus-tui/${version}`,
  ...(body !== undefined && {'Content-Type': 'application/json'}),
  ...headers,
});

const replaced = ({provider}: Account): Remedy => ({code: 'replace-credential', name: provider});

/** A static key does not expire: one that gets a 401 is rejected. A token that ends by itself has expired. */
type Asked = KeyRequest & {remedy: RemedyInit; isToken: boolean};

function refusalOf(
  response: WireResponse,
  now: number,
  {remedy, meanings = {}, meaningOf, isToken, leastWaitMs}: Asked,
): ProviderError {
  const failure = failureOf(response, now, {auth_rejected: remedy, expired: remedy});
  const isLimited = failure.code === 'rate_limited';
  const isVerdict = failure.code !== 'blocked' && !isLimited;
  const plain = failure.code === 'bad_response' ? meanings[response.status] : undefined;
  const meant = (isVerdict ? meaningOf?.(response) : undefined) ?? plain;
  const code = failure.code === 'expired' && !isToken ? 'auth_rejected' : failure.code;
  const advice = meant?.remedy ?? failure.remedy;
  return new ProviderError(meant?.code ?? code, {
    // Some services repeat the end of the key behind asterisks.
    detail: failure.message.replace(/\S*\*{2,}\S*/g, redacted),
    retryAt: failure.retryAt ?? (isLimited && leastWaitMs !== undefined ? now + leastWaitMs : null),
    ...(advice && {remedy: advice}),
    aside: meant?.aside ?? false,
  });
}
