/** Every code that a reading or a failure can carry, as a list: the types follow from it, and so does what is taken from a file. */

export const units = ['percent', 'requests', 'tokens', 'credits', 'calls', 'count', 'usd'] as const;
export type Unit = (typeof units)[number];

export const amountIds = ['credits', 'used', 'billed', 'overage', 'reset-credits'] as const;
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
