import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {connectFailure, isConnectSuccess} from '../shared/connect.ts';
import {jsonOf} from '../shared/http.ts';
import type {TokenCredential} from '../shared/token-login.ts';
import type {Product} from './names.ts';
import {parseStatus} from './parse.ts';

/** What `discover` puts into an account beside its key. */
export type Server = {host: string; product: Product};
export type Credential = TokenCredential & Server & {fallbacks?: readonly Credential[]};

/** Asks for the status with the first login that the service takes (docs/providers/devin.md#requests). Throws only `ProviderError`. */
export async function fetchStatus(account: Account, wire: Wire): Promise<Reading> {
  const first = account.credential as Credential;
  return firstThatLives([first, ...(first.fallbacks ?? [])], wire);
}

async function firstThatLives([login, ...others]: readonly Credential[], wire: Wire): Promise<Reading> {
  if (login === undefined) throw new ProviderError('no_credentials');
  try {
    return parseStatus(await ask(login, wire), wire.now());
  } catch (error) {
    const mayOthers = error instanceof ProviderError && error.code === 'expired' && others.length > 0;
    // What the others say counts only where they are taken: the first login is the one to renew.
    if (mayOthers) return firstThatLives(others, wire).catch(other => Promise.reject(isExpired(other) ? error : other));
    throw error;
  }
}

const isExpired = (error: unknown): boolean => error instanceof ProviderError && error.code === 'expired';

// Which product the login is of, as the service wants it told: it has no place for anybody else's name.
const version = '1.108.2';

async function ask({token, renew, host, product}: Credential, wire: Wire): Promise<unknown> {
  const names = {ideName: product, ideVersion: version, extensionName: product, extensionVersion: version};
  const response = await wire.send({
    method: 'POST',
    url: `https://${host}/exa.seat_management_pb.SeatManagementService/GetUserStatus`,
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'Connect-Protocol-Version': '1',
      'User-Agent': `mystatus-tui/${wire.version}`,
    },
    body: JSON.stringify({metadata: {apiKey: token, ...names, locale: 'en'}}),
  });
  if (isConnectSuccess(response)) return jsonOf(response);
  throw connectFailure(response, wire.now(), renew);
}
