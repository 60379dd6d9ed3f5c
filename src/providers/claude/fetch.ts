import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire, WireResponse} from '../../core/provider.ts';
import {failureOf, jsonOf, maybeJson, requireSuccess} from '../shared/http.ts';
import {recordOf, toText} from '../shared/values.ts';
import {type Credential, signIn} from './account.ts';
import {parseUsage} from './parse.ts';

const url = 'https://api.anthropic.com/api/oauth/usage';

/** Requests the usage once (docs/providers/claude.md#requests). Throws `ProviderError`. */
export async function fetchUsage(account: Account, wire: Wire): Promise<Reading> {
  const {token, plan, remedy} = account.credential as Credential;
  if (account.expiresAt !== null && account.expiresAt <= wire.now())
    throw new ProviderError('expired', {detail: 'the access token has expired', remedy});
  const response = await wire.send({url, headers: headersOf(token, wire.version)});
  if (isScopeMissing(response)) throw scopeError(response, wire.now());
  requireSuccess(response, wire.now(), {expired: remedy, auth_rejected: signIn});
  return {...parseUsage(jsonOf(response)), plan};
}

/** Our own name. The service serves others than Claude Code from a smaller budget; it is not ours to pose. */
const headersOf = (token: string, version: string): Record<string, string> => ({
  Authorization: `Bearer ${token}`,
  'anthropic-beta': 'oauth-2025-04-20',
  Accept: 'application/json',
  'Content-Type': 'application/json',
  'User-Agent': `mystatus-tui/${version}`,
});

function isScopeMissing({status, text}: WireResponse): boolean {
  const {type, message} = recordOf(recordOf(maybeJson(text)).error);
  return status === 403 && type === 'permission_error' && /scope/i.test(toText(message) ?? '');
}

const scopeError = (response: WireResponse, now: number): ProviderError =>
  new ProviderError('scope_missing', {detail: failureOf(response, now).message, remedy: signIn});
