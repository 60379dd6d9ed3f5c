import {type FailureCode, ProviderError, type RemedyInit} from '../../core/model.ts';
import type {Account, Wire, WireResponse} from '../../core/provider.ts';
import {isSendable} from '../shared/accounts.ts';
import {failureOf, jsonOf, maybeJson, serverReason, unexpectedShape} from '../shared/http.ts';
import {recordOf, toNumber, toText} from '../shared/values.ts';
import {type Credential, type OAuthClient, skewMs} from './credential.ts';
import {openAntigravity, signIn} from './names.ts';

const tokenUrl = 'https://oauth2.googleapis.com/token';

/** An access token of ours. `refresh` is set when Google replaced the refresh token: the new one lives here alone. */
type Held = {token: string; expiresAt: number; refresh: string};

/**
 * An access token for the account: the one in memory while it lasts, else a new one; one request at a time however many
 * wait for it. `rejected` is a token that the service refused although it should have lasted. Throws `ProviderError`.
 */
export async function accessToken(account: Account, wire: Wire, rejected?: string): Promise<string> {
  const {refresh, client} = account.credential as Credential;
  if (refresh === null || client === null) throw new ProviderError('no_credentials', {remedy: 'google/client'});
  const slot = `google token ${account.key} ${account.fingerprint}`;
  const pending = wire.memory.get(slot) as Promise<Held> | undefined;
  const held = await pending;
  if (held !== undefined && held.token !== rejected && held.expiresAt > wire.now() + skewMs) return held.token;
  // While we looked at the old one, another may have begun to make the new one.
  const begun = wire.memory.get(slot) as Promise<Held> | undefined;
  if (begun !== undefined && begun !== pending) return (await begun).token;
  return (await remembered(slot, wire, made(wire, client, held?.refresh ?? refresh))).token;
}

/** Kept while it is made and afterwards; a failure is not kept. */
async function remembered(slot: string, wire: Wire, making: Promise<Held>): Promise<Held> {
  wire.memory.set(slot, making);
  try {
    return await making;
  } catch (error) {
    if (wire.memory.get(slot) === making) wire.memory.delete(slot);
    throw error;
  }
}

async function made(wire: Wire, client: OAuthClient, refresh: string): Promise<Held> {
  const response = await wire.send({
    method: 'POST',
    url: tokenUrl,
    headers: {'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json'},
    body: new URLSearchParams({
      client_id: client.id,
      client_secret: client.secret,
      refresh_token: refresh,
      grant_type: 'refresh_token',
    }).toString(),
  });
  if (response.status < 200 || response.status >= 300) throw refusalOf(response, wire.now());
  return heldFrom(jsonOf(response), wire, refresh);
}

const defaultSeconds = 3600;

function heldFrom(body: unknown, wire: Wire, refresh: string): Held {
  const answer = recordOf(body);
  const token = toText(answer.access_token);
  if (token === undefined || !isSendable(token)) throw unexpectedShape('no access token in its response', body);
  const next = toText(answer.refresh_token) ?? refresh;
  for (const secret of [token, next]) wire.protect(secret);
  const seconds = toNumber(answer.expires_in) ?? defaultSeconds;
  return {token, expiresAt: wire.now() + Math.max(0, seconds) * 1000, refresh: next};
}

type Fault = {code: FailureCode; remedy?: RemedyInit; words: string};

const ofLogin: Fault = {code: 'expired', remedy: signIn, words: 'Google no longer accepts this login'};
const ofAccount: Fault = {
  code: 'auth_rejected',
  remedy: openAntigravity,
  words: 'Google denied access to this account',
};
const ofClient: Fault = {
  code: 'auth_rejected',
  remedy: 'google/client',
  words: 'Google does not accept the OAuth client for this login',
};
const ofHaste: Fault = {code: 'rate_limited', words: 'too many token requests to Google'};
const ofService: Fault = {code: 'server_error', words: 'Google cannot issue a token at the moment'};

const faults: Readonly<Record<string, Fault>> = {
  invalid_grant: ofLogin,
  access_denied: ofAccount,
  admin_policy_enforced: ofAccount,
  org_internal: ofAccount,
  invalid_client: ofClient,
  unauthorized_client: ofClient,
  deleted_client: ofClient,
  disabled_client: ofClient,
  rate_limit_exceeded: ofHaste,
  slow_down: ofHaste,
  server_error: ofService,
  temporarily_unavailable: ofService,
  internal_failure: ofService,
};

/** Whose fault it is that there is no token: the login's, the account's, the OAuth client's, or one that passes by itself. */
function refusalOf(response: WireResponse, now: number): ProviderError {
  const failure = failureOf(response, now, {expired: signIn, auth_rejected: 'google/client'});
  const fault = isVerdict(failure.code) ? faultIn(response) : null;
  if (fault === null) return failure;
  const reason = serverReason(response.text) ?? '';
  const {code, remedy, words} = fault;
  return new ProviderError(code, {
    detail: reason === '' ? words : `${words}: ${reason}`,
    retryAt: failure.retryAt,
    ...(remedy === undefined ? {} : {remedy}),
  });
}

const isVerdict = (code: FailureCode): boolean => ['expired', 'auth_rejected', 'bad_response'].includes(code);

/** A 400 with a reason that is not known here finds fault with what the client sent. */
function faultIn({status, text}: WireResponse): Fault | null {
  if (status < 400) return null;
  const {error} = recordOf(maybeJson(text));
  const name = toText(error)?.toLowerCase() ?? '';
  if (Object.hasOwn(faults, name)) return faults[name] ?? null;
  const isTold = name !== '' || serverReason(text) !== undefined;
  return status === 400 && isTold ? ofClient : null;
}
