import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire, WireResponse} from '../../core/provider.ts';
import {failureOf, jsonOf, maybeJson, serverReason} from '../shared/http.ts';
import {requireAlive, type TokenCredential} from '../shared/token-login.ts';
import {recordOf, toText} from '../shared/values.ts';
import {hostIn} from './names.ts';
import {parseUsage} from './parse.ts';

/** What `discover` puts into an account beside its token. `kind`: who signed in, as the login itself names it. */
export type Login = {region: string; profileArn?: string | undefined; kind?: string | undefined};

/** Asks for the usage once (docs/providers/kiro.md#requests). Throws only `ProviderError`. */
export async function fetchUsage(account: Account, wire: Wire): Promise<Reading> {
  requireAlive(account, wire);
  const credential = account.credential as TokenCredential & Login;
  const response = await wire.send({url: addressOf(credential), headers: headersOf(credential, wire.version)});
  if (response.status >= 200 && response.status < 300) return parseUsage(jsonOf(response), wire.now());
  throw refusalOf(response, wire.now(), credential);
}

function addressOf({region, profileArn}: Login): string {
  const profile = profileArn === undefined ? '' : `&profileArn=${encodeURIComponent(profileArn)}`;
  return `https://${hostIn(region)}/getUsageLimits?origin=AI_EDITOR&resourceType=AGENTIC_REQUEST${profile}`;
}

const headersOf = ({key, kind}: TokenCredential & Login, version: string): Record<string, string> => ({
  Authorization: `Bearer ${key}`,
  Accept: 'application/json',
  'User-Agent': `mystatus-tui/${version}`,
  ...(kind === 'ExternalIdp' ? {TokenType: 'EXTERNAL_IDP'} : {}),
  ...(kind === 'Internal' ? {'redirect-for-internal': 'true'} : {}),
});

/** The service says by the name of an exception, or in words, what its status does not: a dead token is a 403 like any refusal. */
function refusalOf(response: WireResponse, now: number, {renew}: TokenCredential): ProviderError {
  const failure = failureOf(response, now, {expired: renew, auth_rejected: renew});
  if (failure.code === 'blocked' || failure.code === 'rate_limited') return failure;
  const {detail, retryAt} = {detail: failure.message, retryAt: failure.retryAt};
  const reason = serverReason(response.text) ?? '';
  switch (exceptionOf(response)) {
    case 'ThrottlingException':
      return new ProviderError('rate_limited', {detail, retryAt});
    case 'InternalServerException':
      return new ProviderError('server_error', {detail, retryAt});
    default:
      if (response.status === 400 && /profile ?arn/i.test(reason))
        return new ProviderError('auth_rejected', {detail, remedy: {code: 'open', name: 'Kiro'}});
      return failure.code === 'auth_rejected' && /bearer token|expired/i.test(reason)
        ? new ProviderError('expired', {detail, remedy: renew})
        : failure;
  }
}

/** 'AccessDeniedException' from either place, without its namespace and what may follow it. */
function exceptionOf({headers, text}: WireResponse): string | undefined {
  const name = toText(recordOf(maybeJson(text)).__type) ?? headers['x-amzn-errortype'];
  return name?.replace(/^.*#/, '').replace(/:.*$/, '');
}
