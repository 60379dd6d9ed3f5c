import type {Window} from '../../core/model.ts';
import {
  difference,
  firstOf,
  isRecord,
  type Json,
  listOf,
  recordOf,
  tidy,
  toEpochMs,
  toNumber,
  toText,
} from '../shared/values.ts';
import {day, hour, minute, pooledId, possibleReset, slug, week, windowIdOf} from '../shared/windows.ts';
import {percentOf, usageOf} from './usage.ts';

const resetNames = ['resetTime', 'resetAt', 'reset_time', 'reset_at'];
const secondsNames = ['reset_in', 'resetIn', 'ttl'];
const unitMs = new Map([
  ['minute', minute],
  ['hour', hour],
  ['day', day],
  ['week', week],
]);

/** The limits of a response, one per length. The service tells some twice: the higher use counts. */
export function windowsOf(body: Json, now: number): Window[] {
  const rows = listOf(body.limits).flatMap(row => fromRow(row, now));
  const all = [...rows, ...weeklyOf(body.usage, now), ...poolsOf(body.usages, now)];
  const byId = new Map<string, Window>();
  for (const window of all) {
    const other = byId.get(window.id);
    byId.set(window.id, other === undefined ? window : chosen(other, window, now));
  }
  return [...byId.values()];
}

/** A source whose reset is past says nothing beside one whose reset is not; else the higher use, the first if equal. */
function chosen(a: Window, b: Window, now: number): Window {
  if (isPast(a, now) !== isPast(b, now)) return isPast(a, now) ? b : a;
  const [winner, other] = usedOf(b) > usedOf(a) ? [b, a] : [a, b];
  return {...winner, resetsAt: winner.resetsAt ?? other.resetsAt};
}

const isPast = ({resetsAt}: Window, now: number): boolean => resetsAt !== null && resetsAt <= now;
const usedOf = ({use}: Window): number => (use.state === 'known' ? use.usedPercent : -1);

function resetOf(record: Json, now: number): number | null {
  const at = firstOf(record, resetNames, value => toEpochMs(value) ?? undefined);
  const seconds = firstOf(record, secondsNames, toNumber);
  return at ?? (seconds !== undefined && seconds > 0 ? toEpochMs(now + seconds * 1000) : null);
}

function fromRow(row: unknown, now: number): Window[] {
  const length = lengthOf(row);
  const {detail} = recordOf(row);
  return length === undefined || !isRecord(detail) ? [] : counted(length, detail, now);
}

/** Rows of which nothing can be told. */
export const unreadableRows = (body: Json): number =>
  listOf(body.limits).filter(row => lengthOf(row) === undefined || !isRecord(recordOf(row).detail)).length;

type Length = {id: string; windowMs: number | null};

/** A unit that nobody knows gives a name and no length. */
function lengthOf(row: unknown): Length | undefined {
  const {duration, timeUnit} = recordOf(recordOf(row).window);
  const count = toNumber(duration);
  const unit = toText(timeUnit)
    ?.toLowerCase()
    .replace(/^time_unit_/, '');
  if (count === undefined || count <= 0 || unit === undefined) return undefined;
  const ms = unitMs.get(unit);
  if (ms === undefined) return {id: slug(`${count}-${unit}`), windowMs: null};
  const id = windowIdOf(count * ms);
  return id === undefined ? undefined : {id, windowMs: count * ms};
}

/** No length is told here: it is the week's limit. */
const weeklyOf = (usage: unknown, now: number): Window[] =>
  isRecord(usage) ? counted({id: 'weekly', windowMs: week}, usage, now) : [];

/** A limit of 0, or none, says nothing: 0 of 0 is not 0 %. */
function counted({id, windowMs}: Length, detail: Json, now: number): Window[] {
  const limit = toNumber(detail.limit);
  if (limit === undefined || limit <= 0) return [];
  const remaining = toNumber(detail.remaining);
  const used = toNumber(detail.used) ?? difference(limit, remaining);
  const unit = limit === 100 ? 'percent' : 'requests';
  const counts = used === undefined || unit === 'percent' ? null : {used, limit};
  const use = usageOf(used === undefined ? undefined : percentOf(used, limit), counts);
  return [{id, pool: null, windowMs, resetsAt: possibleReset(resetOf(detail, now), windowMs, now), use, unit}];
}

// Always a share of 1: 1.2 is 120 %, over the limit.
const percentOfRatio = (ratio: number): number => tidy(ratio * 100);

const pools = [
  {name: 'limit_5h', length: '5h', windowMs: 5 * hour, pool: null},
  {name: 'limit_7d', length: 'weekly', windowMs: week, pool: null},
  {name: 'limit_month_total', length: 'monthly', windowMs: 30 * day, pool: null},
  {name: 'limit_month_code', length: 'monthly', windowMs: 30 * day, pool: 'code'},
];

function poolsOf(usages: unknown, now: number): Window[] {
  return pools.flatMap(({name, length, windowMs, pool}) => {
    const told = recordOf(usages)[name];
    if (!isRecord(told)) return [];
    const ratio = toNumber(told.used_ratio);
    const use = usageOf(ratio === undefined ? undefined : percentOfRatio(ratio));
    const resetsAt = possibleReset(resetOf(told, now), windowMs, now);
    return [{id: pooledId(pool, length), pool, windowMs, resetsAt, use, unit: 'percent' as const}];
  });
}
