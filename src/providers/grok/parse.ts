import type {Amount, Reading, Share, Use, Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {fractionUse, percentUse} from '../shared/use.ts';
import {
  firstOf,
  isRecord,
  type Json,
  listOf,
  recordOf,
  titleCase,
  toEpochMs,
  toNumber,
  toText,
} from '../shared/values.ts';
import {cycleIdOf} from '../shared/windows.ts';

/** What the billing call told. Pure. Throws `ProviderError` for a response in any other form. */
export function parseBilling(body: unknown): Reading {
  const {config} = recordOf(body);
  if (!isRecord(config) || !knownFields.some(name => name in config)) throw unexpectedShape('no billing figures', body);
  const period = periodOf(config);
  if (period === null && hasPool(config)) throw unexpectedShape('no period that can be read', body);
  const windows = [...planWindows(config, period), ...onDemand(config, period)];
  return {plan: planOf(body) ?? planOf(config), windows, amounts: prepaid(config), notes: []};
}

const knownFields = ['creditUsagePercent', 'currentPeriod', 'monthlyLimit', 'onDemandCap', 'prepaidBalance'];

type Period = Pick<Window, 'windowMs' | 'resetsAt'> & {length: string};

const lengths = new Map([
  ['USAGE_PERIOD_TYPE_WEEKLY', 'weekly'],
  ['USAGE_PERIOD_TYPE_MONTHLY', 'monthly'],
]);

/** By its two ends, else by what it is called; older answers name neither and mean the billing month. Null: it has no name. */
function periodOf(config: Json): Period | null {
  const {type, start, end} = isRecord(config.currentPeriod)
    ? config.currentPeriod
    : {type: undefined, start: config.billingPeriodStart, end: config.billingPeriodEnd};
  const [from, resetsAt] = [toEpochMs(start), toEpochMs(end)];
  const windowMs = from === null || resetsAt === null ? 0 : resetsAt - from;
  const told = cycleIdOf(windowMs);
  if (told !== undefined) return {length: told, windowMs, resetsAt};
  const named = lengths.get(toText(type) ?? '');
  return named === undefined ? null : {length: named, windowMs: null, resetsAt};
}

const hasPool = ({currentPeriod, creditUsagePercent}: Json): boolean =>
  isRecord(currentPeriod) || toNumber(creditUsagePercent) !== undefined;

/** The pool of the plan. Its percentage is missing after a reset and where there is no meter: nobody can tell which. */
function planWindows(config: Json, period: Period | null): Window[] {
  if (period !== null && hasPool(config)) {
    const shares = sharesOf(config.productUsage);
    return [
      {...windowOf(period, null, percentUse(config.creditUsagePercent), 'percent'), ...(shares.length > 0 && {shares})},
    ];
  }
  const limit = dollarsOf(config.monthlyLimit);
  if (limit === undefined || limit <= 0) return [];
  return [windowOf(period ?? unnamed(config), null, fractionUse(dollarsOf(config.used), limit), 'usd')];
}

/** The billing month of which only the end is told. */
const unnamed = ({billingPeriodEnd}: Json): Period => ({
  length: 'monthly',
  windowMs: null,
  resetsAt: toEpochMs(billingPeriodEnd),
});

const windowOf = ({length, ...period}: Period, pool: string | null, use: Use, unit: Window['unit']): Window => ({
  id: pool === null ? length : `${pool}/${length}`,
  pool,
  ...period,
  use,
  unit,
});

/** A cap of zero is spending on top that is switched off, not used up. In an empty record stands a zero. */
function onDemand(config: Json, period: Period | null): Window[] {
  const cap = dollarsOf(config.onDemandCap);
  if (cap === undefined || cap <= 0) return [];
  const used = dollarsOf(config.onDemandUsed) ?? (isEmpty(config.onDemandUsed) ? 0 : undefined);
  return [windowOf(period ?? unnamed(config), 'on-demand', fractionUse(used, cap), 'usd')];
}

const isEmpty = (value: unknown): boolean => isRecord(value) && Object.keys(value).length === 0;

/** Dollars; all sums are in cents. */
function dollarsOf(value: unknown): number | undefined {
  const cents = toNumber(recordOf(value).val);
  return cents === undefined ? undefined : cents / 100;
}

function prepaid({prepaidBalance}: Json): Amount[] {
  const value = dollarsOf(prepaidBalance) ?? 0;
  return value > 0 ? [{id: 'balance', value, unit: 'usd'}] : [];
}

// More would only fill the screen.
const mostShares = 12;

/** What each product took of the pool, in percent of it. */
const sharesOf = (products: unknown): Share[] =>
  listOf(products)
    .map(recordOf)
    .flatMap(({product, usagePercent}): Share[] => {
      const [name, value] = [productName(product), toNumber(usagePercent)];
      return name === '' || value === undefined || value < 0 ? [] : [{name, value, unit: 'percent'}];
    })
    .slice(0, mostShares);

/** 'Grok Build' from 'PRODUCT_GROK_BUILD'; 'GrokBuild' as it comes. */
function productName(value: unknown): string {
  const name = sanitize(toText(value) ?? '', 40);
  return name.startsWith('PRODUCT_') ? titleCase(name.slice('PRODUCT_'.length).toLowerCase()) : name;
}

/** The plan's name, wherever it stands and however it is spelled. */
export const planOf = (value: unknown): string | null =>
  sanitize(
    firstOf(recordOf(value), ['subscription_tier_display', 'subscriptionTier', 'subscription_tier'], toText) ?? '',
    40,
  ) || null;
