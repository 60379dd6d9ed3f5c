import {isTooDeep} from '../../core/custom/path.ts';
import {isWindowId, windowOf} from '../../core/custom/period.ts';
import {
  type Amount,
  failureCodes,
  ProviderError,
  type Reading,
  type Unit,
  type Use,
  type Window,
} from '../../core/model.ts';
import {amountIds, units} from '../../core/vocabulary.ts';
import {maybeJson} from '../shared/http.ts';
import {fullest} from '../shared/use.ts';
import {isRecord, type Json, recordOf, tidy, toEpochMs, toNumber} from '../shared/values.ts';
import {textAt} from './figures.ts';
import {firstOfEach} from './windows.ts';

/** What a program of the user prints: `mystatus-provider/v1`, the windows and amounts of `--json` as far as it knows them. */
export const outputSchema = 'mystatus-provider/v1';

const mostRows = 100;

/** Pure. Throws only `ProviderError`. */
export function parseOutput(text: string, now: number): Reading {
  const output = objectIn(text);
  throwFailure(output.failure, now);
  const [rows, given] = [rowsIn(output, 'windows'), rowsIn(output, 'amounts')];
  const windows = rows.slice(0, mostRows).flatMap((row, at) => windowIn(row, `windows[${at}]`, now));
  const amounts = given.slice(0, mostRows).flatMap(amountIn);
  const label = textAt({path: ['label']}, output);
  const isWhole = windows.length === rows.length && amounts.length === given.length;
  return {
    plan: textAt({path: ['plan']}, output),
    windows: fullest(windows),
    amounts: firstOfEach(amounts),
    notes: isWhole ? [] : [{code: 'skipped-rows'}],
    ...(label !== null && {label}),
  };
}

function objectIn(text: string): Json {
  if (text.trim() === '') throw new ProviderError('bad_response', {detail: 'it printed nothing'});
  const output = maybeJson(text);
  if (!isRecord(output) || isTooDeep(output))
    throw new ProviderError('bad_response', {detail: 'it did not print one JSON object'});
  if (output.schema !== undefined && output.schema !== outputSchema)
    throw new ProviderError('bad_response', {detail: `its schema is not ${outputSchema}`});
  return output;
}

/** None where nothing is said of them; in another form nothing is known, which is not the same. */
function rowsIn(output: Json, name: 'windows' | 'amounts'): unknown[] {
  const rows = output[name] ?? [];
  if (!Array.isArray(rows)) throw new ProviderError('bad_response', {detail: `its ${name} are not a list`});
  return rows;
}

/** A failure beats what else it printed. */
function throwFailure(value: unknown, now: number): void {
  if (value === undefined || value === null) return;
  const {code, retryAt} = recordOf(value);
  const known = failureCodes.find(each => each === code) ?? 'bad_response';
  const at = typeof retryAt === 'string' ? toEpochMs(retryAt) : null;
  throw new ProviderError(known, {
    detail: textAt({path: ['detail']}, value) ?? known,
    retryAt: at !== null && at > now ? at : null,
  });
}

/** None for a row without a name: nothing could be said of it. */
function windowIn(row: unknown, place: string, now: number): Window[] {
  const {id, unit, resetsAt, ...rest} = recordOf(row);
  if (typeof id !== 'string' || !isWindowId(id)) return [];
  const at = typeof resetsAt === 'string' ? toEpochMs(resetsAt) : null;
  const reset = at !== null && at > now ? at : null;
  const {pool, windowMs} = windowOf(id, reset) ?? {pool: null, windowMs: null};
  const use = wrongIn({unit, resetsAt, ...rest}, place) ?? usageIn(rest, place);
  return [
    {
      id,
      pool,
      windowMs,
      resetsAt: reset,
      use,
      unit: unitOf(unit) ?? (use.state === 'known' && use.limit !== undefined ? 'count' : 'percent'),
    },
  ];
}

const unitOf = (value: unknown): Unit | undefined => units.find(each => each === value);
const states = ['known', 'unlimited', 'not-started', 'unknown'];
const isFigure = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) <= 1e15;

const kinds: Record<string, (value: unknown) => boolean> = {
  state: value => states.includes(String(value)),
  usedPercent: isFigure,
  used: isFigure,
  limit: isFigure,
  unit: value => unitOf(value) !== undefined,
  resetsAt: value => typeof value === 'string',
};

/** A value of a wrong type makes the row unknown. */
function wrongIn(row: Json, place: string): Use | undefined {
  const wrong = Object.entries(kinds).find(
    ([name, is]) => row[name] !== undefined && row[name] !== null && !is(row[name]),
  );
  return wrong && {state: 'unknown', why: `${place}.${wrong[0]}: not what it should be`};
}

function usageIn({state, usedPercent, used, limit}: Json, place: string): Use {
  const counts = {...numbered('used', used), ...numbered('limit', limit)};
  if (state === 'unlimited') return {state, ...numbered('used', used)};
  if (state === 'not-started') return {state};
  if (state === 'unknown') return {state, why: 'the program does not know it'};
  const percent = toNumber(usedPercent) ?? percentOf(counts);
  if (isFigure(percent)) return {state: 'known', usedPercent: Number(percent), ...counts};
  return {state: 'unknown', why: `${place}: neither usedPercent nor used and limit`};
}

const numbered = (name: 'used' | 'limit', value: unknown): {used?: number; limit?: number} =>
  toNumber(value) === undefined ? {} : {[name]: toNumber(value)};

const percentOf = ({used, limit}: {used?: number; limit?: number}): number | undefined =>
  used === undefined || limit === undefined || limit <= 0 ? undefined : toNumber(tidy((used / limit) * 100));

function amountIn(row: unknown): Amount[] {
  const {id, value, unit} = recordOf(row);
  const known = amountIds.find(each => each === id);
  const measure = unitOf(unit);
  return known === undefined || measure === undefined || typeof value !== 'number' || !isFigure(value)
    ? []
    : [{id: known, value, unit: measure}];
}
