import type {Note, Reading} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {firstOf, isRecord, type Json, listOf, recordOf, titleCase, toText} from '../shared/values.ts';
import {type Around, codesOf, isAccepted, limitsHolder, noPlanVisible, refusalOf, unknownRefusal} from './errors.ts';
import {kindOf, type Row, windowsOf} from './rows.ts';

/**
 * The reading in an answer of `quota/limit` (docs/providers/zhipu.md#what-is-shown). Throws `ProviderError`: the failure
 * that the body's code means, `no_plan` for a success without data, `bad_response` for what no rule reads.
 */
export function parseQuota(body: unknown, now: number, around: Around = {}): Reading {
  const {limits, facts} = quotaOf(body, around);
  const rows = limits.filter(isRecord);
  if (limits.length > 0 && rows.length === 0) throw unexpectedShape('its limits are not objects', body);
  const known = rows.flatMap(toRow);
  const plan = planOf(facts);
  return {plan, windows: windowsOf(known, now), amounts: [], notes: notesOf(plan, limits, known)};
}

type Quota = {limits: unknown[]; facts: Json};

function quotaOf(body: unknown, around: Around): Quota {
  if (!isRecord(body)) throw unexpectedShape('it is not an object', body);
  const refusal = refusalOf(body, around);
  if (refusal !== undefined) throw refusal;
  if (!isAccepted(body))
    throw isRefused(body) ? unknownRefusal(body) : unexpectedShape('its envelope is unknown', body);
  const holder = limitsHolder(body);
  const facts = {...body, ...recordOf(body.data)};
  return {limits: holder === undefined ? noLimits(body, around) : listOf(holder.limits), facts};
}

const isRefused = (body: Json): boolean =>
  body.success === false || codesOf(body).some(code => code !== 200 && code !== 0);

/** A success without limits: no data means that the key sees no plan, `limits: null` that there are none to tell. */
function noLimits(body: Json, around: Around): [] {
  if (isEmpty(body.data) && body.limits == null) throw noPlanVisible(around);
  if (recordOf(body.data).limits === null) return [];
  throw unexpectedShape('its limits are missing', body);
}

const isEmpty = (data: unknown): boolean =>
  data == null || (Array.isArray(data) ? data.length === 0 : isRecord(data) && Object.keys(data).length === 0);

function toRow(row: Json): Row[] {
  const kind = kindOf(row);
  return kind === undefined ? [] : [{kind, row}];
}

const planNames = ['planName', 'plan', 'plan_type', 'packageName', 'level'];

/** 'Pro' from 'pro'; 'GLM Coding Pro' stays as it is. */
function planOf(facts: Json): string | null {
  const name = firstOf(facts, planNames, toLabel);
  return name === undefined ? null : titleCase(name).replace(/^Glm\b/, 'GLM') || null;
}

const toLabel = (value: unknown): string | undefined => toText(sanitize(toText(value) ?? '', 40));

function notesOf(plan: string | null, limits: readonly unknown[], known: readonly Row[]): Note[] {
  // A plan without limits: a team's key, whose usage the service shows to signed-in people alone.
  const hidden: Note[] = limits.length === 0 && plan !== null ? [{code: 'no-usage-visible'}] : [];
  const skipped: Note[] =
    known.length < limits.length ? [{code: 'skipped-rows', text: sanitize(strangersOf(limits).join(', '), 120)}] : [];
  return [...hidden, ...skipped];
}

const strangersOf = (limits: readonly unknown[]): string[] => {
  const strangers = limits.filter(limit => !isRecord(limit) || kindOf(limit) === undefined).map(recordOf);
  return [...new Set(strangers.map(row => toLabel(row.type) ?? toLabel(row.name) ?? '?'))];
};
