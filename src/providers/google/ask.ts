import {ProviderError} from '../../core/model.ts';
import type {Account, Wire, WireResponse} from '../../core/provider.ts';
import {failureOf, jsonOf} from '../shared/http.ts';
import {type Credential, usableAccess} from './credential.ts';
import {googleFailure} from './errors.ts';
import {quotaHosts} from './names.ts';
import {accessToken} from './token.ts';

export type QuotaHost = (typeof quotaHosts)[number];
export const productionHost: QuotaHost = 'cloudcode-pa.googleapis.com';

export type Answer = {body: unknown; host: QuotaHost};

/** One asking of one account: its token, and the one renewal that a refused token is worth. */
export type Session = {
  account: Account;
  credential: Credential;
  wire: Wire;
  /** Makes sure that there is a token. Throws `ProviderError` when none can be had. */
  open(): Promise<void>;
  /** Null when no host serves the method. Throws `ProviderError`. */
  ask(method: string, body: unknown, options?: RefreshOptions): Promise<Answer | null>;
};
type RefreshOptions = {
  /** True for an answer that means "not this method" beside 404. */
  isUnserved?: (response: WireResponse) => boolean;
};

export function createSession(account: Account, wire: Wire): Session {
  const credential = account.credential as Credential;
  let opening: Promise<string> | null = null;
  let renewal: Promise<string> | null = null;

  const firstToken = async (): Promise<string> =>
    usableAccess(credential, wire.now())?.token ?? (await accessToken(account, wire));

  const token = (): Promise<string> => {
    opening ??= firstToken();
    return renewal ?? opening;
  };

  async function post(url: string, body: string): Promise<WireResponse> {
    const first = await token();
    const response = await wire.send(requestOf(url, body, first, wire.version));
    if (!isRefused(response, wire) || credential.client === null || credential.refresh === null) return response;
    if (renewal !== null && (await renewal) === first) return response;
    renewal ??= accessToken(account, wire, first);
    return wire.send(requestOf(url, body, await renewal, wire.version));
  }

  return {
    account,
    credential,
    wire,
    open: async () => void (await token()),
    ask: (method, body, options = {}) =>
      askHosts(hostsOf(credential), host => post(`https://${host}/v1internal:${method}`, JSON.stringify(body)), {
        now: wire.now,
        isUnserved: options.isUnserved ?? (() => false),
      }),
  };
}

const isRefused = (response: WireResponse, wire: Wire): boolean =>
  response.status === 401 && failureOf(response, wire.now()).code === 'expired';

const hostsOf = ({hasOneHost}: Credential): readonly QuotaHost[] => (hasOneHost ? quotaHosts.slice(0, 1) : quotaHosts);

/**
 * The first host that answers. The next one is asked when a host cannot be reached, is down or does not know the method;
 * never after a refusal, and not after a 429 either: who is told to wait does not ask at the next door.
 */
async function askHosts(
  hosts: readonly QuotaHost[],
  post: (host: QuotaHost) => Promise<WireResponse>,
  {now, isUnserved}: {now: () => number; isUnserved: (response: WireResponse) => boolean},
): Promise<Answer | null> {
  let failure: unknown = null;
  let isUnknown = false;
  for (const host of hosts) {
    const answer = await attempt(() => post(host));
    if (answer instanceof ProviderError) failure ??= answer;
    else if (isUnserved(answer)) return null;
    else if (answer.status >= 200 && answer.status < 300) return {body: jsonOf(answer), host};
    else if (answer.status === 404) isUnknown = true;
    else failure ??= passing(googleFailure(answer, now()));
  }
  if (isUnknown || failure === null) return null;
  throw failure;
}

/** A host that cannot be reached is an answer here: there are others. */
async function attempt(post: () => Promise<WireResponse>): Promise<WireResponse | ProviderError> {
  try {
    return await post();
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'network') return error;
    throw error;
  }
}

/** Throws every failure that the next host would share. */
function passing(failure: ProviderError): ProviderError {
  if (failure.code !== 'server_error') throw failure;
  return failure;
}

const requestOf = (url: string, body: string, token: string, version: string) => ({
  method: 'POST' as const,
  url,
  headers: {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
    Accept: 'application/json',
    // The service tells Antigravity's numbers to names that begin so.
    'User-Agent': `antigravity mystatus-tui/${version}`,
  },
  body,
});
