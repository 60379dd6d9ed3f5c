/** What the tools take and give, as JSON schemas. Of accounts and windows only what an agent decides by is named; the rest is as in schema/mystatus.v1.schema.json. */

export const longestWaitSeconds = 300;
// Programs that call tools often give up after a minute.
export const usualWaitSeconds = 50;

const text = (description: string) => ({type: 'string', maxLength: 200, description}) as const;
const orNull = (type: 'string' | 'number', description: string) => ({type: [type, 'null'], description}) as const;

const provider = text('Only this provider, by its id, or several with commas');
const account = text('Only this account, by its key as list_quotas gives it');
const window = text('Only this limit, by its id as list_quotas gives it: 5h, weekly, …');

const windowShape = {
  type: 'object',
  required: ['id', 'label', 'state', 'usedPercent', 'remainingPercent', 'resetsAt', 'forecast'],
  properties: {
    id: {type: 'string'},
    label: {type: 'string'},
    state: {enum: ['known', 'unlimited', 'not-started', 'unknown']},
    usedPercent: orNull('number', 'null unless known; may exceed 100'),
    remainingPercent: orNull('number', 'null unless known; may be below 0'),
    resetsAt: orNull('string', 'ISO 8601, UTC'),
    forecast: {type: ['object', 'null'], description: 'When it runs out, if that can be told'},
  },
} as const;

const accountNames = [
  'provider',
  'account',
  'label',
  'plan',
  'status',
  'readAt',
  'stale',
  'windows',
  'amounts',
] as const;
const accountShape = {
  provider: {type: 'string'},
  account: {type: 'string', description: 'Key of the account: no secret'},
  label: {type: 'string'},
  plan: orNull('string', 'Name of the plan'),
  status: {type: 'string', description: 'ok, or what went wrong at the last poll'},
  readAt: orNull('string', 'When the figures were read'),
  stale: {type: 'boolean', description: 'The last poll failed: the figures are those of before'},
  windows: {type: 'array', items: windowShape},
  amounts: {type: 'array', items: {type: 'object'}, description: 'Credits and balances'},
} as const;

const reportOf = <T extends object>(more: T, required: readonly string[]) =>
  ({
    type: 'object',
    required: ['schema', 'generatedAt', 'accounts', 'notices'],
    properties: {
      schema: {const: 'mystatus/v1'},
      generatedAt: {type: 'string'},
      accounts: {
        type: 'array',
        items: {type: 'object', required: [...accountNames, ...required], properties: {...accountShape, ...more}},
      },
      notices: {type: 'array', items: {type: 'string'}, description: 'Why something is not here'},
    },
  }) as const;

export const quotasShape = reportOf({}, []);
export const rankingShape = reportOf(
  {
    rank: {type: 'integer', description: 'From 1, the best'},
    tightest: orNull('string', 'Id of the limit that decides'),
    remainingPercent: orNull('number', 'Left of that limit; null if unknown'),
  },
  ['rank', 'tightest', 'remainingPercent'],
);
export const waitedShape = {
  type: 'object',
  required: ['outcome', 'message', 'waitedSeconds'],
  properties: {
    outcome: {
      enum: ['holds', 'timeout', 'cannot-tell', 'interrupted'],
      description: 'holds: go on; timeout: not yet, call again; cannot-tell: waiting will not help',
    },
    message: {type: 'string'},
    waitedSeconds: {type: 'number'},
  },
} as const;

const taking = <T extends object>(properties: T) =>
  ({type: 'object', additionalProperties: false, properties}) as const;

export const quotasArguments = taking({provider, account});
export const bestArguments = taking({provider, window});
export const waitArguments = taking({
  until: {
    enum: ['reset', 'available'],
    description:
      'reset (default): the tightest limit has reset; available: minRemaining percent are left in every limit',
  },
  provider,
  account,
  window,
  all: {type: 'boolean', description: 'Of every account, instead of any'},
  minRemaining: {type: 'number', minimum: 0, maximum: 100, description: 'Percent, for available (default 1)'},
  maxSeconds: {
    type: 'number',
    minimum: 1,
    maximum: longestWaitSeconds,
    description: `At most so long (default ${usualWaitSeconds})`,
  },
});

export type QuotasArguments = {provider?: string; account?: string};
export type BestArguments = {provider?: string; window?: string};
export type WaitArguments = QuotasArguments & {
  until?: 'reset' | 'available';
  window?: string;
  all?: boolean;
  minRemaining?: number;
  maxSeconds?: number;
};
