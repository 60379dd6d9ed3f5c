import type {Share, Unit, Use, Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isRecord, type Json, listOf, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {pooledId, possibleReset} from '../shared/windows.ts';
import {isUntold, type Length, lengthByReset, lengthOf, lengthOfTools} from './lengths.ts';

/** The kinds of limits that are known; rows of other kinds are left out, with a note. */
export type Kind = 'CREDIT_LIMIT' | 'TOKENS_LIMIT' | 'TIME_LIMIT';
export type Row = {kind: Kind; row: Json};

const unitOfKind: Record<Kind, Unit> = {CREDIT_LIMIT: 'credits', TOKENS_LIMIT: 'tokens', TIME_LIMIT: 'calls'};

/** The kind stands in `type`, in a few answers in `name`; undefined for a stranger. */
export function kindOf(row: Json): Kind | undefined {
  const names = [row.type, row.name].map(name => toText(name)?.toUpperCase());
  return names.find((name): name is Kind => name !== undefined && Object.hasOwn(unitOfKind, name));
}

/**
 * Every limit once, shortest first: the plan's own, then token limits beside credits, then tool calls. A limit that is
 * switched off is none.
 */
export function windowsOf(rows: readonly Row[], now: number): Window[] {
  const byKindAndId = new Map<string, {kind: Kind; window: Window}>();
  for (const {kind, row} of rows) {
    const length = periodOf({kind, row}, rows, now);
    if (length === null) continue;
    const window = toWindow(kind, row, length, now);
    const name = `${kind} ${window.id}`;
    const known = byKindAndId.get(name);
    // The same limit told twice is one limit. The tighter figure is kept: it is the one that can stop the user.
    if (known === undefined || rank(window.use) > rank(known.window.use)) byKindAndId.set(name, {kind, window});
  }
  return [...byKindAndId.values()].map(apart(byKindAndId)).sort(inOrder);
}

function periodOf({kind, row}: Row, rows: readonly Row[], now: number): Length | null {
  if (!isUntold(row.unit)) return lengthOf(row);
  if (kind === 'TIME_LIMIT') return lengthOfTools(row);
  const others = rows.filter(other => other.kind === kind && other.row !== row && isUntold(other.row.unit));
  return lengthByReset(
    row,
    others.map(other => other.row),
    now,
  );
}

/** While a plan moves from tokens to credits both may be told for one length: credits keep the plain name. */
const apart =
  (all: ReadonlyMap<string, unknown>) =>
  ({kind, window}: {kind: Kind; window: Window}): Window =>
    kind === 'TOKENS_LIMIT' && all.has(`CREDIT_LIMIT ${window.id}`)
      ? {...window, pool: 'tokens', id: pooledId('tokens', window.id)}
      : window;

function rank(use: Use): number {
  if (use.state === 'known') return use.usedPercent;
  return use.state === 'not-started' ? -1 : -2;
}

const pools = [null, 'tokens', 'mcp'];
const inOrder = (a: Window, b: Window): number =>
  pools.indexOf(a.pool) - pools.indexOf(b.pool) ||
  (a.windowMs ?? Number.MAX_VALUE) - (b.windowMs ?? Number.MAX_VALUE) ||
  a.id.localeCompare(b.id);

function toWindow(kind: Kind, row: Json, {id, windowMs}: Length, now: number): Window {
  const pool = kind === 'TIME_LIMIT' ? 'mcp' : null;
  const figures = figuresOf(row);
  const resetsAt = toEpochMs(row.nextResetTime);
  const isIdle = pool === null && id === '5h' && figures.percent === 0 && resetsAt === null;
  const unit = figures.used === undefined && figures.limit === undefined ? 'percent' : unitOfKind[kind];
  const shares = sharesOf(row, unitOfKind[kind]);
  return {
    id: pooledId(pool, id),
    pool,
    windowMs,
    resetsAt: possibleReset(resetsAt, windowMs, now),
    // The five hours begin with the first request: until then there is nothing to count down.
    use: isIdle ? {state: 'not-started'} : toUse(figures),
    unit,
    ...(shares.length === 0 ? {} : {shares}),
  };
}

/** What a row tells: `percent` used, absolute `used` and `limit`. What is missing here was not told. */
type Figures = {percent?: number | undefined; used?: number | undefined; limit?: number | undefined};

// `percentage` is floored, of tool calls also rounded up, so it may be a little off. Further apart, the counts mean
// something else.
const slackPercent = 2;

function figuresOf(row: Json): Figures {
  const percent = notNegative(row.percentage);
  const limit = notNegative(row.usage) || undefined;
  const used = notNegative(row.currentValue) ?? spentOf(limit, notNegative(row.remaining));
  const ratio = limit === undefined || used === undefined ? Number.NaN : (used * 100) / limit;
  if (!Number.isFinite(ratio)) return {percent, used, limit};
  if (percent !== undefined && Math.abs(ratio - percent) > slackPercent) return {percent};
  return {percent: ratio, used, limit};
}

function notNegative(value: unknown): number | undefined {
  const number = toNumber(value);
  return number !== undefined && number >= 0 ? number : undefined;
}

const spentOf = (limit: number | undefined, remaining: number | undefined): number | undefined =>
  limit !== undefined && remaining !== undefined && remaining <= limit ? limit - remaining : undefined;

function toUse({percent, used, limit}: Figures): Use {
  if (percent === undefined) return {state: 'unknown', why: 'no percentage or counts were reported'};
  return {
    state: 'known',
    usedPercent: percent,
    ...(used === undefined ? {} : {used}),
    ...(limit === undefined ? {} : {limit}),
  };
}

// More tools than this would be no list that anybody reads.
const mostShares = 32;

function sharesOf(row: Json, unit: Unit): Share[] {
  const shares = listOf(row.usageDetails)
    .filter(isRecord)
    .map(detail => ({name: sanitize(toText(detail.modelCode) ?? '', 40), value: notNegative(detail.usage), unit}));
  return shares.filter((share): share is Share => share.name !== '' && share.value !== undefined).slice(0, mostShares);
}
