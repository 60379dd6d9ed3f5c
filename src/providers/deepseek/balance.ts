import type {Amount, AmountId, Reading} from '../../core/model.ts';
import type {Account, Machine, Wire} from '../../core/provider.ts';
import {isCurrency} from '../../core/vocabulary.ts';
import {unexpectedShape} from '../shared/http.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {discoverKeys} from '../shared/keys.ts';
import {inPi} from '../shared/pi.ts';
import {isRecord, recordOf, toNumber, toText} from '../shared/values.ts';
import {site} from './site.ts';

export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverKeys(site, machine, names, {pi: machine => inPi(site, machine, 'deepseek')});

/** Requests the balance once. Throws only `ProviderError`. */
export async function fetchBalance(account: Account, wire: Wire): Promise<Reading> {
  const url = 'https://api.deepseek.com/user/balance';
  return parseBalance(await askWithKey(account, wire, {url, meanings: {402: {code: 'no_plan'}}}));
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
