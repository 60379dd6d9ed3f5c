import type {Amount, Reading, Window} from '../../core/model.ts';
import {unexpectedShape} from '../shared/http.ts';
import {percentUse} from '../shared/use.ts';
import {isRecord, recordOf, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {hour, possibleReset, week} from '../shared/windows.ts';

/** What the limits call told. Pure. Throws `ProviderError` for a response in any other form. */
export function parseLimits(body: unknown, now: number): Reading {
  const {limits} = dataOf(body);
  if (!Array.isArray(limits)) throw unexpectedShape('no list of limits', body);
  const rows = limits.map(row => toWindow(row, now));
  const known = rows.filter(row => row !== null);
  if (rows.length > 0 && known.length === 0) throw unexpectedShape('no limit of a known kind', body);
  // Of two of one kind the later counts.
  const windows = [...new Map(known.map(window => [window.id, window])).values()];
  const notes = known.length < rows.length ? [{code: 'skipped-rows'} as const] : [];
  return {plan: 'ClinePass', windows, amounts: [], notes};
}

/** `data` of an answer, unless the answer itself says that there is none. */
function dataOf(body: unknown): Record<string, unknown> {
  const {success, data} = recordOf(body);
  if (success === false || !isRecord(data)) throw unexpectedShape('no data', body);
  return data;
}

/** Weeks and months run from the moment of purchase, so a month has no length of its own. */
const kinds = new Map<unknown, Pick<Window, 'id' | 'windowMs'>>([
  ['five_hour', {id: '5h', windowMs: 5 * hour}],
  ['weekly', {id: 'weekly', windowMs: week}],
  ['monthly', {id: 'monthly', windowMs: null}],
]);

function toWindow(value: unknown, now: number): Window | null {
  const row = recordOf(value);
  const kind = kinds.get(row.type);
  if (kind === undefined) return null;
  const use = percentUse(row.percentUsed ?? row.percent_used);
  const resetsAt = possibleReset(toEpochMs(row.resetsAt ?? row.resets_at), kind.windowMs, now);
  return {...kind, pool: null, resetsAt, use, unit: 'percent'};
}

/** Credits, told in millionths of a dollar; there may be fewer than none. */
export function parseBalance(body: unknown): Amount {
  const balance = toNumber(dataOf(body).balance);
  if (balance === undefined) throw unexpectedShape('no balance', body);
  return {id: 'balance', value: balance / 1e6, unit: 'usd'};
}

/** Whose login it is. */
export function parseUserId(body: unknown): string {
  const id = toText(dataOf(body).id);
  if (id === undefined) throw unexpectedShape('no id of the user', body);
  return id;
}
