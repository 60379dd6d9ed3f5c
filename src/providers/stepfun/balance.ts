import type {Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {unexpectedShape} from '../shared/http.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {recordOf, toNumber} from '../shared/values.ts';

/** Requests the balance once. Throws only `ProviderError`. */
export async function fetchBalance(account: Account, wire: Wire): Promise<Reading> {
  const body = await askWithKey(account, wire, {
    url: 'https://api.stepfun.com/v1/accounts',
    remedy: {code: 'check-key'},
  });
  return parseBalance(body);
}

/** Pure. Its totals are of all time, and no part of the balance. Throws `ProviderError` for a response in any other form. */
export function parseBalance(body: unknown): Reading {
  const balance = toNumber(recordOf(body).balance);
  if (balance === undefined) throw unexpectedShape('no balance that can be read', body);
  return {plan: null, windows: [], amounts: [{id: 'balance', value: balance + 0, unit: 'cny'}], notes: []};
}
