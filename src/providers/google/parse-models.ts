import type {Note, Reading, Window} from '../../core/model.ts';
import {clean} from '../../core/text.ts';
import {drifted} from '../shared/http.ts';
import {firstOf, isRecord, type Json, listOf, recordOf, toText} from '../shared/values.ts';
import {type Left, leftOf, poolNamed, resetOf, sessionMs, usedPercentOf, windowOf} from './limits.ts';

/** One model's share in its pool, as either of the older methods tells it. */
type Model = {name: string; pool: string; left: Left; resetsAt: number | null};

/** `isAllFull`: every model that tells a number is untouched. That may mean no more than "these models exist". */
export type ModelsReading = Reading & {isAllFull: boolean};

/**
 * The pools from `fetchAvailableModels`, which tells one number per model and no weekly limit. Null when the body is not
 * such an answer. Throws `ProviderError` when none of its models can be read.
 */
export function parseModels(body: unknown, now: number): ModelsReading | null {
  const answer = [body, recordOf(body).response].find(part => isRecord(recordOf(part).models));
  if (!isRecord(answer)) return null;
  const models = Object.entries(recordOf(answer.models));
  const entries = models.filter((pair): pair is [string, Json] => isRecord(pair[1]));
  if (models.length > 0 && entries.length === 0) throw drifted('no model of its answer can be read', body);
  const shown = shownOf(answer, entries).map(([id, entry]) => modelOf(id, entry, now));
  const told = shown.filter(({left}) => typeof left === 'number');
  return {...readingOf(shown, now), isAllFull: told.length > 0 && told.every(({left}) => left === 1)};
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

// Pictures are counted apart from the pool.
const isImage = (id: string): boolean => /image/i.test(id);
const isHidden = (id: string): boolean => /^(?:chat_|tab_|rev)|mquery|lite/i.test(id);
const hiddenModels = /^MODEL_(?:CHAT_20706|CHAT_23310|GOOGLE_GEMINI_2_5_(?:FLASH|FLASH_THINKING|FLASH_LITE|PRO))$/;

function modelOf(id: string, entry: Json, now: number): Model {
  const name = firstOf(entry, ['displayName', 'label', 'modelName'], toText) ?? id;
  const pool = poolNamed(`${id} ${name}`) ?? poolOfVendor(entry.modelProvider) ?? 'other';
  const quota = isRecord(entry.quotaInfo) ? entry.quotaInfo : null;
  const resetsAt = quota === null ? null : resetOf(quota.resetTime);
  return {name: clean(name), pool, left: quota === null ? 'missing' : leftIn(quota, resetsAt, now), resetsAt};
}

/**
 * A zero is left out by the encoding, so a quota without a fraction is spent — but some answers leave out fractions they
 * do not know. A reset that is still to come, or the flag, tells the first from the second.
 */
function leftIn(quota: Json, resetsAt: number | null, now: number): Left {
  const left = leftOf(quota.remainingFraction);
  const isSpent = quota.isExhausted === true || (resetsAt !== null && resetsAt > now);
  return left === 'missing' && isSpent ? 0 : left;
}

function poolOfVendor(vendor: unknown): string | undefined {
  if (vendor === 'MODEL_PROVIDER_GOOGLE') return 'gemini';
  return vendor === 'MODEL_PROVIDER_ANTHROPIC' || vendor === 'MODEL_PROVIDER_OPENAI' ? 'claude-gpt' : undefined;
}

/**
 * The pools from `retrieveUserQuota`: several rows of one model count as the lowest of them. Null when the body is not
 * such an answer. Throws `ProviderError` when none of its rows can be read.
 */
export function parseUserQuota(body: unknown, now: number): Reading | null {
  const answer = [body, recordOf(body).response].find(part => Array.isArray(recordOf(part).buckets));
  if (answer === undefined) return null;
  const told = listOf(recordOf(answer).buckets);
  const rows = told.filter(isRecord).filter(row => toText(row.modelId) !== undefined);
  if (told.length > 0 && rows.length === 0) throw drifted('no row of its quota answer can be read', body);
  const shown = rows.map(modelOfRow).filter(({name}) => !isHidden(name) && !isImage(name));
  return readingOf(lowestByName(shown), now);
}

function modelOfRow(row: Json): Model {
  const name = clean(toText(row.modelId) ?? '');
  const left = leftOf(row.remainingFraction);
  return {name, pool: poolNamed(name) ?? 'other', left, resetsAt: resetOf(row.resetTime)};
}

function lowestByName(models: readonly Model[]): Model[] {
  const lowest = new Map<string, Model>();
  for (const model of models) {
    const known = lowest.get(model.name);
    if (known === undefined || rank(model.left) < rank(known.left)) lowest.set(model.name, model);
  }
  return [...lowest.values()];
}

// A number says more than its absence.
const rank = (left: Left): number => (typeof left === 'number' ? left : 2);

// More models than any menu has; all of them count, not all are named.
const mostModels = 64;

function readingOf(models: readonly Model[], now: number): Reading {
  const pools = [...new Set(models.map(({pool}) => pool))];
  const windows = pools.map(pool =>
    poolWindow(
      pool,
      models.filter(model => model.pool === pool),
      now,
    ),
  );
  return {plan: null, windows: windows.flat(), amounts: [], notes: models.slice(0, mostModels).map(noteOf)};
}

/** The pool stands where the model stands that has least left. */
function poolWindow(pool: string, models: readonly Model[], now: number): Window[] {
  const [tightest] = [...models].sort((a, b) => rank(a.left) - rank(b.left));
  if (tightest === undefined) return [];
  const {left, resetsAt} = tightest;
  const window = windowOf({id: `${pool}/5h`, pool, windowMs: sessionMs, left, resetsAt}, now);
  const shares = models
    .slice(0, mostModels)
    .flatMap(({name, left}) =>
      typeof left === 'number' ? [{name, value: usedPercentOf(left), unit: 'percent' as const}] : [],
    );
  return [shares.length > 0 ? {...window, shares} : window];
}

const noteOf = ({name, left}: Model): Note => ({
  code: 'model',
  text: name,
  ...(typeof left === 'number' ? {percent: usedPercentOf(left)} : {}),
});
