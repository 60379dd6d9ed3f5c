import type {DatabaseSync} from 'node:sqlite';
import type {Forecast, Verdict} from '../../core/foresight/forecast.ts';
import type {MadeForecast} from '../../core/foresight/made.ts';

/** Forecasts as they stand in an account's row: a list of values for each window, which is a third of what names take. */

const verdicts: readonly unknown[] = ['too-early', 'lasts', 'may-run-out', 'runs-out', 'spent'] satisfies Verdict[];
/** A copy that makes the same forecasts a moment later need not write them. */
const againMs = 4 * 60_000;
/** In characters; those of 200 windows take a fifth of it. */
const longest = 128 * 1024;

export function forecastsIn(db: DatabaseSync) {
  const keep = db.prepare(
    `UPDATE account SET forecasts = ?, forecast_at = ?
     WHERE key = ? AND (forecast_at IS NULL OR forecast_at > ? OR forecast_at <= ?)`,
  );
  const forgetAll = db.prepare('UPDATE account SET forecasts = NULL, forecast_at = NULL WHERE forecasts IS NOT NULL');
  const forget = db.prepare('UPDATE account SET forecasts = NULL, forecast_at = NULL WHERE key = ?');
  return {
    keep(account: string, made: readonly MadeForecast[], now: number): void {
      const json = encodeForecasts(made);
      if (json !== null) keep.run(json, now, account, now, now - againMs);
    },
    forget: (account?: string): void => void (account === undefined ? forgetAll.run() : forget.run(account)),
  };
}

/** Without new ones those before stand: whoever uses them looks whether they are of its reading. */
export function madeColumns(made: readonly MadeForecast[] | undefined, at: number) {
  const json = encodeForecasts(made ?? []);
  return [json, json === null ? null : at] as const;
}

/** Those of one account; a file of an older version has no such column, and makes this throw. */
export const forecastsOf = (db: DatabaseSync, account: string): MadeForecast[] =>
  decodeForecasts(db.prepare('SELECT forecasts FROM account WHERE key = ?').get(account)?.forecasts);

const fine = (value: number | null | undefined, digits: number): number | null =>
  value == null ? null : Number(value.toFixed(digits));

const valuesOf = ({window, madeAt, used, resetsAt, learnedFrom, forecast}: MadeForecast): unknown[] => [
  ...[window, madeAt, used, resetsAt, learnedFrom, forecast.verdict, fine(forecast.probability, 6)],
  ...[forecast.runOutAt, forecast.range?.[0] ?? null, forecast.range?.[1] ?? null],
  ...[forecast.usedAtReset, forecast.usedRange?.[0], forecast.usedRange?.[1]].map(value => fine(value, 4)),
];

/** null where there is none, and where they are too many. */
function encodeForecasts(made: readonly MadeForecast[]): string | null {
  const json = JSON.stringify(made.map(valuesOf));
  return made.length === 0 || json.length > longest ? null : json;
}

/** Another version may have written them, or they may be damaged: what cannot be read is made anew. */
export function decodeForecasts(json: unknown): MadeForecast[] {
  if (typeof json !== 'string') return [];
  try {
    const all: unknown = JSON.parse(json);
    return Array.isArray(all) ? all.flatMap(values => madeFrom(values) ?? []) : [];
  } catch {
    return [];
  }
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= 8.64e15;
const isPercent = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 100;

function madeFrom(values: unknown): MadeForecast | null {
  if (!Array.isArray(values)) return null;
  const [window, madeAt, used, resetsAt, learnedFrom, ...rest] = values as unknown[];
  const forecast = forecastFrom(rest);
  if (forecast === null || typeof window !== 'string' || typeof used !== 'number') return null;
  if (!isTime(madeAt) || !isTime(resetsAt) || !(learnedFrom === null || isTime(learnedFrom))) return null;
  return {window, madeAt, used, resetsAt, learnedFrom, forecast};
}

const silent = {probability: null, runOutAt: null, range: null, usedAtReset: null, usedRange: null};

function forecastFrom([verdict, probability, runOutAt, from, to, usedAtReset, low, high]: unknown[]): Forecast | null {
  if (!verdicts.includes(verdict)) return null;
  if (verdict === 'too-early') return {verdict, ...silent};
  if (typeof probability !== 'number' || probability < 0 || probability > 1) return null;
  if (!isPercent(usedAtReset) || !isPercent(low) || !isPercent(high)) return null;
  const range = isTime(from) && isTime(to) ? ([from, to] as const) : null;
  const times = {runOutAt: isTime(runOutAt) ? runOutAt : null, range};
  return {verdict: verdict as Verdict, probability, ...times, usedAtReset, usedRange: [low, high]};
}
