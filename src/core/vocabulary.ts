/** Every code that a reading or a failure can carry, as a list: the types follow from it, and so does what is taken from a file. */

const things = ['percent', 'requests', 'tokens', 'credits', 'calls', 'points', 'characters', 'count'] as const;
export type Thing = (typeof things)[number];
/** Money, by the lower-case ISO 4217 code: what the services bill in, and what else people may be billed in. */
export const currencies = [
  ...['usd', 'cny', 'eur', 'gbp', 'jpy', 'brl', 'inr', 'krw', 'cad', 'aud', 'nzd', 'chf', 'hkd', 'twd', 'sgd'],
  ...['sek', 'nok', 'dkk', 'pln', 'czk', 'huf', 'try', 'ils', 'aed', 'zar', 'mxn', 'thb', 'vnd', 'idr', 'myr'],
  ...['php', 'rub', 'uah'],
] as const satisfies readonly string[];
export type Currency = (typeof currencies)[number];
export const units = [...things, ...currencies] as const;
export type Unit = Thing | Currency;
export const isCurrency = (unit: string): unit is Currency => (currencies as readonly string[]).includes(unit);

/** Quantities beside the windows. A reading may carry one id in several units: two balances in two currencies. */
export const amountIds = [
  'balance',
  'balance/granted',
  'balance/paid',
  'balance/cash',
  'balance/voucher',
  'balance/workspace',
  'owed',
  'spend',
  'spend/daily',
  'spend/weekly',
  'spend/own-keys',
  'billed',
  'overage',
  'credits',
  'used',
  'reset-credits',
] as const;
export type AmountId = (typeof amountIds)[number];

/** The ways a refresh can end without a reading; `--json` prints the same words (docs/troubleshooting.md#statuses). */
export const failureCodes = [
  'no_credentials',
  'expired',
  'auth_rejected',
  'scope_missing',
  'no_plan',
  'plan_expired',
  'blocked',
  'rate_limited',
  'server_error',
  'network',
  'timeout',
  'bad_response',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** Why nothing was sent or run for a provider that the user describes. */
export type RefusalCode =
  | 'not-trusted'
  | 'not-trusted-program'
  | 'given-elsewhere'
  | 'not-set'
  | 'writable'
  | 'foreign';

/** Facts beside the numbers (`Note`). */
export const noteCodes = [
  'limit-reached',
  'limit-reached-using-credits',
  'credits-unlimited',
  'plan-table',
  'pool-exhausted',
  'managed-by-organisation',
  'no-usage-visible',
  'disabled',
  'model',
  'model-closed',
  'skipped-rows',
  'message',
] as const;
export type NoteCode = (typeof noteCodes)[number];

/** What the user can do, as data; `view/strings` spells it with its parameters, the same for every provider. */
export const remedyCodes = [
  /** Start `command` once, in a terminal. */
  'run',
  /** Open the program `name` once: it renews its own login. */
  'open',
  'restart',
  /** Bring the program `name` to `version`. */
  'update',
  /** Sign in to `name` again, with `command` where there is one. */
  'sign-in',
  /** Verify the account at `name`, at `url`. */
  'verify',
  /** Give the token the permission `name`, at `url`. */
  'grant',
  /** Subscribe to `name`, at `url`, or use an account that has it. */
  'subscribe',
  'renew-plan',
  'check-key',
  'fix-file',
  'file-permissions',
  /** Let no other user change `name`. */
  'restrict',
  'network',
  'proxy',
  'endpoint',
  'replace-credential',
  'keychain',
  'web-page',
  'report',
] as const;
export type RemedyCode = (typeof remedyCodes)[number];
/** What only one provider has to say, in words of its own: 'google/project'. */
export type OwnCode = `${string}/${string}`;
