import type {AlertEvent} from '../core/alerts/event.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {type ReportForecast, reportForecast} from './forecast-report.ts';
import {iso} from './iso.ts';

/** An event for scripts: a hook's standard input, a webhook's body, a line of `watch --json`. Published as schema/mystatus-event.v1.schema.json. */
export type EventJson = {
  schema: 'mystatus-event/v1';
  event: AlertEvent['event'] | 'test';
  at: string | null;
  provider: string | null;
  account: string | null;
  /** null with `--privacy`. */
  label: string | null;
  window: string | null;
  usedPercent: number | null;
  usedBefore: number | null;
  resetsAt: string | null;
  threshold: number | null;
  status: AlertEvent['failure'];
  forecast: ReportForecast | null;
  text: string;
};

export const eventJson = (event: AlertEvent, text: string, privacy: boolean): EventJson => ({
  schema: 'mystatus-event/v1',
  event: event.event,
  at: iso(event.at),
  provider: event.provider,
  account: event.account,
  label: privacy ? null : sanitize(event.label, 200),
  window: event.window === null ? null : sanitize(event.window),
  usedPercent: rounded(event.usedPercent),
  usedBefore: rounded(event.usedBefore),
  resetsAt: iso(event.resetsAt),
  threshold: event.threshold,
  status: event.failure,
  forecast: reportForecast(event.forecast),
  text,
});

/** What `alerts test` sends: everything is there, and nothing of anybody. */
export const testEventJson = (now: number, text: string): EventJson => ({
  ...{schema: 'mystatus-event/v1', event: 'test', at: iso(now), provider: null, account: null, label: null},
  ...{window: null, usedPercent: null, usedBefore: null, resetsAt: null, threshold: null, status: null},
  ...{forecast: null, text},
});

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1e4) / 1e4);
