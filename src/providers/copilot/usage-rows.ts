import {sanitize} from '../../core/text/sanitize.ts';
import {isRecord, type Json, toNumber, toText} from '../shared/values.ts';
import type {UsageKind} from './plans.ts';

/** One item of a billing answer that is Copilot usage. Quantities in credits or requests, `owed` in USD. */
export type Usage = {
  used: number;
  /** What the allowance paid, and what is billed on top of it; undefined when the item does not tell. */
  covered: number | undefined;
  billed: number | undefined;
  owed: number;
  /** The older form of the answer names a limit; today's does not. */
  limit: number | undefined;
  model: string | undefined;
  sku: string | undefined;
};

/** Credits, premium requests, or undefined for everything else on a bill: seats, minutes, storage, other products. */
export function kindOf(item: unknown): UsageKind | undefined {
  if (!isRecord(item)) return undefined;
  const unit = words(either(item, 'unitType', 'unit_type'));
  const text = [words(item.product), words(item.sku), unit].join(' ');
  if (/\bseats?\b|\bactions\b|\blfs\b|storage|packages|codespaces/.test(text) || /month|minute|hour|byte/.test(unit))
    return undefined;
  const isCopilot = text.includes('copilot');
  if (isCopilot && (/ai credit|ai unit/.test(text) || unit === 'credits')) return 'ai_credit';
  const isRequest = text.includes('premium request') || (isCopilot && /^requests?$/.test(unit));
  return isRequest ? 'premium_request' : undefined;
}

/** 'copilot_ai_unit', 'AI-Credits' and 'ai credits' in one spelling. */
const words = (value: unknown): string => (toText(value) ?? '').toLowerCase().replace(/[\s_-]+/g, ' ');

const either = (item: Json, camel: string, snake: string): unknown => item[camel] ?? item[snake];

/** Null when its quantities are missing, unreadable, negative or contradict each other. */
export function toUsage(item: unknown): Usage | null {
  if (!isRecord(item)) return null;
  const quantities = [
    quantity(either(item, 'grossQuantity', 'gross_quantity')),
    quantity(either(item, 'discountQuantity', 'discount_quantity')),
    quantity(either(item, 'netQuantity', 'net_quantity')),
  ] as const;
  const sum = balanced(...quantities);
  return sum === null ? null : {...sum, ...factsOf(item, sum.billed)};
}

function factsOf(item: Json, billed: number | undefined): Pick<Usage, 'owed' | 'limit' | 'model' | 'sku'> {
  const price = toNumber(either(item, 'pricePerUnit', 'price_per_unit'));
  const amount = toNumber(either(item, 'netAmount', 'net_amount'));
  const owed = amount ?? (price === undefined || billed === undefined ? 0 : price * billed);
  const limit = toNumber(item.limit);
  return {
    owed: Math.max(0, owed),
    limit: limit !== undefined && limit > 0 ? limit : undefined,
    model: toText(sanitize(toText(item.model) ?? '')),
    sku: toText(sanitize(toText(item.sku) ?? '')),
  };
}

/** Undefined: not there. NaN: there, but no quantity. */
function quantity(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = toNumber(value) ?? Number.NaN;
  return number < -noise ? Number.NaN : Math.max(0, number);
}

// Fractions are summed on the other side: they agree to a few digits, not to the last.
const noise = 1e-4;
export const slackOf = (quantity: number): number => noise + quantity * 1e-6;

/** gross = discount + net. A missing third is derived; what cannot be told stays undefined. */
function balanced(
  gross: number | undefined,
  discount: number | undefined,
  net: number | undefined,
): Pick<Usage, 'used' | 'covered' | 'billed'> | null {
  if ([gross, discount, net].some(Number.isNaN)) return null;
  const used = gross ?? (discount === undefined || net === undefined ? undefined : discount + net);
  if (used === undefined) return null;
  const billed = net ?? (discount === undefined ? undefined : used - discount);
  const covered = discount ?? (net === undefined ? undefined : used - net);
  if (billed === undefined || covered === undefined) return {used, covered, billed};
  const slack = slackOf(used);
  if (covered < -slack || billed < -slack || Math.abs(used - covered - billed) > slack) return null;
  return {used, covered: Math.max(0, covered), billed: Math.max(0, billed)};
}
