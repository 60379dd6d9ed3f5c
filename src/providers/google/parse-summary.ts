import type {Note, Reading} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {pooledId, slug, windowByReset} from '../shared/windows.ts';
import {type Bucket, bucketsOf, leftInBucket, nameOf, unwrapped} from './buckets.ts';
import {byTightness, type Limit, poolNamed, resetIn, windowOf} from './limits.ts';
import {isHidden, isImage, type Model, modelNotes, poolLimits} from './models.ts';

type Row = {
  limit: Limit;
  /** The same for rows of a pool that are told as one. */
  identity: string;
  /** True for a pool that is known. */
  isNamed: boolean;
  /** False where only the reset tells how long the limit is. */
  hasLength: boolean;
};

// More rows than any plan has: what lies beyond was not meant for people.
const mostRows = 64;

/**
 * The pools' windows from `retrieveUserQuotaSummary`, in whatever envelope. Null when the body is not a summary, so that
 * an older method has to be asked; an empty summary is an answer. Throws `ProviderError` when none of its rows can be read.
 */
export function parseSummary(body: unknown, now: number): Reading | null {
  const summary = unwrapped(body);
  if (summary === null) return null;
  const told = bucketsOf(summary);
  const buckets = told.filter(bucket => bucket !== null);
  if (told.length > 0 && buckets.length === 0) throw unexpectedShape('no row of its quota summary can be read', body);
  const named = new Set(buckets.filter(namesModel).map(({group}) => group));
  const {models = [], limits = []} = Object.groupBy(buckets, each => (isModel(each, named) ? 'models' : 'limits'));
  const rows = limits.flatMap(bucket => rowOf(bucket, now));
  const {windows, notes} = windowsOf(
    rows.slice(0, mostRows),
    models.flatMap(each => modelOf(each, now)),
    now,
  );
  const isWhole = buckets.length === told.length && rows.length <= mostRows;
  const skipped: Note[] = isWhole ? [] : [{code: 'skipped-rows'}];
  return {plan: null, windows, amounts: [], notes: [...notes, ...skipped]};
}

function windowsOf(rows: readonly Row[], models: readonly Model[], now: number): Pick<Reading, 'windows' | 'notes'> {
  const pooled = poolLimits(models, now).map((limit): Row => ({limit, identity: '', isNamed: true, hasLength: true}));
  const limits = withIds(oncePerLimit([...rows, ...pooled]));
  return {windows: limits.map(limit => windowOf(limit, now)), notes: modelNotes(models)};
}

const pools: Readonly<Record<string, string>> = {gemini: 'gemini', '3p': 'claude-gpt', other: 'claude-gpt'};
const knownPool = (name: string): string | undefined => (Object.hasOwn(pools, name) ? pools[name] : undefined);

/** Some accounts get a row per model, which stands for the tighter of its pool's limits and does not say for which. */
const isModel = (bucket: Bucket, groupsOfModels: ReadonlySet<unknown>): boolean =>
  namesModel(bucket) || (mayBeModel(bucket) && groupsOfModels.has(bucket.group));

const namesModel = (bucket: Bucket): boolean =>
  mayBeModel(bucket) && poolNamed(`${bucket.id ?? ''} ${bucket.title ?? ''}`) !== undefined;

/** 'gemini-image' is a limit of its own, 'gemini-3-pro-image' a model. */
function mayBeModel({id, title, window, length}: Bucket): boolean {
  const name = (id ?? title ?? '').toLowerCase();
  const isLimit = name === '' || knownPool(name) !== undefined || (isImage(name) && !/\d/.test(name));
  return length === undefined && window === undefined && !isLimit;
}

function modelOf(bucket: Bucket, now: number): Model[] {
  const {id, title, record} = bucket;
  const name = sanitize(title ?? id ?? '');
  const left = leftInBucket(bucket);
  if (left === 'off' || [id ?? '', name].some(each => isHidden(each) || isImage(each))) return [];
  return [{name, pool: poolNamed(`${id ?? ''} ${name}`) ?? 'other', left, resetsAt: resetIn(record, now)}];
}

const lengthSuffix =
  /(?:^|[-_ ])(?:weekly|week|daily|monthly|session|five[-_ ]?hours?|\d+[-_ ]?(?:hours?|h|days?|d))$/i;

/** The id decides about the pool: a stranger ('gemini-image-5h') stays on its own, whatever its group is called. */
function rowOf(bucket: Bucket, now: number): Row[] {
  const {id, title, record, length: told} = bucket;
  if (told?.ms === 0) return [];
  const group = nameOf(bucket.group) ?? '';
  const prefix = id?.replace(lengthSuffix, '').toLowerCase() ?? '';
  const known = knownPool(prefix);
  const pool = known ?? (prefix === '' ? (poolNamed(group) ?? slug(group)) : slug(prefix));
  const resetsAt = resetIn(record, now);
  const length = told ?? lengthUntold(bucket, pool, resetsAt, now);
  const limit = {id: pooledId(pool, length.id), pool, windowMs: length.ms, resetsAt, left: leftInBucket(bucket)};
  const isNamed = known !== undefined;
  const identity = isNamed ? '' : (id ?? title ?? group).toLowerCase();
  return [{limit, identity, isNamed, hasLength: told !== undefined}];
}

/** A length that has no meaning here names the row; where there is none the reset does, else the row's title. */
function lengthUntold({window, title}: Bucket, pool: string, resetsAt: number | null, now: number) {
  const byReset = window === undefined ? windowByReset(resetsAt, now) : null;
  if (byReset !== null) return {id: byReset.id, ms: byReset.windowMs};
  const name = slug(window ?? title ?? 'limit');
  return {id: name === pool ? 'limit' : name, ms: null};
}

/** A limit that is told several times is one limit, and stands where the tightest of the rows says. */
function oncePerLimit(rows: readonly Row[]): Row[] {
  const perBucket = tightestBy(rows, ({limit, identity, hasLength}) => [hasLength ? limit.id : limit.pool, identity]);
  return tightestBy(perBucket, ({limit, identity}) => [limit.id, identity]);
}

function tightestBy(rows: readonly Row[], keyOf: (row: Row) => unknown): Row[] {
  const groups = Map.groupBy(rows, row => JSON.stringify(keyOf(row)));
  return [...groups.values()].flatMap(same => same.sort((a, b) => byTightness(a.limit, b.limit)).slice(0, 1));
}

/** Known buckets have the plain ids; a stranger that would share one gets a number. */
function withIds(rows: readonly Row[]): Limit[] {
  const ids = new Map<Row, string>();
  const taken = new Set<string>();
  for (const row of [...rows.filter(({isNamed}) => isNamed), ...rows.filter(({isNamed}) => !isNamed)]) {
    const {id} = row.limit;
    let free = id;
    for (let count = 2; taken.has(free); count++) free = `${id}-${count}`;
    taken.add(free);
    ids.set(row, free);
  }
  return rows.map(row => ({...row.limit, id: ids.get(row) ?? row.limit.id}));
}
