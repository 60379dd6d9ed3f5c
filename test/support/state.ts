import type {Outlook} from '../../src/core/foresight/outlook.ts';
import type {AccountState, Amount, Failure, MonitorState, Note, Reading, Use, Window} from '../../src/core/model.ts';
import {families} from './families.ts';

/** Invented states of the monitor, for pictures and tests of the screen. All times are relative to `now`. */

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** A Sunday morning, in UTC. */
export const someNow = Date.UTC(2026, 10, 22, 9, 0, 0);

const lengths: Record<string, number> = {'5h': 5 * hour, weekly: 7 * day, monthly: 30 * day, '30d': 30 * day};

/** A window whose length follows from its id; `resetsIn` in ms. */
export function window(id: string, use: number | Use, resetsIn: number | null, more: Partial<Window> = {}): Window {
  const [length, pool] = [id.split('/').at(-1) ?? id, id.includes('/') ? (id.split('/')[0] ?? null) : null];
  return {
    id,
    pool,
    windowMs: lengths[length] ?? null,
    resetsAt: resetsIn === null ? null : someNow + resetsIn,
    use: typeof use === 'number' ? {state: 'known', usedPercent: use} : use,
    unit: 'percent',
    ...more,
  };
}

/** The window with what is told of its time to come: it lasts, unless more is said. */
export const foretold = (of: Window, more: Partial<Outlook> = {}): Window => ({
  ...of,
  outlook: {
    ...{verdict: 'lasts', oneIn: 20, chance: 5, runOutAt: null, range: null, usedRange: [40, 62]},
    ...{learningSince: null, record: null},
    ...more,
  },
});

export const reading = (
  plan: string | null,
  windows: Window[],
  amounts: Amount[] = [],
  notes: Note[] = [],
): Reading => ({
  plan,
  windows,
  amounts,
  notes,
});

export function account(
  key: string,
  label: string,
  read: Reading | null,
  more: Partial<AccountState> = {},
): AccountState {
  return {
    key,
    provider: key.split(':')[0] ?? key,
    label,
    source: 'opencode auth.json',
    expiresAt: null,
    fingerprint: 'f00dfeed',
    reading: read,
    readAt: read ? someNow - 20_000 : null,
    failure: null,
    lastAttemptAt: someNow - 20_000,
    refreshing: false,
    dueAt: someNow + 100_000,
    failures: 0,
    ...more,
  };
}

export const failure = (code: Failure['code'], more: Partial<Failure> = {}): Failure => ({
  code,
  detail: '',
  retryAt: null,
  remedy: null,
  ...more,
});

/** A monitor state of these accounts, in their order. */
export function monitorState(accounts: AccountState[], more: Partial<MonitorState> = {}): MonitorState {
  return {
    providers: families.map(id => ({
      id,
      accounts: accounts.filter(each => each.provider === id).map(each => each.key),
      hidden: 0,
      discovered: true,
    })),
    disabled: [],
    accounts: Object.fromEntries(accounts.map(each => [each.key, each])),
    paused: false,
    offline: false,
    notices: [],
    ...more,
  };
}

const copilotWindow = (used: number): Window =>
  window('premium/monthly', {state: 'known', usedPercent: used / 3, used, limit: 300}, 9 * day + 3 * hour, {
    unit: 'requests',
    limitFrom: 'plan-table',
    shares: [
      {name: 'Claude Sonnet 4.6', value: used * 0.7, unit: 'requests'},
      {name: 'GPT-5', value: used * 0.3, unit: 'requests'},
    ],
  });

export const freshAccounts = (): AccountState[] => [
  account(
    'openai:3f2a91c0',
    'user@example.com',
    reading(
      'Plus',
      [
        window('5h', 62, 2 * hour + 13 * minute),
        window('weekly', 21, 4 * day + 6 * hour),
        window('code-review/weekly', 3, 6 * day + hour),
      ],
      [{id: 'credits', value: 796.25, unit: 'credits'}],
    ),
    {source: 'codex auth.json', expiresAt: someNow + 8 * day},
  ),
  account(
    'copilot:8d01be77',
    'octo',
    reading(
      'Pro',
      [copilotWindow(228), window('chat/monthly', {state: 'unlimited'}, 9 * day + 3 * hour, {unit: 'requests'})],
      [{id: 'billed', value: 1.2, unit: 'usd'}],
    ),
    {source: 'gh hosts.yml', readAt: someNow - 4 * minute, dueAt: someNow + 11 * minute},
  ),
  account(
    'google:11aa22bb',
    'user@example.org',
    reading('Ultra', [
      window('gemini/5h', 8, 3 * hour + 40 * minute),
      window('gemini/weekly', {state: 'not-started'}, null),
      window('claude-gpt/5h', 41, 55 * minute),
      window('claude-gpt/weekly', {state: 'unknown', why: 'no figure'}, 5 * day),
    ]),
    {source: 'antigravity-accounts.json'},
  ),
  account(
    'zai:77fe0a12',
    'Z.ai key',
    reading('Max', [
      window('5h', {state: 'known', usedPercent: 12, used: 4_300_000, limit: 36_000_000}, 4 * hour + 2 * minute, {
        unit: 'tokens',
      }),
      window('mcp/monthly', {state: 'known', usedPercent: 2.3, used: 92, limit: 4000}, 17 * day, {unit: 'calls'}),
    ]),
  ),
  account(
    'zhipu:0c93d455',
    'Zhipu key',
    reading('Pro', [window('5h', 34, 90 * 1000), window('weekly', 71, 2 * day + 5 * hour)]),
  ),
];

