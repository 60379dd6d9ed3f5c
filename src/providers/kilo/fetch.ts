import type {Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {beside} from '../shared/beside.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import type {KeyCredential} from '../shared/keys.ts';
import {requireAlive} from '../shared/token-login.ts';
import {parseBalance, parsePass} from './parse.ts';

const balanceUrl = 'https://api.kilo.ai/api/profile/balance';
const passUrl = 'https://app.kilo.ai/api/trpc/kiloPass.getState?batch=1&input=%7B%220%22%3Anull%7D';

/** Requests the balance, and beside it the pass: that belongs to a person, not to a team. Throws only `ProviderError`. */
export async function fetchCredits(account: Account, wire: Wire): Promise<Reading> {
  requireAlive(account, wire);
  const {fields} = account.credential as KeyCredential;
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
  const team = (account.credential as KeyCredential).fields?.organizationId;
  return askWithKey(account, wire, {url, ...(team !== undefined && {headers: {'X-KILOCODE-ORGANIZATIONID': team}})});
}
