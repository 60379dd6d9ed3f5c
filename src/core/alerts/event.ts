import type {WindowForecast} from '../foresight/forecasts.ts';
import type {FailureCode} from '../model.ts';

/** What may be worth an alert; docs/alerts.md says when each is. */
export const alertNames = [
  'threshold',
  'run-out',
  'spent',
  'back',
  'reset',
  'early-reset',
  'plan-changed',
  'login',
  'changed',
  'unused',
] as const;
export type AlertName = (typeof alertNames)[number];

/** How soon an alert tells that a limit will run out. */
export const runOutNames = ['early', 'normal', 'sure', 'off'] as const;
export const channelNames = ['bell', 'terminal', 'desktop', 'command', 'webhook'] as const;
export type ChannelName = (typeof channelNames)[number];

export type AlertRule = {provider?: string; window?: string; events?: AlertName[]; thresholds?: number[]};

export type AlertSettings = {
  channels: ChannelName[];
  runOut: (typeof runOutNames)[number];
  /** Spans of the local day, "22:00-08:00". */
  quiet: string[];
  /** The first that fits a window decides about it. */
  rules: AlertRule[];
  /** Percent used. */
  thresholds: number[];
  /** Program and arguments. */
  command: string[];
  webhook: string | null;
  /** Address of an ntfy server; the topic lies with the credentials. */
  ntfy: string | null;
};

/** Something that happened to a limit or a login. Times are epoch ms. */
export type AlertEvent = {
  event: AlertName;
  at: number;
  provider: string;
  account: string;
  label: string;
  /** Id of the window; null where it is about the login. */
  window: string | null;
  usedPercent: number | null;
  /** Percent used before, where that is what it is compared with. */
  usedBefore: number | null;
  resetsAt: number | null;
  threshold: number | null;
  failure: FailureCode | null;
  forecast: WindowForecast | null;
};

/** What cannot wait: the others inform. */
export const isUrgent = ({event}: Pick<AlertEvent, 'event'>): boolean =>
  event === 'spent' || event === 'run-out' || event === 'login';

/** An alert that was given, as it is remembered. `window` is '' where it was about the login. */
export type GivenAlert = {account: string; window: string; rule: string; at: number; seen: number | null};
