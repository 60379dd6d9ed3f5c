import type {Forecast} from '../core/foresight/forecast.ts';
import type {ForecastOf, WindowForecast} from '../core/foresight/forecasts.ts';
import type {AccountState} from '../core/model.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {iso} from './iso.ts';

/** Forecasts as scripts and people get them. */

export type ReportForecast = {
  verdict: Forecast['verdict'];
  probability: number | null;
  runOutAt: string | null;
  range: (string | null)[] | null;
  usedAtReset: number | null;
  usedRange: (number | null)[] | null;
  learnedFrom: string | null;
};

// As many digits as mean something.
const rounded = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toFixed(digits));

export const reportForecast = (forecast: WindowForecast | null): ReportForecast | null =>
  forecast === null
    ? null
    : {
        verdict: forecast.verdict,
        probability: rounded(forecast.probability, 4),
        runOutAt: iso(forecast.runOutAt),
        range: forecast.range?.map(iso) ?? null,
        usedAtReset: rounded(forecast.usedAtReset, 2),
        usedRange: forecast.usedRange?.map(each => rounded(each, 2)) ?? null,
        learnedFrom: iso(forecast.learnedFrom),
      };

type Read = Pick<AccountState, 'key' | 'provider' | 'reading' | 'readAt' | 'failure'>;
type Row = {account: Read; window: string; usedPercent: number; forecast: WindowForecast | null};

/** Every window whose use is known. */
export const forecastRows = (accounts: readonly Read[], forecastOf: ForecastOf): Row[] =>
  accounts.flatMap(account =>
    (account.reading?.windows ?? []).flatMap(window =>
      window.use.state === 'known'
        ? [{account, window: window.id, usedPercent: window.use.usedPercent, forecast: forecastOf(account, window)}]
        : [],
    ),
  );

export const forecastJson = (rows: readonly Row[], now: number): string =>
  `${JSON.stringify(
    {
      schema: 'mystatus/v1',
      generatedAt: iso(now),
      forecasts: rows.map(({account, window, usedPercent, forecast}) => ({
        ...{provider: account.provider, account: account.key, window: sanitize(window), usedPercent},
        forecast: reportForecast(forecast),
      })),
    },
    null,
    2,
  )}\n`;

/** One line for each window. */
export const forecastText = (rows: readonly Row[]): string =>
  rows
    .map(
      ({account, window, usedPercent, forecast}) =>
        `${account.key} ${sanitize(window)}: ${Math.round(usedPercent)}% used, ${sentence(forecast)}\n`,
    )
    .join('');

function sentence(forecast: WindowForecast | null): string {
  if (forecast === null) return 'no forecast';
  const {verdict, range, runOutAt, usedRange} = forecast;
  const chance = `${Math.round((forecast.probability ?? 0) * 100)}%`;
  const between = range === null ? '' : `, between ${momentOf(range[0])} and ${momentOf(range[1])} (8 times in 10)`;
  switch (verdict) {
    case 'no-forecast':
      return 'no forecast';
    case 'too-early':
      return 'too early to say when it runs out';
    case 'spent':
      return 'spent';
    case 'runs-out':
      return `runs out about ${momentOf(runOutAt ?? 0)}${between}; chance ${chance}`;
    case 'may-run-out':
      return `may run out${between}; chance ${chance}`;
    case 'lasts':
      return `lasts until the reset: ${(usedRange ?? []).map(Math.round).join('–')}% used by then (8 times in 10); chance to run out ${chance}`;
  }
}

const two = (value: number): string => String(value).padStart(2, '0');
/** Local time, by the day and to five minutes: it is no better known. */
function momentOf(at: number): string {
  const then = new Date(Math.round(at / 300_000) * 300_000);
  const date = `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
  return `${date} ${two(then.getHours())}:${two(then.getMinutes())}`;
}
