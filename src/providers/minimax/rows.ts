import type {Window} from '../../core/model.ts';
import {type Json, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {day, hour, pooledId, possibleReset, slug, week, windowIdOf} from '../shared/windows.ts';
import {countsOf, type Figures, usageOf} from './figures.ts';

const unlimitedStatus = 3;

/** The windows of one row: the running interval and the week. */
export function windowsOf(row: Json, now: number): Window[] {
  const interval = figuresOf(row, 'current_interval');
  const weekly = figuresOf(row, 'current_weekly');
  // What has no limit in either window and allows nothing is not in the plan.
  if ([interval, weekly].every(({status, total = 0}) => status === unlimitedStatus && total === 0)) return [];
  const pool = poolOf(row.model_name);
  return [...intervalOf(row, pool, interval, now), ...weekOf(row, pool, weekly, now)];
}

function figuresOf(row: Json, prefix: string): Figures {
  const read = (name: string) => toNumber(row[`${prefix}_${name}`]);
  return {
    total: read('total_count'),
    count: read('usage_count'),
    percentLeft: read('remaining_percent'),
    status: read('status'),
  };
}

const ofText = /^(?:general$|(?:minimax[- ]?)?m[*\d]|coding-plan)/i;

/** Null for text and code, which most people mean by the plan. */
function poolOf(name: unknown): string | null {
  if (name === undefined || name === null || name === '') return null;
  const text = toText(name) ?? 'other';
  return ofText.test(text) ? null : slug(text);
}

/** Blocks of the site's day. The last one for text is shorter than five hours, and still called so. */
function intervalOf(row: Json, pool: string | null, figures: Figures, now: number): Window[] {
  if (!Object.keys(row).some(name => /^(?:current_interval_|end_time$)/.test(name))) return [];
  const length = lengthOf(row.start_time, row.end_time);
  const windowMs = length ?? (pool === null ? 5 * hour : day);
  const isBlock = pool === null && windowMs <= 6 * hour;
  const id = isBlock ? '5h' : (windowIdOf(windowMs) ?? '1d');
  const resetsAt = possibleReset(resetOf(row.end_time, row.remains_time, now), windowMs, now);
  return [windowFrom(id, windowMs, pool, figures, resetsAt)];
}

function weekOf(row: Json, pool: string | null, figures: Figures, now: number): Window[] {
  const {percentLeft, status, total = 0} = figures;
  const isTold = percentLeft !== undefined || status === unlimitedStatus || status === 2 || total > 0;
  if (!isTold) return [];
  const windowMs = lengthOf(row.weekly_start_time, row.weekly_end_time) ?? week;
  const resetsAt = possibleReset(resetOf(row.weekly_end_time, row.weekly_remains_time, now), windowMs, now);
  return [windowFrom('weekly', windowMs, pool, figures, resetsAt)];
}

function windowFrom(
  length: string,
  windowMs: number,
  pool: string | null,
  figures: Figures,
  resetsAt: number | null,
): Window {
  const counts = countsOf(figures);
  const unit = counts === null ? 'percent' : 'requests';
  return {id: pooledId(pool, length), pool, windowMs, resetsAt, use: usageOf(figures, counts), unit};
}

function lengthOf(start: unknown, end: unknown): number | undefined {
  const [from, to] = [toEpochMs(start), toEpochMs(end)];
  return from === null || to === null || windowIdOf(to - from) === undefined ? undefined : to - from;
}

/** The end, unless it is past; then what is left, in milliseconds from now. */
function resetOf(end: unknown, left: unknown, now: number): number | null {
  const at = toEpochMs(end);
  if (at !== null && at > now) return at;
  const ms = toNumber(left);
  return ms === undefined || ms <= 0 ? null : toEpochMs(now + ms);
}
