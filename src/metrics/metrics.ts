import type {AccountState, Window} from '../core/model.ts';
import {type NextPoll, nextPolls, timeOf} from '../core/polling/next-poll.ts';
import {accountsAt} from '../core/reading-at.ts';
import type {Services} from '../core/services.ts';
import {sanitize} from '../core/text/sanitize.ts';

/** The figures as series of numbers, described once for every way to export them. What is not known has no series. */
export type Metric = {
  name: string;
  help: string;
  kind: 'gauge' | 'counter';
  labelNames: readonly string[];
  samples(snapshot: Snapshot): Sample[];
};
export type Sample = {labels: Record<string, string>; value: number};

export type MetricsSource = Pick<Services, 'now'> & {
  monitor: Pick<Services['monitor'], 'store' | 'forecasts' | 'requests'>;
};

/** What all series of one moment are taken from. */
export type Snapshot = {
  now: number;
  accounts: readonly AccountState[];
  next: ReadonlyMap<string, NextPoll>;
  forecastOf: ReturnType<MetricsSource['monitor']['forecasts']['get']>;
  requests: ReturnType<MetricsSource['monitor']['requests']>;
};

export function snapshotOf({monitor, now}: MetricsSource): Snapshot {
  const [state, at] = [monitor.store.get(), now()];
  return {
    now: at,
    accounts: accountsAt(state, at),
    next: nextPolls(state, at),
    forecastOf: monitor.forecasts.get(),
    requests: monitor.requests(),
  };
}

export const metrics: readonly Metric[] = [
  ofWindows('mystatus_used_ratio', 'Used share of a limit: 1 is all of it, and more is over it.', ({use}) =>
    use.state === 'known' ? use.usedPercent / 100 : null,
  ),
  ofWindows(
    'mystatus_reset_timestamp_seconds',
    'When a limit resets, or did since it was read, in Unix time.',
    window => inSeconds(window.resetsAt),
  ),
  ofWindows('mystatus_window_seconds', 'Length of the period of a limit.', ({windowMs}) => inSeconds(windowMs)),
  ofWindows(
    'mystatus_exhaustion_probability',
    'Probability, from 0 to 1, that a limit is used up before it resets.',
    (window, account, {forecastOf}) => forecastOf(account, window)?.probability ?? null,
  ),
  {
    name: 'mystatus_amount',
    help: 'A quantity beside the limits, such as a balance, in its unit.',
    kind: 'gauge',
    labelNames: ['provider', 'account', 'amount', 'unit'],
    samples: ({accounts}) =>
      accounts.flatMap(account =>
        (account.reading?.amounts ?? []).flatMap(({id, unit, value}) =>
          sample({...labelsOf(account), amount: id, unit}, value),
        ),
      ),
  },
  ofAccounts('mystatus_up', 'Whether the last refresh of an account gave a reading (1) or failed (0).', account =>
    account.failure !== null ? 0 : account.reading === null ? null : 1,
  ),
  ofAccounts('mystatus_last_success_timestamp_seconds', 'When an account was last read, in Unix time.', account =>
    account.reading === null ? null : inSeconds(account.readAt),
  ),
  ofAccounts('mystatus_next_poll_timestamp_seconds', 'When an account is refreshed next, in Unix time.', ({key}, of) =>
    inSeconds(nextPollAt(of.next.get(key), of.now)),
  ),
  {
    name: 'mystatus_requests_total',
    help: 'Requests that this process made of an account, by how they ended.',
    kind: 'counter',
    labelNames: ['provider', 'account', 'outcome'],
    samples({accounts, requests}) {
      const shown = new Set(accounts.map(({key}) => key));
      return requests
        .filter(({account}) => shown.has(account))
        .flatMap(({provider, account, outcome, count}) => sample({provider, account, outcome}, count));
    },
  },
];

function ofAccounts(
  name: string,
  help: string,
  figure: (account: AccountState, of: Snapshot) => number | null,
): Metric {
  const samples = (of: Snapshot): Sample[] =>
    of.accounts.flatMap(account => sample(labelsOf(account), figure(account, of)));
  return {name, help, kind: 'gauge', labelNames: ['provider', 'account'], samples};
}

function ofWindows(
  name: string,
  help: string,
  figure: (window: Window, account: AccountState, of: Snapshot) => number | null,
): Metric {
  const samples = (of: Snapshot): Sample[] =>
    of.accounts.flatMap(account =>
      (account.reading?.windows ?? []).flatMap(window =>
        sample({...labelsOf(account), window: window.id}, figure(window, account, of)),
      ),
    );
  return {name, help, kind: 'gauge', labelNames: ['provider', 'account', 'window'], samples};
}

/** Never the account's name: a key says nothing of a person. */
const labelsOf = ({provider, key}: AccountState): Record<string, string> => ({provider, account: key});

/** None when the value is not known. Ids may come from a service. */
function sample(labels: Record<string, string>, value: number | null): Sample[] {
  if (value === null || !Number.isFinite(value)) return [];
  const cleaned = Object.entries(labels).map(([name, text]) => [name, sanitize(text, 200)] as const);
  return [{labels: Object.fromEntries(cleaned), value}];
}

const inSeconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000);

/** What is overdue is refreshed now, not at a time that is over. */
function nextPollAt(next: NextPoll | undefined, now: number): number | null {
  const at = next === undefined ? null : timeOf(next);
  return at === null ? null : Math.max(at, now);
}
