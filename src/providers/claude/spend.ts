import type {Amount, Unit, Use, Window} from '../../core/model.ts';
import {isCurrency} from '../../core/vocabulary.ts';
import {isRecord, type Json, recordOf, toNumber, toText} from '../shared/values.ts';
import {pooledId} from '../shared/windows.ts';

/** What is paid beyond the plan. `skipped`: in a currency that has no word here. */
export type Spend = {windows: Window[]; amounts: Amount[]; skipped: boolean};

const none: Spend = {windows: [], amounts: [], skipped: false};
const pool = 'extra';

/** `spend` and the older `extra_usage` are one purse: never both. */
export function spendOf(body: Json): Spend {
  if (isRecord(body.spend)) return newer(body.spend);
  return isRecord(body.extra_usage) ? older(body.extra_usage) : none;
}

function newer(spend: Json): Spend {
  if (spend.enabled !== true) return none;
  const [used, limit, balance] = [spend.used, spend.limit, spend.balance].map(toMoney);
  const purse = purseOf({percent: toNumber(spend.percent), used, limit, isLimited: isTold(spend.limit)});
  if (purse.skipped || balance === undefined) return purse;
  if (balance.unit === null) return {...purse, skipped: true};
  return {...purse, amounts: [...purse.amounts, {id: 'balance', value: balance.value, unit: balance.unit}]};
}

function older(extra: Json): Spend {
  if (extra.is_enabled !== true) return none;
  const money = (value: unknown): Money | undefined => moneyOf(value, extra.currency, extra.decimal_places ?? 2);
  return purseOf({
    percent: toNumber(extra.utilization),
    used: money(extra.used_credits),
    limit: money(extra.monthly_limit),
    isLimited: isTold(extra.monthly_limit),
  });
}

const isTold = (value: unknown): boolean => value !== null && value !== undefined;

/** `unit` is null for a currency without a word. */
type Money = {value: number; unit: Unit | null};

function toMoney(value: unknown): Money | undefined {
  const {amount_minor: minor, currency, exponent} = recordOf(value);
  return moneyOf(minor, currency, exponent);
}

/** From the smallest coins; undefined where the sum, or how many of them make one, is not told. */
function moneyOf(minor: unknown, currency: unknown, places: unknown): Money | undefined {
  const sum = toNumber(minor);
  const exponent = toNumber(places);
  if (sum === undefined || exponent === undefined || !Number.isInteger(exponent)) return undefined;
  if (exponent < 0 || exponent > 6) return undefined;
  const unit = (toText(currency) ?? 'usd').toLowerCase();
  return {value: sum / 10 ** exponent, unit: isCurrency(unit) ? unit : null};
}

/** `isLimited`: there is a limit, whether it can be read or not. */
type Purse = {percent: number | undefined; used: Money | undefined; limit: Money | undefined; isLimited: boolean};

/** With a limit it is a window, without one an amount. */
function purseOf({percent, used, limit, isLimited}: Purse): Spend {
  if (used?.unit === null || limit?.unit === null) return {...none, skipped: true};
  if (isLimited) {
    const unit = limit?.unit ?? 'percent';
    const spent = used !== undefined && used.unit === unit && used.value >= 0 ? used.value : undefined;
    const most = limit !== undefined && limit.value >= 0 ? limit.value : undefined;
    return {...none, windows: [monthly(usageOf(percent, spent, most), unit)]};
  }
  if (used?.unit === undefined || used.value < 0) return none;
  return {...none, amounts: [{id: 'overage', value: used.value, unit: used.unit}]};
}

/** No reset is told, and months differ in length. */
const monthly = (use: Use, unit: Unit): Window => ({
  id: pooledId(pool, 'monthly'),
  pool,
  windowMs: null,
  resetsAt: null,
  use,
  unit,
});

function usageOf(percent: number | undefined, used: number | undefined, limit: number | undefined): Use {
  const usedPercent = percent !== undefined && percent >= 0 ? percent : shareOf(used, limit);
  if (usedPercent === undefined) return {state: 'unknown', why: 'no percentage was reported'};
  return {state: 'known', usedPercent, ...(used === undefined ? {} : {used}), ...(limit === undefined ? {} : {limit})};
}

const shareOf = (used: number | undefined, limit: number | undefined): number | undefined =>
  used === undefined || limit === undefined || limit <= 0 ? undefined : toNumber((used / limit) * 100);
