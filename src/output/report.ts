import type {ForecastOf, WindowForecast} from '../core/foresight/forecasts.ts';
import {outcomeOf} from '../core/health.ts';
import type {AccountState, Amount, MonitorState, Note, Outcome, Share, Unit, Use, Window} from '../core/model.ts';
import {type NextPoll, nextPolls, timeOf} from '../core/polling/next-poll.ts';
import {accountsAt} from '../core/reading-at.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {failureText, noteWithTime, outcomeText, remedyText, windowLabel} from '../view/format/labels.ts';
import {hideIdentities} from '../view/format/privacy.ts';
import {en, type Strings} from '../view/strings/en.ts';
import {type ReportForecast, reportForecast} from './forecast-report.ts';
import {iso} from './iso.ts';

/** `--json`: what scripts rely on. Published as schema/mystatus.v1.schema.json; names here are fixed, adding is free. */
export const schemaName = 'mystatus/v1';

export type ReportWindow = {
  id: string;
  label: string;
  pool: string | null;
  state: Use['state'];
  usedPercent: number | null;
  remainingPercent: number | null;
  used: number | null;
  limit: number | null;
  unit: Unit;
  windowSeconds: number | null;
  resetsAt: string | null;
  /** When it runs out; null where that cannot be told. */
  forecast: ReportForecast | null;
  /** Why a window is `unknown`. */
  why?: string;
  limitFrom?: 'plan-table';
  shares?: Share[];
};
export type ReportAmount = {id: string; label: string; value: number; unit: Unit; limit?: number};
export type ReportAccount = {
  provider: string;
  account: string;
  label: string;
  source: string;
  /** Origin of the host that stands in for the service's own; null when none does. */
  endpoint: string | null;
  /** Name of the machine that polls it, where that is not this one. */
  machine?: string;
  plan: string | null;
  status: Outcome;
  message: string | null;
  remedy: string | null;
  readAt: string | null;
  stale: boolean;
  nextPollAt: string | null;
  windows: ReportWindow[];
  amounts: ReportAmount[];
  notes: string[];
};
export type Report = {schema: typeof schemaName; generatedAt: string; accounts: ReportAccount[]};
/** `words`: English, with the names that the providers bring. */
export type ReportOptions = {now: number; privacy: boolean; words?: Strings; forecastOf?: ForecastOf};

export function toReport(state: MonitorState, {now, privacy, words = en, forecastOf}: ReportOptions): Report {
  const next = nextPolls(state, now);
  const endpoints = new Map(state.providers.map(({id, endpoint}) => [id, endpoint]));
  const accounts = accountsAt(privacy ? hideIdentities(state) : state, now);
  return {
    schema: schemaName,
    generatedAt: iso(now) ?? new Date(0).toISOString(),
    accounts: accounts.map(account =>
      toReportAccount(account, {
        nextPoll: nextPollAt(next.get(account.key), now),
        endpoint: endpoints.get(account.provider) ?? null,
        words,
        forecastOf,
      }),
    ),
  };
}

/** What is overdue is asked as soon as a copy runs: now, not at a time that is over. */
function nextPollAt(next: NextPoll | undefined, now: number): number | null {
  const at = next === undefined ? null : timeOf(next);
  return at === null ? null : Math.max(at, now);
}

/** The report as it is printed. */
export const reportText = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;

/** 0: every account gave a reading; 1: some account failed; 3: there is none. */
export function exitCodeOf(state: MonitorState): 0 | 1 | 3 {
  const accounts = state.providers.flatMap(provider => provider.accounts.flatMap(key => state.accounts[key] ?? []));
  if (accounts.length === 0) return 3;
  return accounts.every(account => account.failure === null && account.reading !== null) ? 0 : 1;
}

/** One account alone, which is polled by nobody. */
export const reportAccount = (account: AccountState): ReportAccount =>
  toReportAccount(account, {nextPoll: null, endpoint: null, words: en, forecastOf: undefined});

type Beside = {nextPoll: number | null; endpoint: string | null; words: Strings; forecastOf: ForecastOf | undefined};

function toReportAccount(account: AccountState, {nextPoll, endpoint, words, forecastOf}: Beside): ReportAccount {
  const {reading, failure} = account;
  // Figures are there: nothing has to be done.
  const remedy = outcomeOf(account) === 'ok_empty' ? reading?.remedy : failure?.remedy;
  return {
    provider: account.provider,
    account: account.key,
    label: sanitize(account.label, 200),
    source: sanitize(account.source, 200),
    endpoint,
    ...(account.machine === undefined ? {} : {machine: sanitize(account.machine, 40)}),
    plan: typeof reading?.plan === 'string' ? sanitize(reading.plan, 200) : null,
    status: outcomeOf(account),
    message: messageOf(account),
    remedy: remedy ? sanitize(remedyText(remedy, words), 2500) : null,
    readAt: reading === null ? null : iso(account.readAt),
    stale: failure !== null && reading !== null,
    nextPollAt: iso(nextPoll),
    windows: reading?.windows.map(window => toReportWindow(window, words, forecastOf?.(account, window) ?? null)) ?? [],
    amounts: reading?.amounts.map(toReportAmount) ?? [],
    notes: reading?.notes.map(note => sanitize(noteLine(note, words), 300)) ?? [],
  };
}

/** What went wrong in our words, and what the service said about it where that adds something; null when all is well. */
function messageOf(account: AccountState): string | null {
  const outcome = outcomeOf(account);
  if (outcome === 'ok') return null;
  const {failure} = account;
  if (failure === null) return outcomeText(outcome, en);
  const words = failureText(failure, en);
  const detail = sanitize(failure.detail, 200);
  return detail === '' || detail === failure.code || detail === words ? words : `${words}: ${detail}`;
}

function toReportWindow(window: Window, words: Strings, forecast: WindowForecast | null): ReportWindow {
  const {use} = window;
  const used = use.state === 'known' ? use.usedPercent : null;
  return {
    id: window.id,
    label: windowLabel(window.id, words),
    pool: window.pool,
    state: use.state,
    usedPercent: rounded(used),
    remainingPercent: used === null ? null : rounded(100 - used),
    used: use.state === 'known' || use.state === 'unlimited' ? rounded(use.used) : null,
    limit: use.state === 'known' ? rounded(use.limit) : null,
    unit: window.unit,
    windowSeconds: window.windowMs === null ? null : Math.round(window.windowMs / 1000),
    resetsAt: iso(window.resetsAt),
    forecast: reportForecast(forecast),
    ...(use.state === 'unknown' ? {why: sanitize(use.why, 200)} : {}),
    ...(window.limitFrom === undefined ? {} : {limitFrom: window.limitFrom}),
    ...(window.shares === undefined ? {} : {shares: window.shares.map(toReportShare)}),
  };
}

const toReportShare = ({name, value, unit}: Share): Share => ({
  name: sanitize(name, 200),
  value: rounded(value) ?? 0,
  unit,
});

const toReportAmount = ({id, value, unit, limit}: Amount): ReportAmount => ({
  id,
  label: en.amounts[id] ?? id,
  value: rounded(value) ?? 0,
  unit,
  ...(limit === undefined ? {} : {limit: rounded(limit) ?? 0}),
});

// For scripts a time is a date, whatever clock the screen shows.
const noteLine = (note: Note, words: Strings): string => noteWithTime(note, words, at => iso(at) ?? String(at));

/** Four decimals at most; −0 and what is no finite number do not leave the house. */
export function rounded(value: number | null | undefined): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  const exact = Math.abs(value) < 1e11 ? Math.round(value * 1e4) / 1e4 : value;
  return exact === 0 ? 0 : exact;
}
