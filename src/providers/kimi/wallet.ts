import type {Amount, Window} from '../../core/model.ts';
import {type Currency, isCurrency} from '../../core/vocabulary.ts';
import {isRecord, type Json, recordOf, toNumber, toText} from '../shared/values.ts';
import {percentOf, usageOf} from './usage.ts';

// Fixed-point numbers: millionths of a cent.
const perUnit = 100_000_000;
const centsPerUnit = 100;

/** "Extra usage", paid in advance: what is left of it, and the monthly cap that its owner set. Zeros are left out of the response. */
export function walletOf(wallet: unknown): {windows: Window[]; amounts: Amount[]} {
  if (!isRecord(wallet)) return {windows: [], amounts: []};
  return {windows: capOf(wallet), amounts: balanceOf(wallet)};
}

function balanceOf({balance, status, ...wallet}: Json): Amount[] {
  const {amount, amountLeft = 0, unit} = recordOf(balance);
  const currency = currencyOf(wallet.monthlyChargeLimit) ?? currencyOf(wallet.monthlyUsed);
  const left = toNumber(amountLeft);
  const isMoney = unit === undefined || unit === 'UNIT_CURRENCY';
  const isInUse = (toNumber(amount) ?? 0) > 0 && status !== 'STATUS_DISABLED';
  if (!isMoney || !isInUse || currency === undefined || left === undefined) return [];
  return [{id: 'balance', value: left / perUnit, unit: currency}];
}

/** A cap of 0 is none. Where its currency is not told, or another than that of the use, there are no figures in money. */
function capOf({monthlyChargeLimitEnabled, monthlyChargeLimit, monthlyUsed}: Json): Window[] {
  const limit = centsOf(monthlyChargeLimit);
  if (monthlyChargeLimitEnabled !== true || limit === undefined || limit <= 0) return [];
  const [currency, other] = [currencyOf(monthlyChargeLimit), currencyOf(monthlyUsed)];
  const used = currency !== undefined && other !== undefined && currency !== other ? undefined : centsOf(monthlyUsed);
  const money = used === undefined ? null : {used: used / centsPerUnit, limit: limit / centsPerUnit};
  const unit = currency ?? other;
  const use = usageOf(used === undefined ? undefined : percentOf(used, limit), unit === undefined ? null : money);
  return [{id: 'extra/monthly', pool: 'extra', windowMs: null, resetsAt: null, use, unit: unit ?? 'percent'}];
}

const centsOf = (money: unknown): number | undefined =>
  isRecord(money) ? toNumber(money.priceInCents === undefined ? 0 : money.priceInCents) : undefined;

function currencyOf(money: unknown): Currency | undefined {
  const currency = toText(recordOf(money).currency)?.toLowerCase() ?? '';
  return isCurrency(currency) ? currency : undefined;
}
