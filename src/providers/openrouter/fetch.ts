import type {Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {mask} from '../../core/text/redact.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import type {KeyCredential} from '../shared/keys.ts';
import {balanceOf} from './credits.ts';
import {parseKey} from './parse.ts';

/** Requests the key's limits, and now and then the account's balance. Throws only `ProviderError`. */
export async function fetchLimits(account: Account, wire: Wire): Promise<Reading> {
  const body = await askWithKey(account, wire, {
    url: 'https://openrouter.ai/api/v1/key',
    meanings: {402: {code: 'server_error'}},
  });
  const {isManagement, usage, label, ...reading} = parseKey(body, wire.now());
  const balance = await balanceOf(account, wire, {isManagement, usage});
  return {...withBalance(reading, balance), ...(label !== undefined && isUnnamed(account) ? {label} : {})};
}

/** The cap of a key and the balance of its account are two facts: neither is part of the other. */
function withBalance(reading: Reading, balance: number | undefined): Reading {
  if (balance === undefined) return reading;
  const amounts: Reading['amounts'] = [{id: 'balance', value: balance, unit: 'usd'}, ...reading.amounts];
  const debt: Reading['notes'] = balance < 0 ? [{code: 'openrouter/refused'}] : [];
  return {...reading, amounts, notes: [...debt, ...reading.notes]};
}

/** A name that the user gave stands over the service's. */
const isUnnamed = ({label, credential}: Account): boolean => label === mask((credential as KeyCredential).key);
