import type {Window} from '../../core/model.ts';
import {isRecord, type Json, listOf, recordOf, toNumber, toText} from '../shared/values.ts';
import {accountReset} from './resets.ts';
import {countedUse, isPlaceholder, monthly, poolOf, type Snapshot, toFlag, toSnapshot, toWindow} from './snapshots.ts';
import {isSpent} from './spent.ts';

/** A window and the bucket that it was read from; null for a counter of the Free plan's older form. */
export type Bucket = {window: Window; snapshot: Snapshot | null};

// Three are usual; a body of thousands is not an answer that anybody could read.
const mostBuckets = 32;

/** Everything that the answer holds under `quota_snapshots`, placeholders too. */
export function snapshotsOf(body: Json): Snapshot[] {
  const inCredits = toFlag(body.token_based_billing) ?? false;
  const found = namedSnapshots(body.quota_snapshots).map(([name, value]) => toSnapshot(name, value, inCredits));
  return found.sort((a, b) => rank(a.pool) - rank(b.pool)).slice(0, mostBuckets);
}

/** By name, or as a list whose items name themselves. */
function namedSnapshots(value: unknown): [string, Json][] {
  const named = isRecord(value)
    ? Object.entries(value)
    : listOf(value).map(item => [toText(recordOf(item).quota_id) ?? '', item] as const);
  return named.flatMap(([name, item]): [string, Json][] => (isRecord(item) ? [[name, item]] : []));
}

const order = ['premium', 'chat', 'completions'];
const rank = (pool: string): number => (order.includes(pool) ? order.indexOf(pool) : order.length);

/** What is shown: every bucket that says something and, for each category without one, its older counter. */
export function bucketsOf(body: Json, snapshots: readonly Snapshot[], isManaged: boolean, now: number): Bucket[] {
  const resetsAt = accountReset(body, now);
  const shown = snapshots.filter(snapshot => !isPlaceholder(snapshot) || isSpent(snapshot, isManaged));
  const buckets = shown.map(snapshot => ({
    snapshot,
    window: toWindow(snapshot, isSpent(snapshot, isManaged), resetsAt, now),
  }));
  return distinct(withCounters(buckets, countersOf(body, resetsAt)));
}

/** A bucket that says how much is used wins over the counter of its category, and even a silent one over no counter. */
function withCounters(buckets: readonly Bucket[], counters: readonly Window[]): Bucket[] {
  const better = (bucket: Bucket): Window | undefined =>
    bucket.window.use.state === 'unknown'
      ? counters.find(({id, use}) => id === bucket.window.id && use.state === 'known')
      : undefined;
  const filled = buckets.map(bucket => {
    const window = better(bucket);
    return window === undefined ? bucket : {window, snapshot: null};
  });
  const missing = counters.filter(({id}) => !buckets.some(({window}) => window.id === id));
  const all = [...filled, ...missing.map(window => ({window, snapshot: null}))];
  return all.sort((a, b) => rank(a.window.pool ?? '') - rank(b.window.pool ?? ''));
}

/** The older form of the Free plan: what is left stands apart from the limits. */
function countersOf(body: Json, resetsAt: number | null): Window[] {
  const limits = recordOf(body.monthly_quotas);
  const left = recordOf(body.limited_user_quotas);
  const names = [...new Set([...Object.keys(limits), ...Object.keys(left)])].slice(0, mostBuckets);
  const windows = names
    .filter(name => toNumber(limits[name]) !== 0)
    .map(name => monthly(poolOf(name), countedUse(toNumber(limits[name]), toNumber(left[name])), 'requests', resetsAt));
  return windows.filter(({id}, index) => windows.findIndex(window => window.id === id) === index);
}

/** Two buckets whose names come down to the same word both stay: 'premium', 'premium-2'. */
function distinct(buckets: readonly Bucket[]): Bucket[] {
  const taken = new Set<string>();
  return buckets.map(bucket => {
    const own = bucket.window.pool ?? '';
    let pool = own;
    for (let count = 2; taken.has(pool); count++) pool = `${own}-${count}`;
    taken.add(pool);
    return {...bucket, window: {...bucket.window, id: `${pool}/monthly`, pool}};
  });
}
