import {type Json, titleCase, toText} from '../shared/values.ts';
import {type Tier, tiers} from './names.ts';

export type UsageKind = 'ai_credit' | 'premium_request';

/** 'Pro+', 'PRO_PLUS' and 'pro plus' are one tier; undefined for a word that is none. */
export function toTier(text: string): Tier | undefined {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]?plus$/, '+');
  return tiers.find(tier => tier === word);
}

export const tierLabel = (tier: Tier): string => titleCase(tier);

// docs/providers/copilot.md#the-plan-table: what GitHub publishes per month. Left out where it publishes no number of
// one's own: Free and Student credits, shared credits. Premium requests of a seat are its own.
const allowances: Record<UsageKind, Partial<Record<Tier, number>>> = {
  ai_credit: {pro: 1500, 'pro+': 7000, max: 20_000},
  premium_request: {free: 50, student: 300, pro: 300, 'pro+': 1500, business: 300, enterprise: 1000},
};

/** What one person has per month. */
export const allowanceOf = (kind: UsageKind, tier: Tier): number | undefined => allowances[kind][tier];
export const isPooled = (tier: Tier): boolean => tier === 'business' || tier === 'enterprise';

const planNames: Record<string, string> = {
  free: 'Free',
  individual: 'Pro',
  individual_edu: 'Student',
  individual_pro: 'Pro+',
  individual_max: 'Max',
};

/** The plan as people call it. `individual` alone means Pro or Free: only the sku tells which. */
export function planLabel(plan: unknown, sku: unknown): string | null {
  const word = toText(plan);
  const access = skuOf(sku);
  if (isFree(access)) return 'Free';
  if (isStudent(access)) return 'Student';
  if (word === undefined) return seatLabel(access);
  const name = word.toLowerCase();
  return Object.hasOwn(planNames, name) ? (planNames[name] ?? null) : titleCase(word) || null;
}

const skuOf = (sku: unknown): string => (toText(sku) ?? '').toLowerCase();
const isFree = (sku: string): boolean => sku.startsWith('free_limited');
const isStudent = (sku: string): boolean => sku.includes('educational');

/** Paid for by an organisation or an enterprise, whose pool and budgets stop a seat. */
export const isManagedPlan = (plan: unknown, sku: unknown): boolean =>
  /\b(?:business|enterprise)\b/i.test(planLabel(plan, sku) ?? '');

/** A login that could take the Free plan has none. `copilot_plan` says 'individual' even then; only a sku is stronger. */
export function mayOnlySignUp({access_type_sku, can_signup_for_limited}: Json): boolean {
  const sku = skuOf(access_type_sku);
  return can_signup_for_limited === true && !isFree(sku) && !isStudent(sku);
}

/** Switched off for this login. Only to be believed of an answer that shows no quota. */
export const hasNoPlan = ({access_type_sku, chat_enabled}: Json): boolean =>
  chat_enabled === false || skuOf(access_type_sku) === 'no_access';

function seatLabel(sku: string): string | null {
  if (sku.includes('enterprise_seat')) return 'Enterprise';
  if (sku.includes('business_seat')) return 'Business';
  return sku.includes('standalone_seat') ? 'Standalone' : null;
}
