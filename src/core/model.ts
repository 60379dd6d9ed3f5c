/** The words of the house: what a provider reports, what can go wrong, and what the store holds. */

import type {Outlook} from './foresight/outlook.ts';
import type {AmountId, FailureCode, NoteCode, OwnCode, RefusalCode, RemedyCode, Unit} from './vocabulary.ts';

export {
  type AmountId,
  type FailureCode,
  failureCodes,
  type NoteCode,
  type OwnCode,
  type RefusalCode,
  type RemedyCode,
  type Unit,
} from './vocabulary.ts';

/** How much of a window is used. Missing is never a number: what was not told is `unknown`. */
export type Use =
  /** `usedPercent` is never clamped: 137 is 137. `used` and `limit` are absolute, in the window's unit. */
  | {state: 'known'; usedPercent: number; used?: number; limit?: number}
  | {state: 'unlimited'; used?: number}
  | {state: 'not-started'}
  /** `hasReset`: it was known until its period ended, and was not read since (reading-at.ts). */
  | {state: 'unknown'; why: string; hasReset?: true};

/** One part of a window's use, shown in the detail view: a model, a tool. `value` is in `unit`. */
export type Share = {name: string; value: number; unit: Unit};

/** One limit over one period. */
export type Window = {
  /** By length, never by position: '5h', 'weekly', 'monthly', '9h'; pools prefix it: 'spark/5h'. */
  id: string;
  pool: string | null;
  windowMs: number | null;
  /** Epoch milliseconds; null when not told. */
  resetsAt: number | null;
  use: Use;
  unit: Unit;
  /** Epoch ms at which it was read, where that was not with the rest of the reading. */
  readAt?: number;
  /** Set when the limit was not told by the service but taken from a published table of plans. */
  limitFrom?: 'plan-table';
  shares?: Share[];
  /** What is told of its time to come (`foreseen`): no provider and no ledger sets it. */
  outlook?: Outlook;
};

/** A quantity beside the windows: credits left, money owed. `limit` where it has a cap of its own. */
export type Amount = {id: AmountId; value: number; unit: Unit; limit?: number};

/** Facts beside the numbers, as data; `view/` spells them. `text` comes from the service, cleaned. */
export type Note = {
  code: NoteCode | OwnCode;
  text?: string;
  at?: number;
  percent?: number;
  amount?: Pick<Amount, 'value' | 'unit'>;
};

export type Reading = {
  plan: string | null;
  windows: Window[];
  amounts: Amount[];
  notes: Note[];
  /** Who the service says that this is, when the credential alone does not tell. */
  label?: string;
  /** What the user can do to see more, where nothing failed. */
  remedy?: Remedy;
};

export type Outcome = FailureCode | 'ok' | 'ok_empty';

export type Remedy = {code: RemedyCode | OwnCode; name?: string; command?: string; version?: string; url?: string};
/** A code alone where it has no parameters. */
export type RemedyInit = Remedy['code'] | Remedy;

export type Failure = {
  code: FailureCode;
  /** One sanitised, redacted line. */
  detail: string;
  /** Epoch ms before which the service asked not to be called; null when it did not say. */
  retryAt: number | null;
  remedy: Remedy | null;
  /** Set when an answer arrived that no rule reads: its keys and types, never its values. */
  shape?: string;
  /** Set on `network` when nobody was reached at all, as without a network: another try soon disturbs nobody. */
  unreachable?: true;
  /** Set where the login may never have been meant for this service: it stands in the list of logins, and nowhere else. */
  aside?: true;
  /** Set where we sent and ran nothing, for a provider that the user describes: `name` is its id, `place` what is wrong. */
  refused?: {code: RefusalCode; name: string; place?: string};
};

export type AccountState = {
  /** Stable: provider + short hash; never a secret, never an e-mail. */
  key: string;
  provider: string;
  label: string;
  /** Where the credential was found, in a few words: 'codex auth.json'. */
  source: string;
  /** Epoch ms at which the credential ends; null when it does not say. */
  expiresAt: number | null;
  /** Changes when the credential changes; a short one-way hash. */
  fingerprint: string;
  reading: Reading | null;
  /** Epoch ms of `reading`. */
  readAt: number | null;
  failure: Failure | null;
  /** Epoch ms of the last request to the service, whatever came of it. */
  lastAttemptAt: number | null;
  /** A request is under way, and somebody asked for it or it has lasted a moment. */
  refreshing: boolean;
  /** Epoch ms of the next poll; null: only when the credential changes or by hand. */
  dueAt: number | null;
  /** Failures in a row. */
  failures: number;
  /** Set where only another machine has the login: its name. Nothing is refreshed from here. */
  machine?: string;
};

export type ProviderState = {
  id: string;
  /** Keys of its accounts, in the order in which they were found. */
  accounts: string[];
  /** How many more were found that the user hides. */
  hidden: number;
  /** False until its logins were discovered once. */
  discovered: boolean;
  /** Origin that stands in for the service's own hosts; left out when none does. */
  endpoint?: string;
};

export type MonitorState = {
  /** In the order of the settings. */
  providers: ProviderState[];
  /** Ids of the providers that the settings switch off: their logins are not discovered. */
  disabled: string[];
  accounts: Record<string, AccountState>;
  paused: boolean;
  /** True while nothing can be reached: one quiet state instead of many failures. */
  offline: boolean;
  /** Something that concerns the whole program, said once: the ledger could not be opened, … */
  notices: Notice[];
};
export type Notice = {
  code:
    | 'ledger-unavailable'
    | 'ledger-corrupt'
    | 'ledger-fleet'
    | 'settings'
    | 'credentials'
    | 'permissions'
    | 'environment'
    | 'place-skipped'
    | 'alerts'
    | 'metrics';
  text: string;
};

export type ProviderErrorInit = {
  /** For the panel; it is sanitised and redacted before it is kept. */
  detail?: string;
  remedy?: RemedyInit;
  /** Epoch ms. */
  retryAt?: number | null;
  shape?: string;
  unreachable?: boolean;
  aside?: boolean;
  cause?: unknown;
};

/** The one error a provider throws. The monitor alone turns it into a `Failure`. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly code: FailureCode;
  readonly remedy: Remedy | null;
  readonly retryAt: number | null;
  readonly shape: string | undefined;
  readonly unreachable: boolean;
  readonly aside: boolean;

  constructor(code: FailureCode, init: ProviderErrorInit = {}) {
    super(init.detail ?? code, {cause: init.cause});
    this.code = code;
    this.remedy = typeof init.remedy === 'string' ? {code: init.remedy} : (init.remedy ?? null);
    this.retryAt = init.retryAt ?? null;
    this.shape = init.shape;
    this.unreachable = init.unreachable ?? false;
    this.aside = init.aside ?? false;
  }
}
