import type {Amount, AmountId, Reading} from '../../core/model.ts';
import type {Account, Machine, Wire} from '../../core/provider.ts';
import {isCurrency} from '../../core/vocabulary.ts';
import {problemAccount} from '../shared/accounts.ts';
import {askBalance} from '../shared/balance-fetch.ts';
import {discoverKeys, held} from '../shared/balance-keys.ts';
import {type Held, hint, nothing, remedyFor} from '../shared/held.ts';
import {unexpectedShape} from '../shared/http.ts';
import {isRecord, recordOf, toNumber, toText} from '../shared/values.ts';
import {site} from './site.ts';

export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverKeys(site, machine, names, {pi: inPi});

async function inPi(machine: Machine): Promise<Held> {
  const source = 'pi auth.json';
  const file = await machine.readJson(`${machine.home}/.pi/agent/auth.json`);
  if (file.state === 'missing') return nothing;
  if (file.state === 'unreadable')
    return hint(problemAccount(machine, site.id, {source, why: file.why, remedy: remedyFor(file)}));
  const key = toText(recordOf(recordOf(file.value).deepseek).key);
  // It may also hold a command or the name of a variable: those are no keys.
  return key === undefined || /^[!$]|^[A-Z][A-Z0-9_]*$/.test(key) ? nothing : held(site, machine, source, key);
}

/** Requests the balance once. Throws only `ProviderError`. */
export async function fetchBalance(account: Account, wire: Wire): Promise<Reading> {
  const remedy = {code: 'replace-credential', name: site.id} as const;
  return parseBalance(
    await askBalance(account, wire, 'https://api.deepseek.com/user/balance', remedy, {402: 'no_plan'}),
  );
}

/** Pure. Throws `ProviderError` for a response in any other form. */
export function parseBalance(body: unknown): Reading {
  if (!isRecord(body) || !Array.isArray(body.balance_infos)) throw unexpectedShape('no list of balances', body);
  const {is_available: isAvailable, balance_infos: infos} = body;
  if (infos.length === 0 && typeof isAvailable !== 'boolean') throw unexpectedShape('neither balance nor state', body);
  const purses = infos.flatMap(toPurse);
  if (infos.length > 0 && purses.length === 0) throw unexpectedShape('no balance that can be read', body);
  if (new Set(purses.map(({unit}) => unit)).size < purses.length) throw unexpectedShape('a currency twice', body);
  const full = purses.filter(({total}) => total !== 0);
  return {
    plan: null,
    windows: [],
    amounts: (full.length === 0 ? purses : full).flatMap(({amounts}) => amounts),
    notes: [
      ...(isAvailable === false ? [{code: 'deepseek/refused'} as const] : []),
      ...(purses.length < infos.length ? [{code: 'skipped-rows'} as const] : []),
    ],
  };
}

type Purse = {unit: string; total: number; amounts: Amount[]};

/** Without a known currency or a total there is nothing to show. */
function toPurse(info: unknown): Purse[] {
  const {currency, total_balance, granted_balance, topped_up_balance} = recordOf(info);
  const unit = toText(currency)?.toLowerCase() ?? '';
  const total = toNumber(total_balance);
  if (!isCurrency(unit) || total === undefined) return [];
  const values: [AmountId, number | undefined][] = [
    ['balance', total],
    ['balance/granted', toNumber(granted_balance)],
    ['balance/paid', toNumber(topped_up_balance)],
  ];
  const amounts = values.flatMap(([id, value]) => (value === undefined ? [] : [{id, value: value + 0, unit}]));
  return [{unit, total, amounts}];
}
