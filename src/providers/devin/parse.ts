import type {Reading, Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {percentUse} from '../shared/use.ts';
import {difference, recordOf, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {day, possibleReset, week} from '../shared/windows.ts';

/** The copy that a Windsurf editor made when it started; null where nothing of it still holds. Pure. Throws nothing. */
export function parsePlanInfo(value: unknown, now: number): Reading | null {
  const {planName, quotaUsage} = recordOf(value);
  const {dailyRemainingPercent, weeklyRemainingPercent, dailyResetAtUnix, weeklyResetAtUnix} = recordOf(quotaUsage);
  const windows = [
    windowOf('1d', day, dailyRemainingPercent, possibleReset(toEpochMs(dailyResetAtUnix), day, now)),
    windowOf('weekly', week, weeklyRemainingPercent, possibleReset(toEpochMs(weeklyResetAtUnix), week, now)),
  ].filter(({use, resetsAt}) => use.state === 'known' && resetsAt !== null && resetsAt > now);
  if (windows.length === 0) return null;
  return {plan: sanitize(toText(planName) ?? '', 40) || null, windows, amounts: [], notes: []};
}

/** What remains is told; what is used is the rest. */
const windowOf = (id: string, windowMs: number, left: unknown, resetsAt: number | null): Window => ({
  ...{id, pool: null, windowMs, resetsAt, use: percentUse(difference(100, toNumber(left))), unit: 'percent'},
});
