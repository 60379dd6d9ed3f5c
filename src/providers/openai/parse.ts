import type {Amount, Note, Reading, Use, Window} from '../../core/model.ts';
import {clean} from '../../core/text.ts';
import {drifted} from '../shared/http.ts';
import {isRecord, type Json, recordOf, titleCase, toNumber, toText} from '../shared/values.ts';
import {hour, pooledId, slug, week, windowIdOf} from '../shared/windows.ts';
import {lengthOf, percentOf, resetOf} from './fields.ts';
import {codeReview, poolsOf} from './pools.ts';
import {isSpent, spendPool, spendWindows} from './spend.ts';

const known = [
  'plan_type',
  'rate_limit',
  'code_review_rate_limit',
  'additional_rate_limits',
  'credits',
  'spend_control',
  'individual_limit',
  'rate_limit_reached_type',
  'rate_limit_reset_credits',
];

/**
 * The reading in an answer of `wham/usage` (docs/providers/openai.md#what-is-shown). `now` is the moment of receipt, in
 * epoch ms. Throws `ProviderError` `bad_response` for a body in which nothing is recognised; a body that is understood
 * and has nothing to tell is an empty reading.
 */
export function parseUsage(body: unknown, now: number): Reading {
  if (!isRecord(body) || !known.some(key => Object.hasOwn(body, key))) throw drifted('it tells nothing of usage', body);
  const windows = [...rateWindows(body, now), ...spendWindows(body, now)];
  const amounts = amountsOf(body);
  const strange = isStrange(body.rate_limit);
  if (strange && windows.length === 0 && amounts.length === 0) throw drifted('its rate limit has a new form', body);
  const notes = [...notesOf(body), ...(strange ? [{code: 'skipped-rows'} as const] : [])];
  return {plan: planName(body.plan_type), windows, amounts, notes};
}

/** 'Plus' from 'plus'. The list of plans is open: a name that nobody knows is shown as it comes. */
export function planName(raw: unknown): string | null {
  const name = clean(toText(raw) ?? '', 40);
  const key = name.toLowerCase().replace(/[\s_-]+/g, '');
  // Two sizes of one plan; the service says only 'pro' for the greater.
  if (key === 'prolite') return 'Pro 5x';
  if (key === 'pro') return 'Pro 20x';
  return titleCase(name) || null;
}

const rateWindows = (body: Json, now: number): Window[] => [
  ...windowsOf(recordOf(body.rate_limit), null, now),
  ...poolsOf(body.additional_rate_limits).flatMap(pool => windowsOf(pool.limit, pool.name, now)),
  ...windowsOf(recordOf(body.code_review_rate_limit), codeReview, now),
];

const isWindowKey = (key: string): boolean => /_window$|^(?:primary|secondary)$/.test(key);

/** Windows of one pool, shortest first wherever they stood. Two of one length are one: the fuller one binds. */
function windowsOf(limit: Json, pool: string | null, now: number): Window[] {
  const byId = new Map<string, Window>();
  for (const [key, value] of Object.entries(limit)) {
    if (!isWindowKey(key) || !isRecord(value)) continue;
    const window = toWindow(key, value, pool, now);
    const other = byId.get(window.id);
    if (other === undefined || usedOf(window) > usedOf(other)) byId.set(window.id, window);
  }
  return [...byId.values()].sort((a, b) => lengthByName(a) - lengthByName(b));
}

/** Where no length was told the name stands for one; what has neither comes last. */
function lengthByName({id, windowMs}: Window): number {
  if (windowMs !== null) return windowMs;
  return /(?:^|\/)5h$/.test(id) ? 5 * hour : /(?:^|\/)weekly$/.test(id) ? week : Number.MAX_VALUE;
}

const fullness: Record<Use['state'], number> = {known: 0, unlimited: -2, 'not-started': -1, unknown: -3};
const usedOf = ({use}: Window): number => (use.state === 'known' ? Math.max(use.usedPercent, 0) : fullness[use.state]);

function toWindow(key: string, value: Json, pool: string | null, now: number): Window {
  const length = lengthOf(value);
  const named = length === null ? undefined : windowIdOf(length);
  const windowMs = named === undefined ? null : length;
  const id = pooledId(pool, named ?? slotId(key, pool));
  return {id, pool, windowMs, resetsAt: resetOf(value, now), use: toUse(value, windowMs, now), unit: 'percent'};
}

