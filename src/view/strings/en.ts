import type {AlertName} from '../../core/alerts/event.ts';
import type {AmountId, FailureCode, NoteCode, Notice, Outcome, RefusalCode, RemedyCode} from '../../core/model.ts';
import type {NoteParts, ProviderWords, RemedyParts} from '../../core/provider-words.ts';
import type {SortName} from '../../core/settings.ts';
import type {Thing} from '../../core/vocabulary.ts';
import type {FilterField, FilterState} from '../filter-terms.ts';
import type {ActionName} from '../keymap/table.ts';
import type {PlotSpan} from '../plot/spans.ts';

const two = (count: number): string => String(count).padStart(2, '0');
type RefusalParts = {name: string; place?: string};
const after = (text: string | undefined): string => (text === undefined ? '' : `: ${text}`);
/** The name is a provider's id, not the place where a credential was found. */
export const isProvider = (name: string | undefined): boolean => name !== undefined && /^[a-z][a-z\d-]*$/.test(name);
const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** English, and the measure of completeness: the other languages have its type. */
export const en = {
  name: 'English',

  /** Names of periods. `full` names the limit, `short` fits narrow panels. */
  window: {
    full: {
      hours: (count: number) => `${count}-hour limit`,
      days: (count: number) => (count === 1 ? 'Daily limit' : `${count}-day limit`),
      minutes: (count: number) => `${count}-minute limit`,
      weekly: 'Weekly limit',
      monthly: 'Monthly limit',
      total: 'Total limit',
      unit: (unit: string, count: string) => `Limit (unit ${unit} × ${count})`,
    },
    short: {
      hours: (count: number) => `${count}h`,
      days: (count: number) => (count === 1 ? 'day' : `${count}d`),
      minutes: (count: number) => `${count}m`,
      weekly: 'week',
      monthly: 'month',
      total: 'total',
      unit: (unit: string, count: string) => `${unit}×${count}`,
    },
    /** A limit of a named pool: 'Spark 5-hour limit'. */
    pooled: (pool: string, limit: string) => `${pool} ${limit.charAt(0).toLowerCase()}${limit.slice(1)}`,
  },

  units: {
    percent: '%',
    requests: 'requests',
    tokens: 'tokens',
    credits: 'credits',
    calls: 'calls',
    count: 'count',
    points: 'points',
    characters: 'characters',
  } satisfies Record<Thing, string>,
  amounts: {
    balance: 'Balance',
    'balance/granted': 'Granted balance',
    'balance/paid': 'Paid balance',
    'balance/cash': 'Cash balance',
    'balance/voucher': 'Vouchers',
    'balance/workspace': 'Workspace balance',
    owed: 'Owed',
    spend: 'Spend',
    'spend/daily': 'Spend today',
    'spend/weekly': 'Spend this week',
    'spend/own-keys': 'Spend on own keys',
    credits: 'Credits',
    used: 'Used',
    billed: 'Billed',
    overage: 'Overage',
    'reset-credits': 'Limit resets left',
  } satisfies Record<AmountId, string>,
  /** '12 of 300 requests' in the detail view. */
  ofLimit: (used: string, limit: string, unit: string) => `${used} of ${limit} ${unit}`,
  withUnit: (count: string, unit: string) => `${count} ${unit}`,

  notes: {
    'limit-reached': ({text}: NoteParts) => `limit reached${after(text)}`,
    'limit-reached-using-credits': ({text}: NoteParts) => `limit reached, using credits${after(text)}`,
    'credits-unlimited': () => 'unlimited credits',
    'plan-table': ({text}: NoteParts) => `limit from the published plan table${after(text)}`,
    'pool-exhausted': ({text}: NoteParts) => (text === undefined ? 'a pool is used up' : `used up: ${text}`),
    'managed-by-organisation': ({text}: NoteParts) => `managed by ${text ?? 'your organisation'}`,
    'no-usage-visible': ({text}: NoteParts) => `no usage is visible to this login${after(text)}`,
    disabled: () => 'disabled by its owner',
    model: ({text, percent, time}: NoteParts) =>
      `${text ?? 'model'}${percent === undefined ? '' : `: ${percent} used`}${time === undefined ? '' : `, resets ${time}`}`,
    'model-closed': ({text, time}: NoteParts) =>
      `${text ?? 'a model'} is unavailable${time === undefined ? '' : ` until ${time}`}`,
    'skipped-rows': ({text}: NoteParts) => `part of the response could not be read${after(text)}`,
    message: ({text}: NoteParts) => text ?? 'the service sent a message',
  } satisfies Record<NoteCode, (parts: NoteParts) => string>,

  failures: {
    no_credentials: 'no usable login',
    expired: 'the login has expired',
    auth_rejected: 'the login was rejected',
    scope_missing: 'the login lacks a permission',
    no_plan: 'no plan on this account',
    plan_expired: 'the plan has expired',
    blocked: 'blocked by a web firewall (not a login problem)',
    rate_limited: 'rate limited; waiting',
    server_error: 'the service is having problems',
    network: 'cannot reach the service',
    timeout: 'the request timed out',
    bad_response: 'the response could not be read',
  } satisfies Record<FailureCode, string>,
  /** Where there is room for a word or two. */
  failuresShort: {
    no_credentials: 'no login',
    expired: 'expired',
    auth_rejected: 'rejected',
    scope_missing: 'no permission',
    no_plan: 'no plan',
    plan_expired: 'plan expired',
    blocked: 'blocked',
    rate_limited: 'waiting',
    server_error: 'error',
    network: 'unreachable',
    timeout: 'timeout',
    bad_response: 'unreadable',
  } satisfies Record<FailureCode, string>,
  /** `name` is the id of a provider that the user describes. */
  refusals: {
    'not-trusted': ({name = ''}: RefusalParts) => `${name}: not trusted yet; nothing was sent`,
    'not-trusted-program': ({name = ''}: RefusalParts) => `${name}: not trusted yet; nothing was run`,
    'given-elsewhere': ({name = '', place = 'another address'}: RefusalParts) =>
      `${name}: the key was given for ${place}; log in again`,
    'not-set': ({name = '', place = ''}: RefusalParts) => `${name}: $${place} is not set`,
    writable: ({name = '', place = ''}: RefusalParts) => `${name}: ${place} can be written by others; it was not run`,
    foreign: ({name = '', place = ''}: RefusalParts) => `${name}: ${place} belongs to another user; it was not run`,
  } satisfies Record<RefusalCode, (parts: RefusalParts) => string>,
  outcomes: {ok: 'ok', ok_empty: 'no quota windows reported'} satisfies Record<Exclude<Outcome, FailureCode>, string>,

  remedies: {
    run: ({command = ''}: RemedyParts) => `run \`${command}\``,
    open: ({name = ''}: RemedyParts) => `open ${name} once`,
    restart: ({name = ''}: RemedyParts) => `restart ${name}`,
    update: ({name = '', version}: RemedyParts) =>
      `update \`${name}\`${version === undefined ? '' : ` to ${version} or later`}`,
    'sign-in': ({name, command}: RemedyParts) =>
      `sign in${name === undefined ? '' : ` to ${name}`} again${command === undefined ? '' : `: \`${command}\``}`,
    verify: ({name = '', url}: RemedyParts) => `verify this ${name} account${after(url)}`,
    grant: ({name = '', url}: RemedyParts) => `grant the token the ${name} permission${after(url)}`,
    subscribe: ({name = '', url}: RemedyParts) => `subscribe to ${name}, or use an account that has it${after(url)}`,
    'renew-plan': ({url}: RemedyParts) => `renew the plan${after(url)}`,
    'check-key': ({url}: RemedyParts) => `check that the key is valid and belongs to this site${after(url)}`,
    'fix-file': ({name}: RemedyParts) => `repair ${name ?? 'the file'}, or sign in again with the tool that writes it`,
    'file-permissions': ({name}: RemedyParts) => `make ${name ?? 'the file'} readable by your user`,
    restrict: ({name}: RemedyParts) => `let no other user change ${name ?? 'it'} (chmod go-w)`,
    network: () => 'check the network connection',
    proxy: () => 'check the proxy (HTTPS_PROXY, ALL_PROXY, NO_PROXY)',
    endpoint: ({name}: RemedyParts) =>
      `correct the address of ${name ?? 'this provider'} in the settings or environment`,
    'replace-credential': ({name}: RemedyParts) =>
      isProvider(name)
        ? `store a new credential: \`mystatus-tui login ${name}\``
        : `${name === undefined ? '' : `renew it in ${name}, or `}store a new credential: \`mystatus-tui login\``,
    keychain: ({name}: RemedyParts) =>
      `unlock this computer’s keychain, or store the credential again: \`mystatus-tui login ${name ?? ''}\``,
    'web-page': () => 'sign in to this network in a browser, or try another network or proxy',
    report: ({url}: RemedyParts) => `the provider changed its response format: please report it${after(url)}`,
  } satisfies Record<RemedyCode, (parts: RemedyParts) => string>,

  notices: {
    'ledger-unavailable': 'shared state',
    'ledger-corrupt': 'shared state',
    settings: 'settings',
    credentials: 'stored credentials',
    permissions: 'file permissions',
    environment: 'environment',
    'place-skipped': 'a login may be missing',
    alerts: 'alerts',
  } satisfies Record<Notice['code'], string>,

  /** How bad a figure is: what the filter understands. */
  severities: {warn: 'warning', critical: 'critical', over: 'over the limit'},

  noticesView: {title: 'Notices', none: 'Nothing to report.'},

  states: {
    unknown: 'unknown',
    unlimited: 'unlimited',
    notStarted: 'not started',
    over: 'over',
    used: 'used',
    left: 'left',
    resetting: 'resetting…',
    hasReset: 'has reset',
    hasResetSince: (ago: string) => `reset ${ago}, not read since`,
    hasResetAgo: (ago: string) => `reset ${ago}`,
    noReading: 'no data yet',
    asking: 'refreshing…',
    offline: 'offline',
    paused: 'paused',
    hidden: 'hidden',
    expired: 'expired',
    none: '–',
  },

  time: {
    justNow: 'just now',
    seconds: (seconds: number) => `${seconds}s`,
    minutes: (minutes: number) => `${minutes}m`,
    minutesSeconds: (minutes: number, seconds: number) => `${minutes}m ${two(seconds)}s`,
    hoursMinutes: (hours: number, minutes: number) => `${hours}h ${two(minutes)}m`,
    days: (days: number) => `${days}d`,
    daysHours: (days: number, hours: number) => `${days}d ${hours}h`,
    ago: (age: string) => `${age} ago`,
    resetsIn: (duration: string) => `resets in ${duration}`,
    in: (duration: string) => `in ${duration}`,
    /** `month` from 1; the year only where it is not this one. */
    date: (year: number | null, month: number, day: number) =>
      `${months[month - 1] ?? month} ${day}${year === null ? '' : `, ${year}`}`,
    /** `half` in 12-hour form only; `hours` and `minutes` are spelled. */
    clock: (hours: string, minutes: string, half: 'am' | 'pm' | null) =>
      `${hours}:${minutes}${half === null ? '' : ` ${half.toUpperCase()}`}`,
    dateTime: (date: string, clock: string) => `${date}, ${clock}`,
    /** From Sunday on, short. */
    weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
    dayClock: (day: string, clock: string) => `${day} ${clock}`,
  },

  /** Forecasts. The first ones stand in rows: they fit into 18 cells. */
  outlook: {
    lasts: 'lasts',
    likelyLasts: 'likely lasts',
    mayRunOut: 'may run out',
    mayRunOutIn: (when: string) => `may run out ${when}`,
    out: 'runs out',
    outAt: (when: string) => `out ~${when}`,
    spent: 'spent',
    spentFor: (duration: string) => `spent, back in ${duration}`,
    half: {am: (day: string) => `${day} morning`, pm: (day: string) => `${day} afternoon`},
    used: (range: string) => `${range} used`,
    left: (range: string) => `${range} left`,
    tooEarly: 'too early to say when it runs out',
    lastsUntil: (use: string) => `lasts until the reset: ${use} by then (8 times in 10)`,
    likely: (oneIn: number, use: string) => `likely lasts; 1 in ${oneIn} that it runs out · ${use} by the reset`,
    /** `from` and `to` are empty where they are the same. */
    may: (chance: string, from: string, to: string) =>
      `may run out (${chance})${from === '' ? '' : `: if so, between ${from} and ${to}`}`,
    runsOut: (when: string, from: string, to: string) =>
      `runs out about ${when}${from === '' ? '' : `, between ${from} and ${to} (8 times in 10)`}`,
    beforeReset: (duration: string) => `${duration} before the reset`,
    spentSince: (time: string) => `spent since ${time}`,
    backAt: (time: string) => `back at ${time}`,
    under: (percent: string) => `under ${percent}`,
    over: (percent: string) => `over ${percent}`,
    learning: (since: string) => `learning since ${since}`,
    record: (held: number, of: number) =>
      of === 1
        ? `the last range ${held === 1 ? 'held' : 'did not hold'}`
        : `the last ${of} ranges held ${plural(held, 'time', 'times')}`,
    comma: ', ',
  },

  agenda: {title: 'Resets', none: 'no reset is known', now: 'now'},
  history: {
    title: 'History',
    watched: 'seen',
    limit: 'limit',
    none: 'no history of this limit yet: it grows with every reading',
    spans: {window: 'this period', windows: '2 periods', month: '30 days', year: '1 year'} satisfies Record<
      PlotSpan,
      string
    >,
    marks: {
      reset: 'reset',
      early: 'early reset',
      now: 'now',
      middle: 'forecast',
      fan: '8 times in 10',
      unwatched: 'not watched',
    },
  },
  header: {
    /** What the percentages on the screen mean. */
    showing: {used: 'USED %', left: 'LEFT %'},
    tightest: 'tightest',
    logins: (count: number) => plural(count, 'login', 'logins'),
    /** Logins with which nothing is wrong. */
    fine: (count: number) => `${count} ok`,
    nextReset: (duration: string) => `next reset ${duration}`,
    nothingKnown: 'no data yet',
    notSetUp: (names: string, key: string) => `not set up: ${names} — ${key}`,
    hidden: (names: string, key: string) => `hidden: ${names} — ${key}`,
    off: (names: string, key: string) => `switched off: ${names} — ${key}`,
    accounts: (count: number) => plural(count, 'account', 'accounts'),
    more: (count: number) => `${count} more`,
    offline: 'offline: no service is reachable, retrying',
    paused: 'polling paused',
  },
  panel: {
    endpoint: (origin: string) => `via ${origin}`,
    endpointRefused: 'the configured address is not allowed; nothing was sent',
    used: (percent: string) => `${percent} used`,
    left: (percent: string) => `${percent} left`,
    age: (age: string) => `read ${age}`,
    nextPoll: (duration: string) => `next ${duration}`,
    /** While offline one account tries at a time: this one, and the others. */
    nextWithin: (duration: string) => `next within ${duration}`,
    nextInTurn: 'queued for retry',
    /** Fits into a panel at 80 columns, in every language: 35 cells. */
    nextByHand: 'no retry: refresh or sign in again',
    notRetried: 'no retry',
    due: 'due now',
    failed: (times: number) => plural(times, 'failure in a row', 'failures in a row'),
    planTable: 'limit from a plan table',
    looking: 'looking for logins…',
    noWindows: 'no quota windows reported',
    resetPace: (percent: string) => `${percent} of the period elapsed`,
    /** The key that shows a remedy for which there is no room. */
    whatToDo: (key: string) => `${key}: what to do`,
    /** What a key of this panel would do about it. */
    offer: (key: string, text: string) => `${key}: ${text}`,
    notPolled: 'not polled',
  },
  refresh: {
    asking: (count: number) => `refreshing ${plural(count, 'account', 'accounts')}`,
    tooSoon: 'refreshed a moment ago',
    waiting: (duration: string, key: string) =>
      `the service asked us to wait ${duration}; press ${key} again to override`,
    nothing: 'nothing to do here',
    pausedOn: 'polling paused',
    pausedOff: 'polling resumed',
    interval: (provider: string, seconds: string) => `${provider}: every ${seconds}`,
    intervalFloor: (provider: string, seconds: string) => `${provider}: the shortest interval is ${seconds}`,
    theme: (name: string) => `theme: ${name}`,
    copied: 'copied',
    opened: (url: string) => `opened ${url}`,
    openFailed: (url: string) => `cannot open a browser here: ${url}`,
    noShell: 'no shell to return to',
    privacyOn: 'identities hidden',
    privacyOff: 'identities shown',
    showing: (what: string) => `showing ${what}`,
    option: (provider: string, option: string, value: string) => `${provider}: ${option} ${value}`,
    view: (name: string) => `view: ${name}`,
    sort: (name: string) => `sort: ${name}`,
    folded: (name: string) => `${name}: quiet accounts folded`,
    unfolded: (name: string) => `${name}: all accounts shown`,
    nothingToFold: 'no quiet accounts to fold',
  },

  /** What a key does: `help` for the overlay and docs, `short` for the footer. */
  keys: {
    next: {help: 'next panel or row', short: 'next'},
    previous: {help: 'previous panel or row', short: 'previous'},
    up: {help: 'up', short: 'up'},
    down: {help: 'down', short: 'down'},
    left: {help: 'left', short: 'left'},
    right: {help: 'right', short: 'right'},
    jump: {help: 'go to provider 1–9', short: 'panel'},
    top: {help: 'go to the top', short: 'top'},
    bottom: {help: 'go to the end', short: 'end'},
    'page-up': {help: 'one page up', short: 'page up'},
    'page-down': {help: 'one page down', short: 'page down'},
    open: {help: 'show details', short: 'details'},
    back: {help: 'back (never quits)', short: 'back'},
    refresh: {help: 'refresh the focused provider (in the table: account)', short: 'refresh'},
    'refresh-all': {help: 'refresh all providers', short: 'refresh all'},
    pause: {help: 'pause or resume all polling', short: 'pause'},
    view: {help: 'switch between panels and table', short: 'view'},
    sort: {help: 'sort: settings’ order, tightest, soonest reset, name', short: 'sort'},
    fold: {help: 'fold or unfold this provider’s quiet accounts in the table', short: 'fold'},
    notices: {help: 'show all notices', short: 'notices'},
    agenda: {help: 'show all resets to come', short: 'resets'},
    history: {help: 'show the history of a limit', short: 'history'},
    'next-limit': {help: 'history of the next limit', short: 'next limit'},
    'previous-limit': {help: 'history of the previous limit', short: 'previous'},
    span: {help: 'history: this period, 2 periods, 30 days, 1 year', short: 'time span'},
    plot: {help: 'switch between figures and history', short: 'figures/history'},
    'show-left': {help: 'switch between used and left', short: 'used/left'},
    filter: {help: 'filter by provider, account, plan, status or figure', short: 'filter'},
    palette: {help: 'command palette: every action, provider and setting', short: 'command'},
    'next-account': {help: 'next account', short: 'next account'},
    'previous-account': {help: 'previous account', short: 'previous'},
    run: {help: 'run the selected action', short: 'run'},
    credentials: {help: 'logins: add, replace, rename, remove, hide', short: 'logins'},
    settings: {help: 'settings', short: 'settings'},
    theme: {help: 'next theme', short: 'theme'},
    privacy: {help: 'hide e-mails, account names and paths', short: 'hide'},
    copy: {help: 'copy what is on screen', short: 'copy'},
    'open-page': {help: 'open the provider’s usage page', short: 'web page'},
    'toggle-option': {help: 'turn this provider’s option on or off, such as live readings', short: 'option'},
    slower: {help: 'poll less often', short: 'slower'},
    faster: {help: 'poll more often', short: 'faster'},
    redraw: {help: 'redraw the screen', short: 'redraw'},
    help: {help: 'this help', short: 'help'},
    change: {help: 'change the setting', short: 'change'},
    'move-up': {help: 'move the provider up', short: 'move up'},
    'move-down': {help: 'move the provider down', short: 'move down'},
    add: {help: 'add a login', short: 'add'},
    replace: {help: 'replace the secret of a stored login', short: 'replace'},
    rename: {help: 'rename a stored login', short: 'rename'},
    remove: {help: 'remove a stored login', short: 'remove'},
    hide: {help: 'hide a login, or show it again', short: 'hide'},
    suspend: {help: 'suspend (resume with fg)', short: 'suspend'},
    quit: {help: 'quit', short: 'quit'},
  } satisfies Record<ActionName, {help: string; short: string}>,
  palette: {title: 'Commands'},
  help: {
    title: 'Keys',
    search: 'search',
    nothingFound: 'no matching keys',
    move: 'Move',
    act: 'Actions',
    view: 'View',
    program: 'Program',
    legend: {
      used: 'A bar fills with what is used; the tick marks how much of the period has elapsed.',
      left: 'A bar fills with what is left; the tick marks how much of the period is left.',
    },
    panels: 'Panels',
    elsewhere: (place: string) => `In ${place}`,
    marksTitle: 'Marks',
    marks: {
      severity: (percent: string) => `${percent} used or more`,
      ahead: 'points by which use is ahead of the time elapsed',
      trend: 'use since the period began; a gap: not watched',
      inHistory: (meaning: string) => `in a history: ${meaning}`,
      unknown: 'unknown: no figure available',
      notStarted: 'not started',
      unlimited: 'unlimited',
      failed: 'the last request failed; the figures are older',
      asking: 'refreshing',
      hidden: 'rows or panels out of view, and how many of them are bad',
    },
  },
  filter: {
    hint: 'words  failed  !warn  >80  plan:pro  "a b" · Enter: keep · Esc: clear',
    keepOrClear: 'Enter: keep · Esc: clear',
    nothingFound: (text: string) => `nothing matches “${text}”`,
    clears: (key: string) => `press ${key} to show everything`,
    active: (text: string) => `filter: ${text}`,
    count: (shown: number, all: number) => `${shown} of ${all}`,
    fields: {provider: 'provider', account: 'account', plan: 'plan'} satisfies Record<FilterField, string>,
    states: {
      failed: 'failed',
      ok: 'ok',
      warn: 'warning',
      critical: 'critical',
      over: 'over',
      stale: 'stale',
      unlimited: 'unlimited',
      unknown: 'unknown',
    } satisfies Record<FilterState, string>,
  },

  /** What an alert says; docs/alerts.md has the events. */
  alerts: {
    title: 'Alerts',
    threshold: (used: string, threshold: string) => `${used} used (alert at ${threshold})`,
    'run-out': (when: string, chance: string) => `runs out about ${when} (${chance} likely)`,
    spent: (used: string) => `${used} used: the limit is reached`,
    back: () => 'available again after the reset',
    reset: (before: string) => `has reset; ${before} was used before`,
    'early-reset': (used: string, before: string) => `was reset early: ${used} used, ${before} before`,
    'plan-changed': (used: string, before: string) =>
      `the limit or the plan has changed: ${used} used, ${before} before`,
    login: (failure: string) => `${failure}; sign in again`,
    changed: (failure: string) => `${failure}, several times in a row`,
    unused: (used: string) => `${used} used at most by the reset: the rest expires`,
    resets: (text: string, when: string) => `${text}; resets ${when}`,
    several: (count: number) => `${count} alerts`,
    test: 'This is a test alert.',
    /** In the list of the last ones. */
    given: {
      threshold: 'reached',
      'run-out': 'will run out',
      spent: 'limit reached',
      back: 'available again',
      reset: 'has reset',
      'early-reset': 'reset early',
      'plan-changed': 'limit or plan changed',
      login: 'login refused',
      changed: 'responses unreadable',
      unused: 'some will expire unused',
    } satisfies Record<AlertName, string>,
  },

  detail: {
    title: 'Details',
    plan: 'Plan',
    source: 'Found in',
    expires: 'Login expires',
    lastAsked: 'Last attempt',
    lastReading: 'Last reading',
    nextPoll: 'Next poll',
    nextWithin: (duration: string) => `within ${duration}`,
    nextInTurn: 'queued',
    nextByHand: 'only by hand, or when the login changes',
    status: 'Status',
    amounts: 'Amounts',
    notes: 'Notes',
    failure: 'Last failure',
    remedy: 'What to do',
    shape: 'Response shape',
    key: 'Key',
    page: 'Usage page',
    endpoint: 'Requests go to',
    never: 'never',
    retryAfter: (time: string) => `the service asked us to wait until ${time}`,
    why: (reason: string) => `unknown: ${reason}`,
  },

  /** The table with a row per account. Headings are short: they stand over narrow columns. */
  accountTable: {
    provider: 'provider',
    account: 'account',
    hours: 'hours',
    countedHours: (count: number) => `${count} hours`,
    week: 'week',
    month: 'month',
    other: 'other',
    resets: 'resets',
    read: 'read',
    now: 'now',
    hoursOld: (hours: number) => `${hours}h`,
    sorted: {tightest: 'tightest', reset: 'reset', name: 'name'} satisfies Record<Exclude<SortName, 'order'>, string>,
    quiet: (count: number) => `${count} quiet`,
    last: (figure: string) => `last ${figure}`,
  },

  settings: {
    title: 'Settings',
    order: 'Order and providers',
    enabled: 'on',
    disabled: 'off',
    intervalDefault: (duration: string) => `${duration} (default)`,
    warn: 'Warn at',
    critical: 'Critical at',
    theme: 'Theme',
    language: 'Language',
    show: 'Show',
    mouse: 'Mouse',
    privacy: 'Hide identities',
    ascii: 'ASCII only',
    motion: 'Animation',
    view: 'View',
    views: {auto: 'auto', panels: 'panels', table: 'table'},
    sort: 'Sort',
    sorts: {order: 'settings’ order', tightest: 'tightest first', reset: 'soonest reset first', name: 'name'},
    agenda: 'Resets in free room',
    history: 'History in free room',
    auto: 'auto',
    on: 'on',
    off: 'off',
    problem: (path: string, text: string) => `${path} is ignored: ${text}`,
    unsaved: (why: string) => `not saved, lasts only until you quit: ${why}`,
    themes: {
      auto: 'auto',
      dark: 'dark',
      light: 'light',
      contrast: 'high contrast',
      'colour-blind': 'colour-blind safe',
      '16': '16 colours',
      mono: 'mono',
    },
  },

  credentials: {
    title: 'Logins',
    none: 'No logins found.',
    ours: 'stored by mystatus-tui',
    foreign: 'managed by another tool: hide it here, change it there',
    source: 'found in',
    expires: (time: string) => `expires ${time}`,
    expired: (age: string) => `expired ${age}`,
    noExpiry: 'expiry unknown',
    hidden: 'hidden',
    off: 'switched off',
    chooseProvider: 'Which provider?',
    isSetUp: 'set up',
    enter: (what: string) => `${what} (hidden; you can paste)`,
    optional: 'optional',
    required: (what: string) => `${what} is required`,
    label: 'Name for this login',
    checking: 'verifying with one request…',
    kept: 'saved',
    notKept: (why: string) => `not saved: ${why}`,
    keepAnyway: 'Save it anyway?',
    discardAsk: 'Discard what you typed? (y/n)',
    discard: 'discard',
    nextField: 'next field',
    choose: 'choose',
    removeAsk: (label: string) => `Remove ${label}? (y/n)`,
    removed: (label: string) => `removed ${label}`,
    renamed: (label: string) => `renamed to ${label}`,
    nothingTyped: 'nothing was entered',
    step: (at: number, of: number) => `${at} of ${of}`,
    oneLine: 'you pasted several lines: paste only the secret, on one line',
    notAllowed: (what: string, values: string) => `${what} must be one of ${values}`,
    isSecret: (what: string) => `${what} is shown on screen: do not put the secret there`,
    looksSecret: (what: string) => `${what} is shown on screen, and this looks like a secret`,
  },

  start: {
    title: 'No logins found on this machine.',
    notShown: 'No logins are shown.',
    providers: (count: number) => `${count} providers`,
    off: (names: string, count: number, key: string) =>
      count === 1
        ? `${names} is switched off: enable it in settings (${key})`
        : `${names} are switched off: enable them in settings (${key})`,
    hidden: (count: number, key: string) => `${plural(count, 'login', 'logins')} hidden: press ${key}`,
    discovered:
      'Logins of the coding tools on this machine are picked up automatically, from their files and from environment variables.',
    add: (key: string) => `Press ${key} to add a key, or run: mystatus-tui login <provider>`,
    addShort: (key: string) => `${key}: add a login`,
    demo: 'To try it out first, run: mystatus-tui --demo',
    doctor: 'Something missing? Run: mystatus-tui doctor',
  },

  table: {
    provider: 'Provider',
    account: 'Account',
    window: 'Limit',
    used: 'Used',
    left: 'Left',
    resets: 'Resets in',
    source: 'Found in',
    credential: 'Credential',
    expires: 'Expires',
    nothing: 'No logins found: nothing to show.',
    places: (name: string) => `Where ${name} logins are looked up, in this order:`,
    found: {
      login: 'login found',
      'no-login': 'no login in it',
      absent: 'not there',
      nothing: 'nothing there',
      unset: 'not set',
      unreadable: 'cannot be read',
      unused: 'there, not used',
    },
  },
  doctor: {
    ok: 'ok',
    warn: 'warn',
    fail: 'fail',
    info: 'info',
    allWell: 'All checks passed.',
    attention: (count: number) => `${plural(count, 'thing needs', 'things need')} attention.`,
  },
};

type Widen<T> = T extends string
  ? string
  : T extends (...parts: infer Parts) => string
    ? (...parts: Parts) => string
    : {[Key in keyof T]: Widen<T[Key]>};

/** Every word of the program in one language; the providers of the catalogue bring the names of their pools and switches. */
export type Strings = Widen<typeof en> & {
  pools?: Required<ProviderWords>['pools'];
  options?: Required<ProviderWords>['options'];
};
