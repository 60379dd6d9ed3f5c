import type {Amount, Reading} from '../../core/model.ts';
import {unexpectedShape} from '../shared/http.ts';
import {isRecord, type Json, recordOf, toNumber} from '../shared/values.ts';
import {notesOf} from './notes.ts';
import {planName} from './plan.ts';
import {spendWindows} from './spend.ts';
import {isWindowKey, rateWindows} from './windows.ts';

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
  'model_usage',
];

/**
 * The reading in an answer of `wham/usage` (docs/providers/openai.md#what-is-shown). `now` is the moment of receipt, in
 * epoch ms. Throws `ProviderError` `bad_response` for a body in which nothing is recognised; a body that is understood
 * and has nothing to tell is an empty reading.
 */
export function parseUsage(body: unknown, now: number): Reading {
  if (!isRecord(body) || !known.some(key => Object.hasOwn(body, key)))
    throw unexpectedShape('it reports no usage', body);
  const windows = [...rateWindows(body, now), ...spendWindows(body, now)];
  const amounts = amountsOf(body);
  const strange = isStrange(body.rate_limit);
  if (strange && windows.length === 0 && amounts.length === 0)
    throw unexpectedShape('its rate limit has a new format', body);
  const notes = [...notesOf(body, now), ...(strange ? [{code: 'skipped-rows'} as const] : [])];
  return {plan: planName(body.plan_type), windows, amounts, notes};
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

/** A rate limit that holds something, but nothing that any rule reads: the service has changed it. */
function isStrange(limit: unknown): boolean {
  if (limit === null || limit === undefined) return false;
  if (!isRecord(limit)) return true;
  const keys = Object.keys(limit);
  const garbled = keys.some(key => isWindowKey(key) && limit[key] !== null && !isRecord(limit[key]));
  return garbled || (keys.length > 0 && !keys.some(key => isWindowKey(key) || familiar.has(key)));
}
const familiar = new Set(['allowed', 'limit_reached', 'individual_limit']);
