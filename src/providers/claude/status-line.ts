import type {Window} from '../../core/model.ts';
import {isRecord, recordOf, toNumber} from '../shared/values.ts';
import {possibleReset} from '../shared/windows.ts';
import {type Length, percentWindow} from './use.ts';

/**
 * The figures in what Claude Code hands to its status line: session and week, either of which may be missing, and none
 * before the first answer of a session. A period that is over at `now` says nothing. Pure.
 */
export function parseStatusLine(value: unknown, now: number): Window[] {
  const limits = recordOf(recordOf(value).rate_limits);
  return [...windowIn(limits.five_hour, '5h'), ...windowIn(limits.seven_day, 'weekly')]
    .filter(({resetsAt}) => resetsAt === null || resetsAt > now)
    .map(window => ({...window, resetsAt: possibleReset(window.resetsAt, window.windowMs, now)}));
}

/** What tells no number must not take the place of what did. */
function windowIn(value: unknown, length: Length): Window[] {
  if (!isRecord(value) || (toNumber(value.used_percentage) ?? -1) < 0) return [];
  return [percentWindow(value, 'used_percentage', length)];
}
