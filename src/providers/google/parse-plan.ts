import type {Amount} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isRecord, type Json, listOf, recordOf, safeUrl, titleCase, toNumber, toText} from '../shared/values.ts';
import {toBeVerified} from './errors.ts';

/** What `loadCodeAssist` tells beside the quota. */
export type Plan = {
  name: string | null;
  /** True when Google says that nothing was bought. */
  isFree: boolean;
  project: string | null;
  amounts: Amount[];
  /** Why Google does not serve this account, when it says so. */
  refusal: {reason: string; isToVerify: boolean; url: string | null} | null;
};

/** Tolerant of everything: what cannot be read is null. */
export function parsePlan(body: unknown): Plan {
  const told = recordOf(body);
  const answer = isRecord(told.response) ? told.response : told;
  return {
    name: planName(answer),
    isFree: isFree(answer),
    project: projectOf(answer),
    amounts: creditsOf(answer),
    refusal: refusalOf(answer),
  };
}

const paidNames: Readonly<Record<string, string>> = {
  'g1-plus-tier': 'Google AI Plus',
  'g1-pro-tier': 'Google AI Pro',
  'g1-ultra-tier': 'Google AI Ultra',
  'g1-ultra-lite-tier': 'Google AI Ultra Lite',
  'free-tier': 'Free',
};
const currentNames: Readonly<Record<string, string>> = {
  'standard-tier': 'Paid',
  'free-tier': 'Free',
  'legacy-tier': 'Legacy',
};

/** The paid tier speaks first: the current tier of a subscriber is called 'Gemini Code Assist' whatever was bought. */
function planName(answer: Json): string | null {
  const paid = recordOf(answer.paidTier);
  const current = recordOf(answer.currentTier);
  const name =
    toText(paid.name) ?? nameById(paid, paidNames) ?? nameById(current, currentNames) ?? toText(current.name);
  return name === undefined ? null : sanitize(name, 40);
}

/** The free tier stands as the current one, or as the "paid" one: 'Antigravity Starter Quota'. */
function isFree(answer: Json): boolean {
  const {id, name} = recordOf(answer.paidTier);
  const paid = toText(id) ?? toText(name);
  return paid === undefined ? toText(recordOf(answer.currentTier).id) === 'free-tier' : /\bfree\b|starter/i.test(paid);
}

function nameById(tier: Json, names: Readonly<Record<string, string>>): string | undefined {
  const id = toText(tier.id);
  if (id === undefined) return undefined;
  return Object.hasOwn(names, id) ? names[id] : (toText(tier.name) ?? titleCase(id.replace(/-tier$/, '')));
}

/** A text, or an object with its `id` or `projectId`. */
function projectOf({cloudaicompanionProject: project}: Json): string | null {
  const {id, projectId} = recordOf(project);
  return toText(project) ?? toText(id) ?? toText(projectId) ?? null;
}

/** AI credits left; none when no amount of that kind was told. */
function creditsOf(answer: Json): Amount[] {
  const credits = listOf(recordOf(answer.paidTier).availableCredits)
    .map(recordOf)
    .filter(({creditType}) => creditType === 'GOOGLE_ONE_AI')
    .flatMap(({creditAmount}) => toNumber(creditAmount) ?? []);
  if (credits.length === 0) return [];
  const value = credits.reduce((sum, credit) => sum + credit, 0);
  return Number.isFinite(value) ? [{id: 'credits', value, unit: 'credits'}] : [];
}

function refusalOf(answer: Json): Plan['refusal'] {
  const tiers = listOf(answer.ineligibleTiers).map(recordOf);
  const toVerify = tiers.find(({reasonCode}) => reasonCode === 'VALIDATION_REQUIRED');
  const tier = toVerify ?? tiers[0];
  // Other tiers may be open to the account; one that waits for a verification still says what to do.
  if (tier === undefined || (toVerify === undefined && listOf(answer.allowedTiers).length > 0)) return null;
  const usual = toVerify === undefined ? 'Google does not serve this account' : toBeVerified;
  const reason = sanitize(toText(tier.reasonMessage) ?? usual);
  return {reason, isToVerify: toVerify !== undefined, url: safeUrl(tier.validationUrl)};
}
