import type {Use, Window} from '../../core/model.ts';
import {
  firstOf,
  isRecord,
  type Json,
  listOf,
  recordOf,
  titleCase,
  toEpochMs,
  toNumber,
  toText,
} from '../shared/values.ts';
import {day, hour, minute, pooledId, slug, week, windowIdOf} from '../shared/windows.ts';

const resetNames = ['resetTime', 'resetAt', 'reset_time', 'reset_at'];
const unitMs: Record<string, number> = {minute, hour, day, week};
const unknown: Use = {state: 'unknown', why: 'the service reported no usage'};

/** The limits of a response, one per length. The service tells some twice: the higher use counts. */
export function windowsOf(body: Json, now: number): Window[] {
  const all = [...listOf(body.limits).flatMap(fromRow), ...weeklyOf(body.usage), ...poolsOf(body.usages)];
  const byId = new Map<string, Window>();
  for (const window of all) {
    const other = byId.get(window.id);
    byId.set(window.id, other === undefined ? window : chosen(other, window, now));
  }
  return [...byId.values()];
}

/** A source whose reset is past says nothing beside one whose reset is ahead; else the higher use, the first if equal. */
function chosen(a: Window, b: Window, now: number): Window {
  if (isPast(a, now) !== isPast(b, now) && a.resetsAt !== null && b.resetsAt !== null) return isPast(a, now) ? b : a;
  const [winner, other] = percentOf(b) > percentOf(a) ? [b, a] : [a, b];
  return {...winner, resetsAt: winner.resetsAt ?? other.resetsAt};
}

const isPast = ({resetsAt}: Window, now: number): boolean => resetsAt !== null && resetsAt <= now;
const percentOf = ({use}: Window): number => (use.state === 'known' ? use.usedPercent : -1);
const resetOf = (record: Json): number | null =>
  firstOf(record, resetNames, value => toEpochMs(value) ?? undefined) ?? null;

function fromRow(row: unknown): Window[] {
  const {window, detail} = recordOf(row);
  const {duration, timeUnit} = recordOf(window);
  const count = toNumber(duration);
  const unit = toText(timeUnit)
    ?.toLowerCase()
    .replace(/^time_unit_/, '');
  if (!isRecord(detail) || count === undefined || count <= 0 || unit === undefined) return [];
  const windowMs = unitMs[unit] === undefined ? null : count * unitMs[unit];
  const id = windowMs === null ? slug(`${count}-${unit}`) : windowIdOf(windowMs);
  return id === undefined ? [] : counted(id, windowMs, detail);
}

/** No length is told here: it is the week's limit. */
const weeklyOf = (usage: unknown): Window[] => (isRecord(usage) ? counted('weekly', week, usage) : []);

/** A limit of 0, or none, says nothing: 0 of 0 is not 0 %. */
function counted(id: string, windowMs: number | null, detail: Json): Window[] {
  const limit = toNumber(detail.limit);
  if (limit === undefined || limit <= 0) return [];
  const unit = limit === 100 ? 'percent' : 'requests';
  return [{id, pool: null, windowMs, resetsAt: resetOf(detail), use: usageOf(detail, limit), unit}];
}

/** A missing number is unknown, never 0 %. */
function usageOf(detail: Json, limit: number): Use {
  const remaining = toNumber(detail.remaining);
  const used = toNumber(detail.used) ?? (remaining === undefined ? undefined : limit - remaining);
  if (used === undefined || used < 0) return unknown;
  return {state: 'known', usedPercent: (used / limit) * 100, used, limit};
}

const pools = [
  {name: 'limit_5h', length: '5h', windowMs: 5 * hour, pool: null},
  {name: 'limit_7d', length: 'weekly', windowMs: week, pool: null},
  {name: 'limit_month_total', length: 'monthly', windowMs: 30 * day, pool: null},
  {name: 'limit_month_code', length: 'monthly', windowMs: 30 * day, pool: 'code'},
];

function poolsOf(usages: unknown): Window[] {
  return pools.flatMap(({name, length, windowMs, pool}) => {
    const told = recordOf(usages)[name];
    if (!isRecord(told)) return [];
    const ratio = toNumber(told.used_ratio);
    // Always a share of 1: 1.2 is 120 %, over the limit.
    const use: Use =
      ratio === undefined || ratio < 0 ? unknown : {state: 'known', usedPercent: Number((ratio * 100).toFixed(9))};
    return [{id: pooledId(pool, length), pool, windowMs, resetsAt: resetOf(told), use, unit: 'percent' as const}];
  });
}

const plans: Record<string, string> = {
  LEVEL_STANDARD: 'Moderato',
  LEVEL_INTERMEDIATE: 'Allegretto',
  LEVEL_ADVANCED: 'Allegro',
  LEVEL_PREMIUM: 'Vivace',
};

/** The plan's name; the level's own word where the name is not certain. */
export function planOf(user: unknown): string | null {
  const level = toText(recordOf(recordOf(user).membership).level);
  if (level === undefined) return null;
  return plans[level] ?? titleCase(level.replace(/^LEVEL_/, '').toLowerCase());
}
