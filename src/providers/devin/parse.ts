import type {Amount, Reading, Use, Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {percentUse} from '../shared/use.ts';
import {difference, isRecord, type Json, recordOf, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {day, possibleReset, week} from '../shared/windows.ts';

/** What GetUserStatus told. Pure. Throws `ProviderError` for a response in any other form. */
export function parseStatus(body: unknown, now: number): Reading {
  const {planStatus, planInfo: otherInfo} = recordOf(recordOf(body).userStatus);
  if (!isRecord(planStatus)) throw unexpectedShape('no status of the plan', body);
  const info = recordOf(planStatus.planInfo ?? otherInfo ?? recordOf(body).planInfo);
  const [daily, weekly] = [planStatus.dailyQuotaRemainingPercent, planStatus.weeklyQuotaRemainingPercent].map(toNumber);
  if (Object.keys(info).length === 0 && daily === undefined && weekly === undefined)
    throw unexpectedShape('neither a plan nor its quotas', body);
  return {
    plan: sanitize(toText(info.planName) ?? '', 40) || null,
    windows: windowsOf(planStatus, info, {daily, weekly}, now),
    amounts: balanceIn(planStatus),
    notes: [],
  };
}

type Left = {daily: number | undefined; weekly: number | undefined};

/** A number that is zero is left out of the answer, so a missing one says nothing. */
function windowsOf(status: Json, info: Json, {daily, weekly}: Left, now: number): Window[] {
  const hasQuotas = (toText(info.billingStrategy) ?? quotas) === quotas;
  if (!hasQuotas && daily === undefined && weekly === undefined) return [];
  const isDayHidden = info.hideDailyQuota === true;
  const ofDay = windowOf('1d', day, leftUse(daily), status.dailyQuotaResetAtUnix, now);
  // Where the day is hidden, its percentage is that of the week.
  const use = leftUse(weekly ?? (isDayHidden ? daily : undefined));
  return [...(isDayHidden ? [] : [ofDay]), windowOf('weekly', week, use, status.weeklyQuotaResetAtUnix, now)];
}

const quotas = 'BILLING_STRATEGY_QUOTA';

const leftUse = (left: number | undefined): Use => percentUse(difference(100, left));

const windowOf = (id: string, windowMs: number, use: Use, resetsAt: unknown, now: number): Window => ({
  ...{id, pool: null, windowMs, resetsAt: possibleReset(toEpochMs(resetsAt), windowMs, now), use, unit: 'percent'},
});

function balanceIn({overageBalanceMicros}: Json): Amount[] {
  const micros = toNumber(overageBalanceMicros) ?? 0;
  return micros > 0 ? [{id: 'balance', value: micros / 1e6, unit: 'usd'}] : [];
}

/** The copy that a Windsurf editor made when it started; null where nothing of it still holds. Throws nothing. */
export function parsePlanInfo(value: unknown, now: number): Reading | null {
  const {planName, quotaUsage} = recordOf(value);
  const {dailyRemainingPercent, weeklyRemainingPercent, dailyResetAtUnix, weeklyResetAtUnix} = recordOf(quotaUsage);
  const windows = [
    windowOf('1d', day, leftUse(toNumber(dailyRemainingPercent)), dailyResetAtUnix, now),
    windowOf('weekly', week, leftUse(toNumber(weeklyRemainingPercent)), weeklyResetAtUnix, now),
  ].filter(({use, resetsAt}) => use.state === 'known' && resetsAt !== null && resetsAt > now);
  if (windows.length === 0) return null;
  return {plan: sanitize(toText(planName) ?? '', 40) || null, windows, amounts: [], notes: []};
}
