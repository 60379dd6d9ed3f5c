import type {Window} from '../../core/model.ts';
import {firstOf, type Json, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {hour, minute, possibleReset, second, windowByReset} from '../shared/windows.ts';

/**
 * What is left of a limit as Google tells it, 0 to 1; 'missing' when it is not told, 'unusable' when it cannot be a part of
 * a whole, 'off' when the service says that the limit does not count at present.
 */
export type Left = number | 'missing' | 'unusable' | 'off';

export const sessionMs = 5 * hour;

// The servers' clock and ours may differ, and an answer travels for a while.
const slackMs = 5 * minute;

export function leftOf(value: unknown): Left {
  if (value === undefined || value === null) return 'missing';
  const number = toNumber(value);
  return number !== undefined && number >= 0 && number <= 1 ? number : 'unusable';
}

/** When the limit of this record resets, in epoch ms; null when not told. A delay does not depend on anybody's clock: where the two disagree, it is right. */
export function resetIn(record: Json, now: number): number | null {
  const at = resetOf(record.resetTime ?? record.reset_time, now);
  const delay = firstOf(record, ['resetInSeconds', 'reset_in_seconds'], toNumber);
  const counted = delay === undefined || delay < 0 ? null : toEpochMs(now + delay * second);
  if (counted === null) return at;
  return at !== null && Math.abs(at - counted) <= slackMs ? at : counted;
}

/** Epoch ms of an ISO text, of seconds or milliseconds, of a protobuf timestamp object, or of a delay such as '7200s'. */
function resetOf(value: unknown, now: number): number | null {
  const delay = durationMs(value);
  if (delay !== undefined) return toEpochMs(now + delay);
  const seconds = typeof value === 'object' && value !== null ? (value as {seconds?: unknown}).seconds : undefined;
  return toEpochMs(seconds ?? value);
}

const units: Readonly<Record<string, number>> = {h: hour, m: minute, s: second, ms: 1};

/** Milliseconds of '34.07s', '900ms', '160h20m10.7s'; undefined for anything else. */
export function durationMs(value: unknown): number | undefined {
  const text = toText(value);
  if (text === undefined || !/^(?:\d{1,9}(?:\.\d{1,9})?(?:h|ms|m|s))+$/.test(text)) return undefined;
  const parts = text.matchAll(/([\d.]+)(h|ms|m|s)/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
}

export type Limit = Pick<Window, 'id' | 'pool' | 'windowMs' | 'resetsAt' | 'shares'> & {left: Left};

/**
 * Orders what speaks of one limit: the least left first, because it is what stops the user; of equals the one that lasts
 * longest. A number says more than its absence.
 */
export const byTightness = (a: Tightness, b: Tightness): number =>
  rank(a.left) - rank(b.left) || (b.resetsAt ?? 0) - (a.resetsAt ?? 0);
type Tightness = Pick<Limit, 'left' | 'resetsAt'>;

const rank = (left: Left): number => (typeof left === 'number' ? left : left === 'off' ? 3 : 2);

/**
 * The length of a limit of which only the reset is told. The methods that speak of models tell the tighter of a pool's two
 * limits: one that does not reset within five hours is the week's. Without a reset it is taken for the shorter one.
 */
export const lengthByReset = (resetsAt: number | null, now: number): Pick<Window, 'id' | 'windowMs'> =>
  windowByReset(resetsAt, now) ?? {id: '5h', windowMs: sessionMs};

const whyUnknown: Readonly<Record<Exclude<Left, number>, string>> = {
  missing: 'not reported',
  unusable: 'reported as a fraction outside 0 to 1',
  off: 'not in force at the moment',
};

/**
 * A limit as a window. A full one whose reset slides along with the clock has not been opened by anyone; a full one with
 * a reset of its own is in use and merely untouched.
 */
export function windowOf({left, ...limit}: Limit, now: number): Window {
  const resetsAt = possibleReset(limit.resetsAt, limit.windowMs, now);
  const base = {...limit, resetsAt, unit: 'percent'} as const;
  if (typeof left !== 'number') return {...base, use: {state: 'unknown', why: whyUnknown[left]}};
  if (left === 1 && isUnopened(limit, now)) return {...base, resetsAt: null, use: {state: 'not-started'}};
  return {...base, use: {state: 'known', usedPercent: usedPercentOf(left)}};
}

const isUnopened = ({resetsAt, windowMs}: Pick<Limit, 'resetsAt' | 'windowMs'>, now: number): boolean =>
  resetsAt === null || (windowMs !== null && Math.abs(resetsAt - (now + windowMs)) <= slackMs);

/** Percent used of what is `left`, without the noise of binary fractions (0.78 leaves 22, not 21.999999999999996). */
export const usedPercentOf = (left: number): number => Math.round((1 - left) * 1e8) / 1e6;

const gemini = 'gemini';
const others = 'claude-gpt';

/** The pool that a name speaks of: Gemini's models share one, Claude's and GPT's the other. */
export function poolNamed(text: string): string | undefined {
  if (/gemini/i.test(text)) return gemini;
  return /claude|gpt|sonnet|opus|haiku/i.test(text) ? others : undefined;
}
