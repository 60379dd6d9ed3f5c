import type {Window} from '../../core/model.ts';
import {fullest} from '../shared/use.ts';
import {isRecord, type Json, toNumber} from '../shared/values.ts';
import {slug} from '../shared/windows.ts';
import {percentWindow} from './use.ts';

/** The windows that stand beside each other, one field each: the only ones until 2026, and still some pools. */

/** Session and week. */
export const planWindows = (body: Json): Window[] => [
  ...(isRecord(body.five_hour) ? [percentWindow(body.five_hour, 'utilization', '5h')] : []),
  ...(isRecord(body.seven_day) ? [percentWindow(body.seven_day, 'utilization', 'weekly')] : []),
];

/** Pools counted by the week that report a number. */
export const poolWindows = (body: Json): Window[] =>
  fullest(
    Object.entries(body).flatMap(([key, value]) => {
      const pool = poolOf(key);
      if (pool === null || !isRecord(value) || toNumber(value.utilization) === undefined) return [];
      return [percentWindow(value, 'utilization', 'weekly', pool)];
    }),
  );

/** One pool in all its spellings. */
const spellings: ReadonlyMap<string, string> = new Map([
  ...['seven_day_cowork', 'seven_day_routines', 'seven_day_claude_routines'].map(key => [key, 'routines'] as const),
  ...['claude_routines', 'routines', 'routine', 'cowork'].map(key => [key, 'routines'] as const),
  ['seven_day_omelette', 'design'],
  ['seven_day_design', 'design'],
]);
/** Nobody knows what these count. */
const unexplained: ReadonlySet<string> = new Set(['seven_day_sonnet_max', 'seven_day_overage_included']);

/** The pool of a name: one that the fields spell otherwise is the same pool. */
export function poolNamed(name: string): string {
  const pool = slug(name);
  return spellings.get(pool.replaceAll('-', '_')) ?? pool;
}

function poolOf(key: string): string | null {
  const known = spellings.get(key);
  if (known !== undefined) return known;
  const name = /^seven_day_(.+)$/.exec(key)?.[1];
  return name === undefined || unexplained.has(key) ? null : slug(name);
}

/** A field in which a limit may stand, whatever it holds now. */
export const isFlatKey = (key: string): boolean => /^(?:five_hour|seven_day(?:_.+)?)$/.test(key) || spellings.has(key);
