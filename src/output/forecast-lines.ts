import {type Forecast, forecastAt} from '../core/foresight/forecast.ts';
import type {Sample} from '../core/foresight/samples.ts';
import {emptySeries, type Series, take} from '../core/foresight/series.ts';

/**
 * Readings and questions as JSON lines, in the order of time: the forecast without a ledger, a network or settings, for
 * tests and other programs. docs/foresight.md shows them.
 */

export class LineError extends Error {}

/** Answers one line: '' for a reading, a line of JSON for a question. Throws `LineError` for anything else. */
export function forecastLines(): (line: string) => string {
  const series = new Map<string, Series>();
  return line => {
    const value = recordIn(line);
    if ('ask' in value) return answer(series, value);
    const name = textIn(value, 'series');
    const own = series.get(name) ?? emptySeries();
    take(own, sampleIn(value));
    series.set(name, own);
    return '';
  };
}

function answer(series: ReadonlyMap<string, Series>, value: Value): string {
  const name = textIn(value, 'ask');
  const now = timeIn(value, 'now');
  if (value.id === undefined) throw new LineError('"id" is missing');
  return JSON.stringify({id: value.id, ...spelled(forecastAt(series.get(name) ?? emptySeries(), now))});
}

// As many digits as mean something.
const rounded = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toFixed(digits));

const spelled = ({probability, usedAtReset, usedRange, ...rest}: Forecast) => ({
  verdict: rest.verdict,
  probability: rounded(probability, 4),
  runOutAt: rest.runOutAt,
  range: rest.range,
  usedAtReset: rounded(usedAtReset, 2),
  usedRange: usedRange === null ? null : usedRange.map(each => rounded(each, 2)),
});

type Value = Readonly<Record<string, unknown>>;

function recordIn(line: string): Value {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new LineError('not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new LineError('not an object');
  return value as Value;
}

const states: readonly string[] = ['known', 'not-started', 'unlimited', 'unknown'] satisfies Sample['state'][];
const isState = (value: unknown): value is Sample['state'] => typeof value === 'string' && states.includes(value);

function sampleIn(value: Value): Sample {
  const {state} = value;
  if (!isState(state)) throw new LineError(`"state" must be one of ${states.join(', ')}`);
  const usedPercent = orNull(value, 'usedPercent', numberIn);
  if ((usedPercent === null) === (state === 'known'))
    throw new LineError('"usedPercent" is a number where the state is known, and null elsewhere');
  return {
    at: timeIn(value, 'at'),
    windowMs: orNull(value, 'windowMs', lengthIn),
    state,
    usedPercent,
    resetsAt: orNull(value, 'resetsAt', timeIn),
  };
}

function textIn(value: Value, name: string): string {
  const text = value[name];
  if (typeof text !== 'string') throw new LineError(`"${name}" must be a text`);
  return text;
}

function numberIn(value: Value, name: string): number {
  const number = value[name];
  if (typeof number !== 'number' || number < 0) throw new LineError(`"${name}" must be a number, 0 or more`);
  return number;
}

// What a date can hold.
const lastTime = 8.64e15;
function timeIn(value: Value, name: string): number {
  const at = numberIn(value, name);
  if (at > lastTime) throw new LineError(`"${name}" must be a time in milliseconds since 1970`);
  return at;
}

function lengthIn(value: Value, name: string): number {
  const length = timeIn(value, name);
  if (length === 0) throw new LineError(`"${name}" must be more than 0`);
  return length;
}

function orNull(value: Value, name: string, read: (value: Value, name: string) => number): number | null {
  if (value[name] === undefined) throw new LineError(`"${name}" is missing`);
  return value[name] === null ? null : read(value, name);
}
