import type {Reading, Remedy} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {beside} from '../shared/beside.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import type {KeyCredential} from '../shared/keys.ts';
import {requireAlive, type TokenCredential} from '../shared/token-login.ts';
import {parseBalance, parsePass} from './parse.ts';
import {site} from './site.ts';

/** A key does not end; the login of Kilo's command line does. */
type Credential = KeyCredential & Partial<TokenCredential>;

const balanceUrl = 'https://api.kilo.ai/api/profile/balance';
const passUrl = 'https://app.kilo.ai/api/trpc/kiloPass.getState?batch=1&input=%7B%220%22%3Anull%7D';

/** Requests the balance, and beside it the pass: that belongs to a person, not to a team. Throws only `ProviderError`. */
export async function fetchCredits(account: Account, wire: Wire): Promise<Reading> {
  requireAlive(account, wire);
  const {fields} = account.credential as Credential;
  const balance = parseBalance(await ask(account, wire, balanceUrl));
  const pass =
    fields?.organizationId === undefined
      ? await beside(wire, `kilo pass ${account.key}`, async () =>
          parsePass(await ask(account, wire, passUrl), wire.now()),
        )
      : undefined;
  return {plan: pass?.plan ?? null, windows: pass?.windows ?? [], amounts: [balance], notes: []};
}

function ask(account: Account, wire: Wire, url: string): Promise<unknown> {
  const {renew, fields} = account.credential as Credential;
  const team = fields?.organizationId;
  const replace: Remedy = {code: 'replace-credential', name: site.id};
  return askWithKey(account, wire, {
    url,
    remedy: renew ?? replace,
    isToken: renew !== undefined,
    ...(team !== undefined && {headers: {'X-KILOCODE-ORGANIZATIONID': team}}),
  });
}
