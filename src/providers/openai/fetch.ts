import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire, WireResponse} from '../../core/provider.ts';
import {jsonOf, requireSuccess} from '../shared/http.ts';
import {adviceFor, type Credential} from './account.ts';
import {parseUsage} from './parse.ts';
import {planName} from './plan.ts';

const origin = 'https://chatgpt.com';
// A base without '/backend-api' serves the same answer under the other path.
const usagePath = '/backend-api/wham/usage';
const alternatePath = '/api/codex/usage';

// Clocks differ, and a token must outlive the way to the service.
const skewMs = 30_000;

/** Asks for the usage of an account (docs/providers/openai.md#requests). Throws `ProviderError`. */
export async function fetch(account: Account, wire: Wire): Promise<Reading> {
  const {token, identity, remedies} = account.credential as Credential;
  if (account.expiresAt !== null && account.expiresAt - skewMs <= wire.now())
    throw new ProviderError('expired', {
      detail: 'the access token has expired',
      remedy: adviceFor(account, remedies.expired),
    });
  const headers = headersOf(token, identity, wire.version);
  const response = await ask(wire, headers);
  requireSuccess(response, wire.now(), {
    expired: adviceFor(account, remedies.expired),
    auth_rejected: adviceFor(account, remedies.refused),
  });
  const reading = parseUsage(jsonOf(response), wire.now());
  return {...reading, plan: reading.plan ?? planName(identity.plan)};
}

async function ask(wire: Wire, headers: Record<string, string>): Promise<WireResponse> {
  const response = await wire.send({url: `${origin}${usagePath}`, headers});
  return response.status === 404 ? wire.send({url: `${origin}${alternatePath}`, headers}) : response;
}

/** Without the account id the service would silently answer for the personal plan. */
const headersOf = (token: string, {accountId, fedramp}: Credential['identity'], version: string) => ({
  Authorization: `Bearer ${token}`,
  Accept: 'application/json',
  'User-Agent': `OpenCode-Status-Plugin/1.0 mystatus-tui/${version}`,
  ...(accountId === null ? {} : {'ChatGPT-Account-Id': accountId}),
  ...(fedramp ? {'X-OpenAI-Fedramp': 'true'} : {}),
});
