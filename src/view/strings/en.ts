import type {AmountId, FailureCode, NoteCode, Notice, Outcome, RemedyCode, Unit} from '../../core/model.ts';
import type {ActionName} from '../keymap.ts';

/** The optional parts of a note; `time` and `percent` are spelled already. */
export type NoteParts = {text?: string | undefined; time?: string | undefined; percent?: string | undefined};
export type RemedyParts = {url?: string | undefined; name?: string | undefined};

const two = (count: number): string => String(count).padStart(2, '0');
const after = (text: string | undefined): string => (text === undefined ? '' : `: ${text}`);
/** The name is a provider's id, not the place where a credential was found. */
export const isProvider = (name: string | undefined): boolean => name !== undefined && /^[a-z]+$/.test(name);
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
      unit: (unit: string, count: string) => `Limit (unit ${unit} × ${count})`,
    },
    short: {
      hours: (count: number) => `${count}h`,
      days: (count: number) => (count === 1 ? 'day' : `${count}d`),
      minutes: (count: number) => `${count}m`,
      weekly: 'week',
      monthly: 'month',
      unit: (unit: string, count: string) => `${unit}×${count}`,
    },
    /** A limit of a named pool: 'Spark 5-hour limit'. */
    pooled: (pool: string, limit: string) => `${pool} ${limit.charAt(0).toLowerCase()}${limit.slice(1)}`,
  },
  pools: {
    spark: 'Spark',
    'code-review': 'Code review',
    spend: 'Spend',
    mcp: 'MCP / web search',
    gemini: 'Gemini',
    'claude-gpt': 'Claude + GPT',
    premium: 'Premium',
    chat: 'Chat',
    completions: 'Completions',
    tokens: 'Tokens',
    credits: 'Credits',
  },
  poolsShort: {
    spark: 'Spark',
    'code-review': 'Review',
    spend: 'Spend',
    mcp: 'MCP',
    gemini: 'Gemini',
    'claude-gpt': 'Claude',
    premium: 'Premium',
    chat: 'Chat',
    completions: 'Compl.',
    tokens: 'Tokens',
    credits: 'Credits',
  },

  units: {
    percent: '%',
    requests: 'requests',
    tokens: 'tokens',
    credits: 'credits',
    calls: 'calls',
    count: 'count',
    usd: 'USD',
  } satisfies Record<Unit, string>,
  amounts: {
    credits: 'Credits',
    used: 'Used',
    billed: 'Billed',
    overage: 'Overage',
    'reset-credits': 'Limit resets left',
    spend: 'Spent',
    balance: 'Balance',
  } satisfies Record<AmountId, string>,
  /** '12 of 300 requests' in the detail view. */
  ofLimit: (used: string, limit: string, unit: string) => `${used} of ${limit} ${unit}`,
  withUnit: (count: string, unit: string) => `${count} ${unit}`,

  notes: {
    'limit-reached': ({text}: NoteParts) => `limit reached${after(text)}`,
    'limit-reached-using-credits': ({text}: NoteParts) => `limit reached, credits are being used${after(text)}`,
    'credits-unlimited': () => 'unlimited credits',
    'plan-table': ({text}: NoteParts) => `limit taken from the published table of plans${after(text)}`,
    'pool-exhausted': ({text}: NoteParts) => (text === undefined ? 'a pool is used up' : `used up: ${text}`),
    'managed-by-organisation': ({text}: NoteParts) => `managed by ${text ?? 'your organisation'}`,
    'no-usage-visible': ({text}: NoteParts) => `this login cannot see any usage${after(text)}`,
    disabled: () => 'switched off by its owner',
    'cached-by-plugin': ({time}: NoteParts) =>
      `figures left behind by the plugin${time === undefined ? '' : `, read ${time}`}`,
    'production-only': () => 'only the production host answered; its Gemini figures cannot be trusted',
    model: ({text, percent, time}: NoteParts) =>
      `${text ?? 'model'}${percent === undefined ? '' : `: ${percent} used`}${time === undefined ? '' : `, resets ${time}`}`,
    'model-closed': ({text, time}: NoteParts) =>
      `${text ?? 'a model'} is not available${time === undefined ? '' : ` until ${time}`}`,
    renews: ({time, text}: NoteParts) => `plan renews ${time ?? text ?? ''}`.trim(),
    'skipped-rows': ({text}: NoteParts) => `part of the answer could not be read${after(text)}`,
    message: ({text}: NoteParts) => text ?? 'the service sent a message',
  } satisfies Record<NoteCode, (parts: NoteParts) => string>,

  failures: {
    no_credentials: 'no usable login',
    expired: 'the login has expired',
    auth_rejected: 'the login was refused',
    scope_missing: 'the login lacks a permission',
    no_plan: 'no plan on this account',
    plan_expired: 'the plan has expired',
    blocked: 'blocked by a web firewall, not by the login',
    rate_limited: 'asked too often, waiting',
    server_error: 'the service has a problem',
    network: 'the service cannot be reached',
    timeout: 'no answer in time',
    bad_response: 'the answer could not be read',
  } satisfies Record<FailureCode, string>,
  /** Where there is room for a word or two. */
  failuresShort: {
    no_credentials: 'no login',
    expired: 'expired',
    auth_rejected: 'refused',
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
  outcomes: {ok: 'ok', ok_empty: 'no quota windows reported'} satisfies Record<Exclude<Outcome, FailureCode>, string>,

  remedies: {
    'codex-login': () => 'run `codex` once',
    'opencode-login': () => 'run `opencode auth login`',
    'open-opencode': () => 'open opencode once: it renews its own login',
    'github-login': () => 'sign in to GitHub again (`opencode auth login` or your editor)',
    'github-plan-permission': ({url}: RemedyParts) => `give the token the user permission “Plan: read”${after(url)}`,
    'github-account-scope': () =>
      'say who pays for the seat: `mystatus-tui login copilot` with user name or organisation',
    'copilot-plan': ({url}: RemedyParts) =>
      `sign in with the GitHub account that has Copilot, or start a plan${after(url)}`,
    'check-key-site': ({url}: RemedyParts) => `check the key, and that it belongs to this site${after(url)}`,
    'coding-plan': ({url}: RemedyParts) =>
      `this key has no Coding Plan: subscribe, or use another account’s key${after(url)}`,
    'renew-plan': ({url}: RemedyParts) => `renew the plan${after(url)}`,
    'google-login': ({name}: RemedyParts) =>
      `sign in to Google again: \`opencode auth login\`${name === undefined ? '' : ` (${name})`}`,
    'google-verify': ({url}: RemedyParts) => `verify this Google account${after(url)}`,
    'google-client': () =>
      'install the opencode Antigravity plugin, or set ANTIGRAVITY_OAUTH_CLIENT_ID and ANTIGRAVITY_OAUTH_CLIENT_SECRET',
    'google-open-antigravity': () => 'open Antigravity once with this account',
    'google-project': ({name}: RemedyParts) =>
      `use another project id${name === undefined ? '' : ` than ${name}`}, or none: this account has no licence or permission for it`,
    'agy-login': () => 'run `agy` and sign in',
    'agy-update': () => 'update `agy` to 1.1.11 or later',
    'fix-file': ({name}: RemedyParts) => `repair ${name ?? 'the file'}, or sign in again with the tool that writes it`,
    'file-permissions': ({name}: RemedyParts) => `make ${name ?? 'the file'} readable for you`,
    'opencode-store': ({name}: RemedyParts) => `close and open opencode once; ${name ?? 'its store'} could not be read`,
    'api-key-login': () => 'an API key has no quota: sign in with the subscription (`codex login`)',
    wait: () => 'nothing to do, it is asked again later',
    network: () => 'check the network connection',
    proxy: () => 'check the proxy (HTTPS_PROXY, ALL_PROXY, NO_PROXY)',
    endpoint: ({name}: RemedyParts) =>
      `correct the address of ${name ?? 'this provider'} in the settings or the environment`,
    'replace-credential': ({name}: RemedyParts) =>
      isProvider(name)
        ? `store a new credential: \`mystatus-tui login ${name}\``
        : `${name === undefined ? '' : `renew it in ${name}, or `}store a new credential: \`mystatus-tui login\``,
    keychain: ({name}: RemedyParts) =>
      `unlock the keychain of this computer, or store the credential again: \`mystatus-tui login ${name ?? ''}\``,
    'web-page': () => 'sign in to this network in a browser, or try another network or proxy',
    'report-change': ({url}: RemedyParts) => `the provider changed its answer: please report it${after(url)}`,
  } satisfies Record<RemedyCode, (parts: RemedyParts) => string>,

  notices: {
    'ledger-unavailable': 'shared state',
    'ledger-corrupt': 'shared state',
    settings: 'settings',
    credentials: 'stored credentials',
    permissions: 'file permissions',
    environment: 'environment',
    'place-skipped': 'a login may be missing',
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
    noReading: 'no reading yet',
    asking: 'asking…',
    fresh: 'fresh',
    stale: 'stale',
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
    resetsAt: (time: string) => `resets ${time}`,
    in: (duration: string) => `in ${duration}`,
    /** `month` from 1; the year only where it is not this one. */
    date: (year: number | null, month: number, day: number) =>
      `${months[month - 1] ?? month} ${day}${year === null ? '' : `, ${year}`}`,
    /** `half` in 12-hour form only; `hours` and `minutes` are spelled. */
    clock: (hours: string, minutes: string, half: 'am' | 'pm' | null) =>
      `${hours}:${minutes}${half === null ? '' : ` ${half.toUpperCase()}`}`,
    dateTime: (date: string, clock: string) => `${date}, ${clock}`,
  },

  header: {
    /** What the percentages on the screen mean. */
    showing: {used: 'USED %', left: 'LEFT %'},
    tightest: 'tightest',
    nothingKnown: 'no figures yet',
    notSetUp: (names: string, key: string) => `not set up: ${names} — ${key}`,
    hidden: (names: string, key: string) => `hidden: ${names} — ${key}`,
    off: (names: string, key: string) => `switched off: ${names} — ${key}`,
    accounts: (count: number) => plural(count, 'account', 'accounts'),
    more: (count: number) => `${count} more`,
    demo: 'demo',
    offline: 'offline: nothing can be reached, trying again',
    paused: 'paused: nothing is asked',
  },
  panel: {
    endpoint: (origin: string) => `via ${origin}`,
    endpointRefused: 'the configured address is refused, nothing was sent',
    used: (percent: string) => `${percent} used`,
    left: (percent: string) => `${percent} left`,
    age: (age: string) => `read ${age}`,
    nextPoll: (duration: string) => `next in ${duration}`,
    /** While offline one account tries at a time: this one, and the others. */
    nextWithin: (duration: string) => `next within ${duration}`,
    nextInTurn: 'next in turn',
    nextByHand: 'no retry until the login changes',
    due: 'due now',
    lastReading: (age: string) => `last reading ${age}`,
    failed: (times: number) => plural(times, 'failure in a row', 'failures in a row'),
    planTable: 'limit from a plan table',
    looking: 'looking for logins…',
    noWindows: 'no quota windows reported',
    resetPace: (percent: string) => `${percent} of the period gone`,
    /** The key that shows a remedy for which there is no room. */
    whatToDo: (key: string) => `${key}: what to do`,
  },
  refresh: {
    asking: (count: number) => `asking ${plural(count, 'account', 'accounts')}`,
    tooSoon: 'asked a moment ago',
    waiting: (duration: string, key: string) =>
      `the service asked to wait ${duration}; press ${key} again to ask anyway`,
    nothing: 'nothing to ask here',
    pausedOn: 'polling paused',
    pausedOff: 'polling goes on',
    interval: (provider: string, seconds: string) => `${provider}: every ${seconds}`,
    intervalFloor: (provider: string, seconds: string) => `${provider} is not asked more often than every ${seconds}`,
    theme: (name: string) => `theme: ${name}`,
    copied: 'copied',
    opened: (url: string) => `opened ${url}`,
    openFailed: (url: string) => `cannot open a browser here: ${url}`,
    noShell: 'there is no shell to go back to',
    privacyOn: 'identities hidden',
    privacyOff: 'identities shown',
    showing: (what: string) => `showing ${what}`,
  },

  /** What a key does: `help` for the overlay and docs, `short` for the footer. */
  keys: {
    next: {help: 'next panel', short: 'next'},
    previous: {help: 'previous panel', short: 'previous'},
    up: {help: 'up', short: 'up'},
    down: {help: 'down', short: 'down'},
    left: {help: 'left', short: 'left'},
    right: {help: 'right', short: 'right'},
    jump: {help: 'go to panel 1–9', short: 'panel'},
    top: {help: 'to the top', short: 'top'},
    bottom: {help: 'to the end', short: 'end'},
    'page-up': {help: 'a page up', short: 'page up'},
    'page-down': {help: 'a page down', short: 'page down'},
    open: {help: 'show details', short: 'details'},
    back: {help: 'back (never quits)', short: 'back'},
    refresh: {help: 'ask the focused provider now', short: 'refresh'},
    'refresh-all': {help: 'ask every provider now', short: 'refresh all'},
    pause: {help: 'pause all polling, or go on', short: 'pause'},
    notices: {help: 'notices in full', short: 'notices'},
    'show-left': {help: 'show what is used, or what is left', short: 'used/left'},
    filter: {help: 'filter by provider, account, plan, status or figure', short: 'filter'},
    credentials: {help: 'logins: add, replace, rename, remove, hide', short: 'logins'},
    settings: {help: 'settings', short: 'settings'},
    theme: {help: 'next theme', short: 'theme'},
    privacy: {help: 'hide e-mails, account names and paths', short: 'hide'},
    copy: {help: 'copy what is shown', short: 'copy'},
    'open-page': {help: 'open the provider’s usage page', short: 'web page'},
    slower: {help: 'ask less often', short: 'slower'},
    faster: {help: 'ask more often', short: 'faster'},
    redraw: {help: 'draw the screen anew', short: 'redraw'},
    help: {help: 'this help', short: 'help'},
    change: {help: 'change the setting', short: 'change'},
    'move-up': {help: 'move the provider up', short: 'move up'},
    'move-down': {help: 'move the provider down', short: 'move down'},
    add: {help: 'add a login', short: 'add'},
    replace: {help: 'replace the secret of a stored login', short: 'replace'},
    rename: {help: 'rename a stored login', short: 'rename'},
    remove: {help: 'remove a stored login', short: 'remove'},
    hide: {help: 'hide a login, or show it again', short: 'hide'},
    suspend: {help: 'suspend (fg brings it back)', short: 'suspend'},
    quit: {help: 'quit', short: 'quit'},
  } satisfies Record<ActionName, {help: string; short: string}>,
  help: {
    title: 'Keys',
    search: 'search',
    nothingFound: 'no key does that',
    close: 'Esc closes',
    move: 'Move',
    act: 'Do',
    view: 'Look',
    program: 'Program',
    legend: {
      used: 'A bar fills with what is used; its tick shows how much of the period is gone.',
      left: 'A bar fills with what is left; its tick shows how much of the period is left.',
    },
    marksTitle: 'Marks',
    marks: {
      severity: (percent: string) => `${percent} used, or more`,
      unknown: 'unknown: there is no figure',
      notStarted: 'not started',
      unlimited: 'unlimited',
      failed: 'the last request failed; the figures are from before',
      asking: 'a request is running',
      hidden: 'so many rows or panels are out of sight',
    },
  },
  filter: {
    prompt: 'filter',
    hint: 'provider, account, plan, status or figure · Enter keeps · Esc clears',
    keepOrClear: 'Enter keeps · Esc clears',
    nothingFound: (text: string) => `nothing matches “${text}”`,
    clears: (key: string) => `${key} shows everything again`,
    active: (text: string) => `filter: ${text}`,
  },

  detail: {
    title: 'Details',
    account: 'Account',
    provider: 'Provider',
    plan: 'Plan',
    source: 'Found in',
    expires: 'Login expires',
    lastAsked: 'Last asked',
    lastReading: 'Last reading',
    nextPoll: 'Next poll',
    nextWithin: (duration: string) => `within ${duration}`,
    nextInTurn: 'in turn',
    nextByHand: 'by hand, or when the login changes',
    status: 'Status',
    shares: 'Breakdown',
    amounts: 'Amounts',
    notes: 'Notes',
    failure: 'Last failure',
    remedy: 'What to do',
    shape: 'Shape of the answer',
    key: 'Key',
    page: 'Usage page',
    endpoint: 'Requests go to',
    never: 'never',
    retryAfter: (time: string) => `the service asked to wait until ${time}`,
    why: (reason: string) => `unknown: ${reason}`,
  },

  settings: {
    title: 'Settings',
    order: 'Order and providers',
    enabled: 'on',
    disabled: 'off',
    interval: 'Interval',
    intervalDefault: (duration: string) => `default (${duration})`,
    warn: 'Warn from',
    critical: 'Critical from',
    theme: 'Theme',
    language: 'Language',
    show: 'Show',
    mouse: 'Mouse',
    privacy: 'Hide identities',
    ascii: 'ASCII only',
    motion: 'Motion',
    auto: 'auto',
    on: 'on',
    off: 'off',
    saved: 'kept in config.json',
    problem: (path: string, text: string) => `${path} is ignored: ${text}`,
    unsaved: (why: string) => `not saved, holds only until you quit: ${why}`,
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
    none: 'No login was found.',
    ours: 'stored by mystatus-tui',
    foreign: 'of another tool: can be hidden, is never changed',
    source: 'found in',
    expires: (time: string) => `expires ${time}`,
    expired: (age: string) => `expired ${age}`,
    noExpiry: 'no expiry told',
    hidden: 'hidden',
    off: 'switched off',
    chooseProvider: 'Which provider?',
    enter: (what: string) => `${what} (hidden, paste works)`,
    optional: 'optional',
    required: (what: string) => `${what} is needed`,
    label: 'Name for this login',
    checking: 'checking with one request…',
    kept: 'kept',
    notKept: (why: string) => `not kept: ${why}`,
    keepAnyway: 'Keep it all the same?',
    removeAsk: (label: string) => `Remove ${label}? (y/n)`,
    removed: (label: string) => `removed ${label}`,
    renamed: (label: string) => `renamed to ${label}`,
    nothingTyped: 'nothing was typed',
    step: (at: number, of: number) => `${at} of ${of}`,
    oneLine: 'several lines were pasted: paste one line, the secret alone',
    notAllowed: (what: string, values: string) => `${what} must be one of ${values}`,
    isSecret: (what: string) => `${what} is shown on the screen: the secret must not stand there`,
    looksSecret: (what: string) => `${what} is shown on the screen, and this looks like a secret`,
  },

  start: {
    title: 'No login was found on this machine.',
    notShown: 'No login is shown.',
    providers: (count: number) => `${count} providers`,
    off: (names: string, count: number, key: string) =>
      count === 1
        ? `${names} is switched off: enable it in settings (${key})`
        : `${names} are switched off: enable them in settings (${key})`,
    hidden: (count: number, key: string) => `${plural(count, 'login', 'logins')} hidden: press ${key}`,
    looked:
      'These tools’ logins are found by themselves: opencode, Codex, Copilot editors, Antigravity, and the environment.',
    add: (key: string) => `Press ${key} to add a key, or run: mystatus-tui login <provider>`,
    addShort: (key: string) => `${key}: add a login`,
    demo: 'To look around first: mystatus-tui --demo',
    doctor: 'What was looked for, and where: mystatus-tui doctor',
  },

  table: {
    provider: 'Provider',
    account: 'Account',
    plan: 'Plan',
    window: 'Limit',
    used: 'Used',
    left: 'Left',
    resets: 'Resets in',
    age: 'Age',
    status: 'Status',
    source: 'Found in',
    credential: 'Credential',
    expires: 'Expires',
    nothing: 'No login was found: nothing to show.',
    places: (name: string) => `Places where logins of ${name} are looked for, in this order:`,
  },
  doctor: {
    title: 'Checks',
    ok: 'ok',
    warn: 'warn',
    fail: 'fail',
    info: 'info',
    allWell: 'All well.',
    attention: (count: number) => `${plural(count, 'thing needs', 'things need')} attention.`,
  },
};

type Widen<T> = T extends string
  ? string
  : T extends (...parts: infer Parts) => string
    ? (...parts: Parts) => string
    : {[Key in keyof T]: Widen<T[Key]>};

/** Every word of the program in one language. */
export type Strings = Widen<typeof en>;