const change = (accounts: AccountState[], key: string, more: Partial<AccountState>): AccountState[] =>
  accounts.map(each => (each.key.startsWith(`${key}:`) ? {...each, ...more} : each));

/** Everything well and read a moment ago. */
export const fresh = (): MonitorState => monitorState(freshAccounts());

/** Everything is being asked. */
export const busy = (): MonitorState =>
  monitorState(freshAccounts().map(each => ({...each, refreshing: true, dueAt: null})));

/** One of each way of failing; the last good readings stay where there are any. */
export function failing(): MonitorState {
  let accounts = freshAccounts();
  accounts = change(accounts, 'openai', {
    failure: failure('expired', {detail: 'token expired', remedy: {code: 'run', command: 'codex'}}),
    readAt: someNow - 47 * minute,
    failures: 3,
    dueAt: someNow + 14 * minute,
  });
  accounts = change(accounts, 'copilot', {
    failure: failure('rate_limited', {detail: 'HTTP 429', retryAt: someNow + 6 * minute}),
    readAt: someNow - 3 * hour,
    failures: 1,
    dueAt: someNow + 6 * minute,
  });
  accounts = change(accounts, 'google', {
    reading: null,
    readAt: null,
    failures: 2,
    failure: failure('auth_rejected', {
      detail: 'VALIDATION_REQUIRED',
      remedy: {code: 'verify', name: 'Google', url: 'https://accounts.google.com/v'},
    }),
  });
  accounts = change(accounts, 'zai', {
    failure: failure('network', {detail: 'connect ECONNREFUSED', remedy: {code: 'network'}}),
    readAt: someNow - 9 * minute,
    failures: 4,
  });
  accounts = change(accounts, 'zhipu', {
    failure: failure('bad_response', {
      detail: 'the answer has another shape',
      remedy: {code: 'report'},
      shape: '{limits: [{type: string}]}',
    }),
    failures: 1,
  });
  return monitorState(accounts);
}

/** Limits reached and passed. */
export function exhausted(): MonitorState {
  const worn: Record<string, Window[]> = {
    openai: [window('5h', 100, 41 * minute), window('weekly', 97, day + 2 * hour)],
    copilot: [copilotWindow(411)],
    google: [
      window('gemini/5h', 92, 12 * minute),
      window('gemini/weekly', 88, 3 * day),
      window('claude-gpt/5h', 100, 4 * hour),
      window('claude-gpt/weekly', 79, 3 * day),
    ],
    zai: [window('5h', 91, 8 * minute, {unit: 'tokens'}), window('mcp/monthly', 100, 3 * day, {unit: 'calls'})],
    zhipu: [window('5h', 73, 2 * hour), window('weekly', 100, 45 * 1000)],
  };
  return monitorState(
    freshAccounts().map(each => ({
      ...each,
      reading: reading(
        each.reading?.plan ?? null,
        worn[each.provider] ?? [],
        each.reading?.amounts,
        each.provider === 'openai' ? [{code: 'limit-reached-using-credits'}] : [],
      ),
    })),
  );
}

/** Many accounts in one provider. */
export const crowd = (count: number): MonitorState =>
  monitorState([
    ...freshAccounts().filter(each => each.provider !== 'google'),
    ...Array.from({length: count}, (_, index) =>
      account(
        `google:${index.toString(16).padStart(8, '0')}`,
        `person${index}@example.org`,
        reading('Pro', [
          window('gemini/5h', (index * 37) % 100, hour + index * minute),
          window('claude-gpt/weekly', (index * 13) % 90, 3 * day),
        ]),
      ),
    ),
  ]);

/** Some providers with several logins, one of them with many. */
export function many(): MonitorState {
  const [openai, copilot, google, ...others] = freshAccounts();
  const several = (one: AccountState | undefined, count: number): AccountState[] =>
    one === undefined
      ? []
      : Array.from({length: count}, (_, at) => ({
          ...one,
          key: `${one.provider}:${at}`,
          label: `${one.label}${at + 1}`,
        }));
  return monitorState([...several(openai, 2), ...several(copilot, 12), ...several(google, 3), ...others]);
}

export const nothing = (): MonitorState => monitorState([]);
