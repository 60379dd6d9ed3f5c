import type {Amount, Note, Reading, Window} from '../../core/model.ts';
import {clean} from '../../core/text.ts';
import {drifted} from '../shared/http.ts';
import {isRecord, type Json, listOf, recordOf, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {planLabel} from './plans.ts';
import {
  countedUse,
  isPlaceholder,
  isSpentPool,
  limitNotes,
  monthly,
  overageOf,
  poolOf,
  type Snapshot,
  toFlag,
  toSnapshot,
  toWindow,
} from './snapshots.ts';

type Bucket = {snapshot: Snapshot; window: Window};

/**
 * The answer of `/copilot_internal/user` (docs/providers/copilot.md#the-live-counter).
 * Throws `ProviderError('bad_response')` when it holds nothing that says how much is used.
 */
export function parseInternal(body: unknown): Reading {
  if (!isRecord(body)) throw drifted('not an object', body);
  const snapshots = snapshotsOf(body);
  const resetsAt = resetOf(body);
  const buckets = distinct(snapshots.filter(snapshot => !isPlaceholder(snapshot))).map(snapshot => ({
    snapshot,
    window: toWindow(snapshot, resetsAt),
  }));
  const windows = withFreeQuotas(buckets, body, resetsAt);
  const amounts = [...usedOf(snapshots), ...overageOf(barsOf(buckets))];
  const isManaged = windows.length === 0 && paidInCredits(body, snapshots);
  if (windows.length === 0 && amounts.length === 0 && !isManaged) throw drifted('no usable quota in the answer', body);
  return {plan: planOf(body), windows, amounts, notes: notesOf(body, buckets, isManaged)};
}

/** The GitHub login that an answer is about; undefined when it does not say. */
export const loginIn = (body: unknown): string | undefined => toText(clean(toText(recordOf(body).login) ?? ''));

const planOf = (body: Json): string | null =>
  toText(clean(planLabel(body.copilot_plan, body.access_type_sku) ?? '')) ?? null;

function snapshotsOf(body: Json): Snapshot[] {
  const inCredits = toFlag(body.token_based_billing) ?? false;
  const found = namedSnapshots(body.quota_snapshots).map(([name, value]) => toSnapshot(name, value, inCredits));
  return found.sort((a, b) => rank(a.pool) - rank(b.pool)).slice(0, mostBuckets);
}

// Three are usual; a body of thousands is not an answer that anybody could read.
const mostBuckets = 32;

/** By name, or as a list whose items name themselves. */
function namedSnapshots(value: unknown): [string, Json][] {
  const named = isRecord(value)
    ? Object.entries(value)
    : listOf(value).map(item => [toText(recordOf(item).quota_id) ?? '', item] as const);
  return named.flatMap(([name, item]): [string, Json][] => (isRecord(item) ? [[name, item]] : []));
}

const order = ['premium', 'chat', 'completions'];
const rank = (pool: string): number => (order.includes(pool) ? order.indexOf(pool) : order.length);

/** Two buckets whose names come down to the same word both stay: 'premium', 'premium-2'. */
function distinct(snapshots: readonly Snapshot[]): Snapshot[] {
  const taken = new Set<string>();
  return snapshots.map(snapshot => {
    let pool = snapshot.pool;
    for (let count = 2; taken.has(pool); count++) pool = `${snapshot.pool}-${count}`;
    taken.add(pool);
    return {...snapshot, pool};
  });
}

const resetOf = (body: Json): number | null =>
  toEpochMs(body.quota_reset_date_utc) ?? toEpochMs(body.quota_reset_date) ?? toEpochMs(body.limited_user_reset_date);

const isBar = ({use}: Window): boolean => use.state === 'known';
const barsOf = (buckets: readonly Bucket[]): Snapshot[] =>
  buckets.filter(({window}) => isBar(window)).map(({snapshot}) => snapshot);

/** The older form of the Free plan: what is left stands apart from the limits. Only asked when no bucket gave a bar. */
function withFreeQuotas(buckets: readonly Bucket[], body: Json, resetsAt: number | null): Window[] {
  const windows = buckets.map(({window}) => window);
  if (windows.some(isBar)) return windows;
  const free = freeQuotas(body, resetsAt);
  const told = windows.filter(
    window => window.use.state !== 'unknown' || !free.some(({id, use}) => id === window.id && use.state === 'known'),
  );
  return [...told, ...free.filter(({id}) => !told.some(window => window.id === id))];
}

function freeQuotas(body: Json, resetsAt: number | null): Window[] {
  const limits = recordOf(body.monthly_quotas);
  const left = recordOf(body.limited_user_quotas);
  const names = [...new Set([...Object.keys(limits), ...Object.keys(left)])].slice(0, mostBuckets);
  const windows = names
    .filter(name => toNumber(limits[name]) !== 0)
    .map(name => monthly(poolOf(name), countedUse(toNumber(limits[name]), toNumber(left[name])), 'requests', resetsAt));
  return windows.filter(({id}, index) => windows.findIndex(window => window.id === id) === index);
}

/** What a seat without an allotment or a limit of its own has used; every bucket may repeat the figure, so it is not summed. */
function usedOf(snapshots: readonly Snapshot[]): Amount[] {
  const value = snapshots
    .filter(each => isPlaceholder(each) || each.unlimited)
    .reduce((most, {creditsUsed}) => Math.max(most, creditsUsed), 0);
  return value > 0 ? [{id: 'used', value, unit: 'credits'}] : [];
}

const paidInCredits = (body: Json, snapshots: readonly Snapshot[]): boolean =>
  toFlag(body.token_based_billing) === true || snapshots.some(({inCredits}) => inCredits);

const isSeatPlan = (body: Json): boolean =>
  [body.copilot_plan, body.access_type_sku].some(word => /business|enterprise/i.test(toText(word) ?? ''));

function notesOf(body: Json, buckets: readonly Bucket[], isManaged: boolean): Note[] {
  const spent = buckets.filter(({snapshot}) => isSpentPool(snapshot));
  const isPooled = isSeatPlan(body) && !buckets.some(({window}) => isBar(window));
  return [
    ...buckets.flatMap(({snapshot, window}) => limitNotes(snapshot, window.use, isSeatPlan(body))),
    ...spent.map(({snapshot}): Note => ({code: 'pool-exhausted', text: snapshot.pool})),
    ...(isManaged || isPooled ? [managedNote(body)] : []),
  ];
}

function managedNote(body: Json): Note {
  const names = listOf(body.organization_login_list).map(toText).filter(Boolean).join(', ');
  const text = clean(names);
  return {code: 'managed-by-organisation', ...(text === '' ? {} : {text})};
}
