import {
  type Amount,
  type AmountId,
  type Note,
  ProviderError,
  type Reading,
  type Use,
  type Window,
} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isCurrency} from '../../core/vocabulary.ts';
import {unexpectedShape} from '../shared/http.ts';
import {fractionUse, percentUse} from '../shared/use.ts';
import {isRecord, type Json, recordOf, tidy, titleCase, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {hour, possibleReset, week} from '../shared/windows.ts';
import {site} from './site.ts';

/** Of the month only the most is told, so it has no window. */
const quotas = [
  {name: 'quota_5_hour', id: '5h', windowMs: 5 * hour},
  {name: 'quota_7_day', id: 'weekly', windowMs: week},
] as const;

export const subscribe = {code: 'subscribe', name: 'ZenMux', url: site.url} as const;

/** Pure. Throws `ProviderError` for a response in any other form. */
export function parsePlan(body: unknown, now: number): Reading {
  if (hasNoPlan(recordOf(body))) throw new ProviderError('no_plan', {remedy: subscribe});
  const data = dataIn(body);
  const told = quotas.filter(({name}) => isRecord(data[name]));
  if (told.length === 0) throw unexpectedShape('no limits', body);
  const tier = toText(recordOf(data.plan).tier);
  return {
    plan: tier === undefined ? null : titleCase(tier),
    windows: told.map(({name, id, windowMs}): Window => {
      const quota = recordOf(data[name]);
      const resetsAt = possibleReset(toEpochMs(quota.resets_at), windowMs, now);
      return {id, pool: null, windowMs, resetsAt, use: useIn(quota), unit: 'credits'};
    }),
    amounts: [],
    notes: stateIn(data),
  };
}

/** Who pays as they go. */
const hasNoPlan = ({success, data}: Json): boolean =>
  success === true && (data === null || (isRecord(data) && data.plan === null && !quotas.some(({name}) => data[name])));

/** The counts have more digits than the fraction. What nobody used has not begun, and has no reset. */
function useIn({used_flows, max_flows, usage_percentage, resets_at}: Json): Use {
  const counted = fractionUse(toNumber(used_flows), toNumber(max_flows));
  const fraction = toNumber(usage_percentage);
  const use =
    counted.state === 'known' ? counted : percentUse(fraction === undefined ? fraction : tidy(fraction * 100));
  const isUnused = use.state === 'known' && use.usedPercent === 0;
  return isUnused && toEpochMs(resets_at) === null ? {state: 'not-started'} : use;
}

function stateIn({account_status}: Json): Note[] {
  const state = sanitize(toText(account_status) ?? '');
  return state === '' || state.toLowerCase() === 'healthy' ? [] : [{code: 'zenmux/state', text: state}];
}

/** What can be spent beside the plan. Pure. Throws `ProviderError` for a response in any other form. */
export function parseBalance(body: unknown): Amount[] {
  const data = dataIn(body);
  const unit = (toText(data.currency) ?? 'usd').toLowerCase();
  const total = toNumber(data.total_credits);
  if (!isCurrency(unit) || total === undefined) throw unexpectedShape('no balance that can be read', body);
  const values: [AmountId, number | undefined][] = [
    ['balance', total],
    ['balance/granted', toNumber(data.bonus_credits)],
    ['balance/paid', toNumber(data.top_up_credits)],
  ];
  return values.flatMap(([id, value]) => (value === undefined ? [] : [{id, value: value + 0, unit}]));
}

/** A refusal may come with HTTP 200. */
function dataIn(body: unknown): Json {
  const {success, data, error, message} = recordOf(body);
  if (success === false) {
    const reason = sanitize(toText(recordOf(error).message) ?? toText(message) ?? '');
    throw new ProviderError('server_error', {detail: reason || 'rejected without a reason'});
  }
  if (!isRecord(data)) throw unexpectedShape('no data', body);
  return data;
}
