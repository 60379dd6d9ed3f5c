import type {AmountId, Reading} from '../../core/model.ts';
import {unexpectedShape} from '../shared/http.ts';
import {isRecord, toNumber} from '../shared/values.ts';
import type {Site} from './sites.ts';

/** Pure. The body names no currency: it is the site's. Throws `ProviderError` for a response in any other form. */
export function parseBalance(body: unknown, {unit}: Pick<Site, 'unit'>): Reading {
  if (!isRecord(body)) throw unexpectedShape('no object', body);
  const told = isRecord(body.data) && toNumber(body.available_amount) === undefined ? body.data : body;
  const available = toNumber(told.available_amount);
  if (available === undefined) throw unexpectedShape('no balance that can be read', body);
  const owed = toNumber(told.owed_amount);
  const values: [AmountId, number | undefined][] = [
    ['balance', available],
    ['balance/cash', toNumber(told.cash_balance)],
    ['balance/voucher', toNumber(told.voucher_balance)],
    ['owed', owed !== undefined && owed > 0 ? owed : undefined],
  ];
  const amounts = values.flatMap(([id, value]) => (value === undefined ? [] : [{id, value: value + 0, unit}]));
  return {plan: null, windows: [], amounts, notes: []};
}
