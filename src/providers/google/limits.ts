import type {Window} from '../../core/model.ts';
import {toEpochMs, toNumber} from '../shared/values.ts';
import {hour, minute} from '../shared/windows.ts';

/** What is left of a limit as Google tells it, 0 to 1; 'missing' when it is not told, 'unusable' when it cannot be a part of a whole. */
export type Left = number | 'missing' | 'unusable';

export const sessionMs = 5 * hour;

// The servers' clock and ours may differ, and an answer travels for a while.
const slackMs = 5 * minute;

export function leftOf(value: unknown): Left {
  if (value === undefined || value === null) return 'missing';
  const number = toNumber(value);
  return number !== undefined && number >= 0 && number <= 1 ? number : 'unusable';
}

/** Epoch ms of an ISO text, of seconds or milliseconds, or of a protobuf timestamp object; null when not told. */
export function resetOf(value: unknown): number | null {
  const seconds = typeof value === 'object' && value !== null ? (value as {seconds?: unknown}).seconds : undefined;
  return toEpochMs(seconds ?? value);
}

export type Limit = Pick<Window, 'id' | 'pool' | 'windowMs' | 'resetsAt'> & {left: Left};

/**
 * A limit as a window. A full one whose reset slides along with the clock has not been opened by anyone; a full one with
 * a reset of its own is in use and merely untouched.
 */
export function windowOf({left, ...limit}: Limit, now: number): Window {
  const base = {...limit, unit: 'percent'} as const;
  if (left === 'missing') return {...base, use: {state: 'unknown', why: 'not told'}};
  if (left === 'unusable') return {...base, use: {state: 'unknown', why: 'told as a part that is not between 0 and 1'}};
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

/** What production answers for the Gemini pool's five hours whether they were used or not. */
export const isDummy = ({id, use}: Window): boolean =>
  id === 'gemini/5h' && (use.state === 'not-started' || (use.state === 'known' && use.usedPercent === 0));

export const unverified = ({shares: _, ...window}: Window): Window => ({
  ...window,
  resetsAt: null,
  use: {state: 'unknown', why: 'unverified'},
});
