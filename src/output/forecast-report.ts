import type {Forecast} from '../core/foresight/forecast.ts';
import type {ForecastOf, WindowForecast} from '../core/foresight/forecasts.ts';
import {withOutlook} from '../core/foresight/outlook-of.ts';
import type {AccountState, Window} from '../core/model.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {outlookSentence} from '../view/format/outlook.ts';
import {percent} from '../view/format/use.ts';
import {en} from '../view/strings/en.ts';
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
type Row = {account: Read; window: Window; usedPercent: number; forecast: WindowForecast | null};

/** Every window whose use is known. */
export const forecastRows = (accounts: readonly Read[], forecastOf: ForecastOf): Row[] =>
  accounts.flatMap(account =>
    (account.reading?.windows ?? []).flatMap(window =>
      window.use.state === 'known'
        ? [{account, window, usedPercent: window.use.usedPercent, forecast: forecastOf(account, window)}]
        : [],
    ),
  );

export const forecastJson = (rows: readonly Row[], now: number): string =>
  `${JSON.stringify(
    {
      schema: 'mystatus/v1',
      generatedAt: iso(now),
      forecasts: rows.map(({account, window, usedPercent, forecast}) => ({
        ...{provider: account.provider, account: account.key, window: sanitize(window.id), usedPercent},
        forecast: reportForecast(forecast),
      })),
    },
    null,
    2,
  )}\n`;

/** One line for each window. */
export const forecastText = (rows: readonly Row[], now: number): string =>
  rows
    .map(
      ({account, window, usedPercent, forecast}) =>
        `${account.key} ${sanitize(window.id)}: ${percent(usedPercent)} used, ${sentence(window, forecast, now)}\n`,
    )
    .join('');

/** As the screen says it: no finer than it is known. */
const sentence = (window: Window, forecast: WindowForecast | null, now: number): string =>
  outlookSentence(withOutlook(window, forecast, now), {strings: en, now, clock: {hourCycle: 24}, show: 'used'}) ||
  'no forecast';
