import type {Reading, Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {fractionUse} from '../shared/use.ts';
import {firstOf, type Json, recordOf, tidy, titleCase, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {monthUntil, possibleReset, week} from '../shared/windows.ts';

const figure = (record: Json, ...names: string[]): number | undefined => firstOf(record, names, toNumber);

/** What the usage call told. Pure. Throws `ProviderError` for a response in any other form. */
export function parseCredits(body: unknown, now: number): Reading {
  const told = recordOf(body);
  const [used, quota] = [figure(told, 'usage', 'used'), figure(told, 'quota', 'limit')];
  const left = figure(told, 'remainingBalance', 'remaining');
  if (used === undefined && quota === undefined && left === undefined) throw unexpectedShape('no credits', body);
  const sum = used === undefined || left === undefined ? undefined : toNumber(tidy(used + left));
  const use = fractionUse(used, quota ?? sum);
  return {
    plan: null,
    windows: [{id: 'monthly', pool: null, ...monthUntil(told.next_quota_reset, now), use, unit: 'credits'}],
    amounts: left === undefined ? [] : [{id: 'credits', value: left, unit: 'credits'}],
    notes: [],
  };
}

/** What a subscription adds; nothing where it is told in any other form. */
export function parseSubscription(body: unknown, now: number): Pick<Reading, 'plan' | 'windows' | 'label'> {
  const {subscription, rateLimit, email} = recordOf(body);
  const label = sanitize(toText(email) ?? '', 80);
  return {
    plan: planIn(recordOf(subscription)),
    windows: weekIn(recordOf(rateLimit), now),
    ...(label !== '' && {label}),
  };
}

/** The name of one that has ended is no plan. */
function planIn({displayName, tier, status}: Json): string | null {
  const hasEnded = toText(status) !== undefined && status !== 'active' && status !== 'trialing';
  const name = toText(displayName) ?? titleCase(toText(tier) ?? String(toNumber(tier) ?? ''));
  return hasEnded ? null : sanitize(name, 40) || null;
}

function weekIn(limits: Json, now: number): Window[] {
  const [used, limit] = [figure(limits, 'weeklyUsed', 'used'), figure(limits, 'weeklyLimit', 'limit')];
  if (used === undefined && limit === undefined) return [];
  const resetsAt = possibleReset(toEpochMs(limits.weeklyResetsAt), week, now);
  return [{id: 'weekly', pool: null, windowMs: week, resetsAt, use: fractionUse(used, limit), unit: 'credits'}];
}
