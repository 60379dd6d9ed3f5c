import {type AmountId, type Note, ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {isRecord, type Json, toNumber, toText} from '../shared/values.ts';
import type {Site} from './sites.ts';

/** Requests the balance once. Throws only `ProviderError`. */
export async function fetchBalance(site: Site, account: Account, wire: Wire): Promise<Reading> {
  const remedy = {code: 'check-key', url: site.usageUrl} as const;
  return parseBalance(await askWithKey(account, wire, {url: site.balanceUrl, remedy}), site);
}

/** Pure. The body names no currency: it is the site's. Throws `ProviderError` for a response in any other form. */
export function parseBalance(body: unknown, {id, unit}: Pick<Site, 'id' | 'unit'>): Reading {
  if (!isRecord(body)) throw unexpectedShape('no object', body);
  if (isRefusal(body)) throw new ProviderError('server_error', {detail: reasonOf(body)});
  if (!isRecord(body.data)) throw unexpectedShape('no balance', body);
  const {available_balance, voucher_balance, cash_balance} = body.data;
  const available = toNumber(available_balance);
  if (available === undefined) throw unexpectedShape('no balance that can be read', body);
  const cash = toNumber(cash_balance);
  const values: [AmountId, number | undefined][] = [
    ['balance', available],
    ['balance/granted', toNumber(voucher_balance)],
    ['balance/paid', cash],
  ];
  return {
    plan: null,
    windows: [],
    amounts: values.flatMap(([name, value]) => (value === undefined ? [] : [{id: name, value: value + 0, unit}])),
    notes: notesOf(id, unit, available, cash),
  };
}

function notesOf(id: Site['id'], unit: Site['unit'], available: number, cash: number | undefined): Note[] {
  return [
    ...(available <= 0 ? [{code: `${id}/refused`} as const] : []),
    ...(cash !== undefined && cash < 0 ? [{code: `${id}/owes`, amount: {value: -cash, unit}} as const] : []),
  ];
}

/** Errors come with HTTP 200 too. */
const isRefusal = ({status, code}: Json): boolean => status === false || (code != null && toNumber(code) !== 0);

function reasonOf({code, scode, message}: Json): string {
  const number = toText(scode) ?? toNumber(code) ?? toText(code);
  const parts = [number === undefined ? undefined : `code ${number}`, toText(message)];
  return sanitize(parts.filter(Boolean).join(': ')) || 'rejected without a reason';
}
