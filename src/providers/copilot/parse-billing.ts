import type {Amount, Note, Reading, Share, Unit, Window} from '../../core/model.ts';
import {unexpectedShape} from '../shared/http.ts';
import {isRecord} from '../shared/values.ts';
import {type BillingOptions, measuredUse} from './allowance.ts';
import {nextMonthStart} from './month.ts';
import {tierLabel, type UsageKind} from './plans.ts';
import {monthly, tidy} from './snapshots.ts';
import {kindOf, toUsage, type Usage} from './usage-rows.ts';

/**
 * The answer of `…/ai_credit/usage` or `…/premium_request/usage` (docs/providers/copilot.md#billing). GitHub tells how
 * much was used and what is owed, but no limit: that comes from an item that does carry one, else from the plan table,
 * else from nowhere. Throws `ProviderError('bad_response')` when there are items but none of them is Copilot usage.
 */
export function parseBilling(body: unknown, now: number, options: BillingOptions): Reading {
  const {tier, kind} = options;
  const items = itemsOf(body);
  if (items === undefined) throw unexpectedShape('no list of usage items', body);
  const chosen = itemsOfKind(items, kind);
  const rows = chosen.items.map(toUsage);
  const usable = rows.filter(row => row !== null);
  if (items.length > 0 && usable.length === 0) throw unexpectedShape('no Copilot usage item', body);
  const used = total(usable.map(row => row.used));
  const unit: Unit = chosen.kind === 'ai_credit' ? 'credits' : 'requests';
  const window = windowOf(usable, used, unit, now, {...options, kind: chosen.kind});
  return {
    plan: tier === null ? null : tierLabel(tier),
    windows: [window],
    amounts: [...usedAmount(window, used, unit), ...billedAmount(usable)],
    notes: notesOf(items, rows, window),
  };
}

/** True when an answer holds Copilot usage; false when it is empty, of other products only, or no answer at all. */
export const hasCopilotUsage = (body: unknown): boolean =>
  (itemsOf(body) ?? []).some(item => kindOf(item) !== undefined);

function itemsOf(body: unknown): unknown[] | undefined {
  const items = isRecord(body) ? (body.usageItems ?? body.usage_items) : undefined;
  return Array.isArray(items) ? items : undefined;
}

/** Credits and requests are never added up. The kind that was asked for counts; the other one where that is missing. */
function itemsOfKind(items: readonly unknown[], asked: UsageKind): {kind: UsageKind; items: unknown[]} {
  const other: UsageKind = asked === 'ai_credit' ? 'premium_request' : 'ai_credit';
  const ofKind = (kind: UsageKind) => ({kind, items: items.filter(item => kindOf(item) === kind)});
  const [first, second] = [ofKind(asked), ofKind(other)];
  return first.items.length === 0 && second.items.length > 0 ? second : first;
}

const total = (values: readonly number[]): number => tidy(values.reduce((sum, value) => sum + value, 0));

function windowOf(rows: readonly Usage[], used: number, unit: Unit, now: number, options: BillingOptions): Window {
  const {use, fromTable} = measuredUse(rows, used, options);
  const shares = sharesOf(rows, unit);
  return {
    ...monthly('premium', use, unit, nextMonthStart(now)),
    ...(fromTable ? {limitFrom: 'plan-table'} : {}),
    ...(shares.length === 0 ? {} : {shares}),
  };
}

/** By model, most used first; nothing when the answer does not tell models apart. */
function sharesOf(rows: readonly Usage[], unit: Unit): Share[] {
  if (rows.every(({model}) => model === undefined)) return [];
  const byName = new Map<string, number>();
  for (const {model, sku, used} of rows) {
    const name = model ?? sku ?? 'other';
    byName.set(name, (byName.get(name) ?? 0) + used);
  }
  return [...byName]
    .filter(([, value]) => Number.isFinite(value))
    .map(([name, value]) => ({name, value: tidy(value), unit}))
    .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
}

const usedAmount = ({use}: Window, value: number, unit: Unit): Amount[] =>
  use.state === 'known' || !Number.isFinite(value) ? [] : [{id: 'used', value, unit}];

function billedAmount(rows: readonly Usage[]): Amount[] {
  const value = total(rows.map(({owed}) => owed));
  return value > 0 && Number.isFinite(value) ? [{id: 'billed', value, unit: 'usd'}] : [];
}

function notesOf(items: readonly unknown[], rows: readonly (Usage | null)[], window: Window): Note[] {
  return [
    // Nothing used yet, or nothing that this login may see: beside '0 of 1500' the doubt would be noise.
    ...(items.length === 0 && window.use.state !== 'known' ? [{code: 'no-usage-visible'} as const] : []),
    ...(rows.includes(null) ? [{code: 'skipped-rows'} as const] : []),
    ...(window.limitFrom === undefined ? [] : [{code: 'plan-table'} as const]),
  ];
}