/** Only where no length is told does the place say what a window is. The code review pool is counted by the week. */
function slotId(key: string, pool: string | null): string {
  const slot = key.replace(/_window$/, '');
  if (slot === 'secondary' || (slot === 'primary' && pool === codeReview)) return 'weekly';
  return slot === 'primary' ? '5h' : slug(slot);
}

function toUse(value: Json, windowMs: number | null, now: number): Use {
  const usedPercent = percentOf(value);
  if (usedPercent === undefined) return {state: 'unknown', why: 'no percentage was told'};
  return usedPercent <= 1 && isRolling(value, windowMs, now) ? {state: 'not-started'} : {state: 'known', usedPercent};
}

// An untouched window's reset is always a whole length away, give or take the rounding of both sides.
const rollingSlackMs = 2000;

function isRolling(value: Json, windowMs: number | null, now: number): boolean {
  const after = toNumber(value.reset_after_seconds);
  const left = after === undefined ? (resetOf(value, now) ?? now) - now : after * 1000;
  return windowMs !== null && Math.abs(left - windowMs) <= rollingSlackMs;
}

function amountsOf(body: Json): Amount[] {
  const credits = recordOf(body.credits);
  const balance = credits.unlimited === true ? undefined : toNumber(credits.balance);
  const resets = toNumber(recordOf(body.rate_limit_reset_credits).available_count) ?? 0;
  return [
    ...(balance === undefined ? [] : [{id: 'credits', value: balance, unit: 'credits'} as const]),
    ...(resets > 0 ? [{id: 'reset-credits', value: resets, unit: 'count'} as const] : []),
  ];
}

function notesOf(body: Json): Note[] {
  const pools = poolsOf(body.additional_rate_limits).filter(({limit}) => isReached(limit));
  const spent = [
    ...pools.map(({name}) => name),
    ...(isReached(recordOf(body.code_review_rate_limit)) ? [codeReview] : []),
    ...(isSpent(body) ? [spendPool] : []),
  ];
  return [
    ...reachedNotes(body),
    ...spent.map((text): Note => ({code: 'pool-exhausted', text})),
    ...(recordOf(body.credits).unlimited === true ? [{code: 'credits-unlimited'} as const] : []),
  ];
}

/** Only what the service says is exhausted is exhausted; a percentage alone proves nothing. */
const isReached = (limit: Json): boolean => limit.limit_reached === true || limit.allowed === false;

/** Credits keep requests going past the limit, unless the service says that it stops them all the same. */
function reachedNotes(body: Json): Note[] {
  const limit = recordOf(body.rate_limit);
  const kind = reachedKind(body.rate_limit_reached_type);
  if (!isReached(limit) && (isRecord(body.rate_limit) || kind === undefined)) return [];
  const {has_credits: some, unlimited} = recordOf(body.credits);
  const pays = (some === true || unlimited === true) && limit.limit_reached === true;
  if (pays && limit.allowed !== false && !isSpent(body)) return [{code: 'limit-reached-using-credits'}];
  // 'rate_limit_reached' only repeats the note.
  return [
    kind === undefined || kind === 'rate limit reached' ? {code: 'limit-reached'} : {code: 'limit-reached', text: kind},
  ];
}

/** 'workspace owner credits depleted' from either spelling of the field; undefined when nothing is said. */
function reachedKind(value: unknown): string | undefined {
  const kind = clean(toText(isRecord(value) ? value.type : value) ?? '').replaceAll('_', ' ');
  return kind === '' || kind === 'unknown' ? undefined : kind;
}

/** A rate limit that holds something, but nothing that any rule reads: the service has changed it. */
function isStrange(limit: unknown): boolean {
  if (limit === null || limit === undefined) return false;
  if (!isRecord(limit)) return true;
  const keys = Object.keys(limit);
  const garbled = keys.some(key => isWindowKey(key) && limit[key] !== null && !isRecord(limit[key]));
  return garbled || (keys.length > 0 && !keys.some(key => isWindowKey(key) || familiar.has(key)));
}
const familiar = new Set(['allowed', 'limit_reached', 'individual_limit']);
