import type {Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {unexpectedShape} from '../shared/http.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {recordOf, tidy, toNumber} from '../shared/values.ts';

/** Requests the balance once. Throws only `ProviderError`. */
export async function fetchBalance(account: Account, wire: Wire): Promise<Reading> {
  const url = 'https://api.novita.ai/openapi/v1/billing/balance/detail';
  return parseBalance(await askWithKey(account, wire, {url}));
}

// It counts in ten-thousandths of a dollar.
const partsPerDollar = 10_000;

/** Pure. Throws `ProviderError` for a response in any other form. */
export function parseBalance(body: unknown): Reading {
  const parts = toNumber(recordOf(body).availableBalance);
  if (parts === undefined) throw unexpectedShape('no balance that can be read', body);
  const value = tidy(parts / partsPerDollar) + 0;
  return {plan: null, windows: [], amounts: [{id: 'balance', value, unit: 'usd'}], notes: []};
}
