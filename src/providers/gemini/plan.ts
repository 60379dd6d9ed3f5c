import {ProviderError, type Remedy} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isRecord, type Json, listOf, recordOf, safeUrl, titleCase, toText} from '../shared/values.ts';

/** What loadCodeAssist tells beside the quota. */
export type Plan = {name: string | null; project: string | null};

export const moved: Remedy = {code: 'gemini/moved'};

/** Tolerant of every form. Throws `ProviderError` only where Google says that it does not serve the account. */
export function parsePlan(body: unknown, isWorkspace: boolean): Plan {
  const answer = recordOf(body);
  const [paid, current] = [recordOf(answer.paidTier), recordOf(answer.currentTier)];
  const hasTier = [answer.paidTier, answer.currentTier, listOf(answer.allowedTiers)[0]].some(isRecord);
  const refusal = hasTier ? undefined : refusalIn(answer);
  if (refusal !== undefined) throw refusal;
  const name = toText(paid.name) ?? toText(current.name) ?? nameById(current, isWorkspace);
  return {name: sanitize(name ?? '', 40) || null, project: projectOf(answer)};
}

function nameById({id}: Json, isWorkspace: boolean): string | undefined {
  const tier = toText(id);
  if (tier === undefined) return undefined;
  const names = new Map([
    ['standard-tier', 'Paid'],
    ['free-tier', isWorkspace ? 'Workspace' : 'Free'],
  ]);
  return names.get(tier) ?? titleCase(tier.replace(/-tier$/, ''));
}

/** A text, or an object with its `id`. */
const projectOf = ({cloudaicompanionProject: project}: Json): string | null =>
  toText(project) ?? toText(recordOf(project).id) ?? null;

/** Of several reasons the one that the user can do something about. */
function refusalIn(answer: Json): ProviderError | undefined {
  const tiers = listOf(answer.ineligibleTiers).filter(isRecord);
  const tier = tiers.find(({reasonCode}) => reasonCode === 'VALIDATION_REQUIRED') ?? tiers[0];
  if (tier === undefined) return undefined;
  const detail = sanitize(toText(tier.reasonMessage) ?? 'Google does not serve this account');
  if (tier.reasonCode !== 'VALIDATION_REQUIRED')
    return new ProviderError('no_plan', {detail, ...(isMoved(JSON.stringify(tier)) && {remedy: moved})});
  const url = safeUrl(tier.validationUrl);
  return new ProviderError('auth_rejected', {
    detail,
    remedy: {code: 'verify', name: 'Google', ...(url !== null && {url})},
  });
}

/** What Google answers to personal accounts, in each of its spellings. */
export const isMoved = (text: string): boolean =>
  /UNSUPPORTED_CLIENT|IneligibleTierError|no longer supported for Gemini Code Assist for individuals/i.test(text);
