import type {Reading, Unit} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {fractionUse} from '../shared/use.ts';
import {difference, isRecord, recordOf, toNumber, toText} from '../shared/values.ts';
import {monthUntil} from '../shared/windows.ts';

/** What `discover` puts into an account beside its token: the one host that it may be sent to. */
export type Tenant = {host: string};

/** Asks for the credits once (docs/providers/augment.md#requests). Throws only `ProviderError`. */
export async function fetchCredits(account: Account, wire: Wire): Promise<Reading> {
  const {host} = account.credential as Tenant;
  const url = `https://${host}/get-credit-info`;
  return parseCredits(await askWithKey(account, wire, {url, body: {}}), wire.now());
}

/** Pure. Throws `ProviderError` for a response in any other form. */
export function parseCredits(body: unknown, now: number): Reading {
  const info = recordOf(body);
  const [left, limit] = [toNumber(info.usage_units_remaining), toNumber(info.usage_units_total)];
  if (!isRecord(body) || (left === undefined && limit === undefined)) throw unexpectedShape('no credits', body);
  const {plan_display_name, usage_unit_display_name} = recordOf(info.display_info);
  // More may be left than a cycle brings: what was left of the last one is carried over.
  const use = fractionUse(difference(limit, left), limit);
  const unit = unitOf(usage_unit_display_name);
  const isLost = use.state === 'unknown' && left !== undefined;
  return {
    plan: sanitize(toText(plan_display_name) ?? '', 40) || null,
    windows: [{id: 'monthly', pool: null, ...monthUntil(info.current_billing_cycle_end_date_iso, now), use, unit}],
    amounts: isLost ? [{id: 'credits', value: left, unit}] : [],
    notes: [],
  };
}

/** Older plans count messages. */
const unitOf = (name: unknown): Unit => (/message|request/i.test(toText(name) ?? '') ? 'requests' : 'credits');
