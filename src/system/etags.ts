import {createHash} from 'node:crypto';
import {ProviderError} from '../core/model.ts';
import type {WireRequest, WireResponse} from '../core/provider.ts';

/** A question that GitHub has answered before and can answer with 'not modified', which costs nothing of its rate limit. */
type Known = {etag: string; text: string};
type Etags = Map<string, Known>;

// Only GitHub documents conditional requests; elsewhere an answer from memory could be an old one.
const github = /^https:\/\/(?:[\w.-]+\.)?(?:github|ghe)\.com\//i;

const longestText = 262_144;
const mostText = 4_194_304;
const slot = 'http:etags';

export type Validators = {
  headers: Record<string, string>;
  /** The answer as the provider sees it: a 304 gets the remembered body. */
  settle(response: WireResponse): WireResponse;
};

export function validatorsOf(
  memory: Map<string, unknown>,
  request: WireRequest,
  headers: Record<string, string>,
): Validators {
  if ((request.method ?? 'GET') !== 'GET' || !github.test(request.url)) return {headers: {}, settle: unasked};
  const etags = etagsIn(memory);
  const key = keyOf(request.url, headers);
  const known = etags.get(key);
  return {
    headers: known === undefined ? {} : {'if-none-match': known.etag},
    settle: response => {
      if (response.status !== 304) return remembered(etags, key, response);
      return known === undefined ? unasked(response) : {...response, text: known.text};
    },
  };
}

/** 'Not modified' to someone who has nothing yet: there is no body to give. */
function unasked(response: WireResponse): WireResponse {
  if (response.status !== 304) return response;
  throw new ProviderError('bad_response', {detail: 'answered 304 although nothing was asked about a change'});
}

function etagsIn(memory: Map<string, unknown>): Etags {
  const known = memory.get(slot);
  if (known instanceof Map) return known as Etags;
  const fresh: Etags = new Map();
  memory.set(slot, fresh);
  return fresh;
}

/** Every header counts: another token is another reader, another media type another answer. */
const keyOf = (url: string, headers: Record<string, string>): string =>
  createHash('sha256')
    .update(JSON.stringify([url, Object.entries(headers).sort()]))
    .digest('hex');

/** A success replaces what was known; a failure says nothing about it. */
function remembered(etags: Etags, key: string, response: WireResponse): WireResponse {
  const {status, headers, text} = response;
  if (status !== 200) return response;
  etags.delete(key);
  if (headers.etag !== undefined && text.length <= longestText) etags.set(key, {etag: headers.etag, text});
  forgetOldest(etags);
  return response;
}

function forgetOldest(etags: Etags): void {
  let total = [...etags.values()].reduce((sum, {text}) => sum + text.length, 0);
  for (const [key, {text}] of etags) {
    if (total <= mostText) return;
    etags.delete(key);
    total -= text.length;
  }
}
