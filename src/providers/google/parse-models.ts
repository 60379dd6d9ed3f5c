import type {Reading} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {firstOf, isRecord, type Json, listOf, recordOf, toText} from '../shared/values.ts';
import {type Left, leftOf, poolNamed, resetIn, windowOf} from './limits.ts';
import {isHidden, isImage, type Model, modelNotes, poolLimits, tightestByName} from './models.ts';

/** `isAllFull`: every model that tells a number is untouched. That may mean no more than "these models exist". */
export type ModelsReading = Reading & {isAllFull: boolean};
type Asked = {
  now: number;
  /** True for an account without a paid plan: there the service leaves out fractions of models that nobody used. */
  isFree: boolean;
};

/**
 * The pools from `fetchAvailableModels`, which tells per model the tighter of its pool's limits. Null when the body is not
 * such an answer. Throws `ProviderError` when none of its models can be read.
 */
export function parseModels(body: unknown, asked: Asked): ModelsReading | null {
  const answer = [body, recordOf(body).response].find(part => isRecord(recordOf(part).models));
  if (!isRecord(answer)) return null;
  const models = Object.entries(recordOf(answer.models));
  const entries = models.filter((pair): pair is [string, Json] => isRecord(pair[1]));
  if (models.length > 0 && entries.length === 0) throw unexpectedShape('no model in its response can be read', body);
  const shown = shownOf(answer, entries).map(([id, entry]) => modelOf(id, entry, asked));
  const told = shown.filter(({left}) => typeof left === 'number');
  return {...readingOf(shown, asked.now), isAllFull: told.length > 0 && told.every(({left}) => left === 1)};
}

/** What the vendor's own menu offers when it is told, else everything that is not hidden. */
function shownOf(answer: Json, entries: readonly [string, Json][]): [string, Json][] {
  const menu = new Set(
    listOf(answer.agentModelSorts).flatMap(sort =>
      listOf(recordOf(sort).groups).flatMap(group => listOf(recordOf(group).modelIds)),
    ),
  );
  const live = entries.filter(([id, entry]) => entry.isInternal !== true && entry.disabled !== true && !isImage(id));
  const offered = live.filter(([id]) => menu.has(id));
  if (offered.length > 0) return offered;
  const deprecated = new Set(listOf(answer.deprecatedModelIds));
  return live.filter(
    ([id, entry]) => !deprecated.has(id) && !isHidden(id) && !hiddenModels.test(toText(entry.model) ?? ''),
  );
}

const hiddenModels = /^MODEL_(?:CHAT_20706|CHAT_23310|GOOGLE_GEMINI_2_5_(?:FLASH|FLASH_THINKING|FLASH_LITE|PRO))$/;

function modelOf(id: string, entry: Json, asked: Asked): Model {
  const name = firstOf(entry, ['displayName', 'label', 'modelName'], toText) ?? id;
  const pool = poolNamed(`${id} ${name}`) ?? poolOfVendor(entry.modelProvider) ?? 'other';
  const quota = isRecord(entry.quotaInfo) ? entry.quotaInfo : null;
  const resetsAt = quota === null ? null : resetIn(quota, asked.now);
  return {name: sanitize(name), pool, left: quota === null ? 'missing' : leftIn(quota, resetsAt, asked), resetsAt};
}

/**
 * A zero is left out by the encoding, so a quota without a fraction is spent — but some answers leave out fractions they
 * do not know. A reset that is still to come, on a paid plan, or the flag tells the first from the second.
 */
function leftIn(quota: Json, resetsAt: number | null, {now, isFree}: Asked): Left {
  const left = leftOf(quota.remainingFraction);
  const isSpent = quota.isExhausted === true || (!isFree && resetsAt !== null && resetsAt > now);
  return left === 'missing' && isSpent ? 0 : left;
}

function poolOfVendor(vendor: unknown): string | undefined {
  if (vendor === 'MODEL_PROVIDER_GOOGLE') return 'gemini';
  return vendor === 'MODEL_PROVIDER_ANTHROPIC' || vendor === 'MODEL_PROVIDER_OPENAI' ? 'claude-gpt' : undefined;
}

/**
 * The pools from `retrieveUserQuota`: several rows of one model count as the tightest of them. Null when the body is not
 * such an answer. Throws `ProviderError` when none of its rows can be read.
 */
export function parseUserQuota(body: unknown, now: number): Reading | null {
  const answer = [body, recordOf(body).response].find(part => Array.isArray(recordOf(part).buckets));
  if (answer === undefined) return null;
  const told = listOf(recordOf(answer).buckets);
  const rows = told.filter(isRecord).filter(row => toText(row.modelId) !== undefined);
  if (told.length > 0 && rows.length === 0) throw unexpectedShape('no row of its quota response can be read', body);
  const shown = rows.map(row => modelOfRow(row, now)).filter(({name}) => !isHidden(name) && !isImage(name));
  return readingOf(tightestByName(shown), now);
}

function modelOfRow(row: Json, now: number): Model {
  const name = sanitize(toText(row.modelId) ?? '');
  return {name, pool: poolNamed(name) ?? 'other', left: leftOf(row.remainingFraction), resetsAt: resetIn(row, now)};
}

const readingOf = (models: readonly Model[], now: number): Reading => ({
  plan: null,
  windows: poolLimits(models, now).map(limit => windowOf(limit, now)),
  amounts: [],
  notes: modelNotes(models),
});
