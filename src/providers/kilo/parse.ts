import {type Amount, ProviderError, type Reading, type Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {fractionUse} from '../shared/use.ts';
import {firstOf, isRecord, type Json, recordOf, tidy, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {monthUntil} from '../shared/windows.ts';

/** In dollars; there may be fewer than none. Pure, as the other one. */
export function parseBalance(body: unknown): Amount {
  const balance = toNumber(recordOf(body).balance);
  if (balance === undefined) throw unexpectedShape('no balance', body);
  return {id: 'balance', value: balance + 0, unit: 'usd'};
}

/** The answer to the first of a batch of calls. Throws `ProviderError` for a refusal, and for any other form. */
export function parsePass(body: unknown, now: number): Pick<Reading, 'plan' | 'windows'> {
  const answer = recordOf(Array.isArray(body) ? body[0] : body);
  if (answer.error !== undefined) throw new ProviderError('server_error', {detail: reasonOf(answer.error)});
  const data = recordOf(recordOf(answer.result).data);
  const {subscription} = isRecord(data.json) ? data.json : data;
  if (subscription === null) return {plan: null, windows: []};
  if (!isRecord(subscription)) throw unexpectedShape('no state of the pass', body);
  return passIn(subscription, now);
}

const reasonOf = (error: unknown): string => sanitize(toText(recordOf(error).message) ?? '') || 'refused';

/** One that has ended is told with figures of nothing, and no date. */
function passIn(pass: Json, now: number): Pick<Reading, 'plan' | 'windows'> {
  const dates = ['refillAt', 'nextBillingAt', 'nextRenewalAt'];
  const end = firstOf(pass, dates, value => toEpochMs(value) ?? undefined);
  if (end === undefined && pass.status !== 'active') return {plan: null, windows: []};
  const use = fractionUse(toNumber(pass.currentPeriodUsageUsd), creditsIn(pass));
  const window: Window = {id: 'pass/monthly', pool: 'pass', ...monthUntil(end, now), use, unit: 'usd'};
  return {plan: planOf(pass.tier), windows: [window]};
}

/** What was bought, and the bonus once that is unlocked. */
function creditsIn({
  currentPeriodBaseCreditsUsd,
  currentPeriodBonusCreditsUsd,
  isBonusUnlocked,
}: Json): number | undefined {
  const base = toNumber(currentPeriodBaseCreditsUsd);
  const bonus = isBonusUnlocked === false ? 0 : toNumber(currentPeriodBonusCreditsUsd ?? 0);
  return base === undefined || bonus === undefined ? undefined : toNumber(tidy(base + bonus));
}

function planOf(tier: unknown): string {
  const [, dollars] = /^tier_(\d{1,6})$/.exec(toText(tier) ?? '') ?? [];
  return dollars === undefined ? 'Kilo Pass' : `Kilo Pass $${dollars}`;
}
