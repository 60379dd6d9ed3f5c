import type {Said} from './foresight/checks.ts';
import type {MadeForecast} from './foresight/made.ts';
import type {TrackRecord} from './foresight/outlook.ts';
import type {Turn, Usage} from './foresight/usage.ts';
import type {AccountState, Failure, Reading} from './model.ts';

/** What every running copy of the program shares about an account. No token and no raw answer is in it. */
export type LedgerRow = {
  key: string;
  provider: string;
  label: string;
  source: string;
  fingerprint: string;
  reading: Reading | null;
  readAt: number | null;
  failure: Failure | null;
  lastAttemptAt: number | null;
  dueAt: number | null;
  failures: number;
  /** What was forecast on its reading. It is kept beside the history, and no row that is read has it. */
  said?: readonly Said[];
  /** The same for those who ask soon after: see `forecastsOf`. */
  made?: readonly MadeForecast[];
};

/** How one window of one account was used, oldest first. */
export type SeriesHistory = {account: string; window: string; usage: Usage[]; turns: Turn[]};

/** The shared memory as the monitor sees it. An implementation that lost its file behaves as if it were alone. */
export type Ledger = {
  /** Every account that was ever read and not forgotten. */
  rows(): LedgerRow[];
  /** Rows written by any other copy since `version`, and the version for the next call; cheap when nothing changed. */
  changes(version: number): {version: number; rows: LedgerRow[]};
  /** True when this copy may refresh it now: nobody else holds a live claim. It ends at `until` (epoch ms) or with `settle`. */
  claim(key: string, now: number, until: number): boolean | Promise<boolean>;
  /** The account as it stands in the ledger now: another copy may just have refreshed it. */
  row(key: string): LedgerRow | null;
  /** Writes what came of a refresh and gives the claim back. */
  settle(row: LedgerRow, now: number): void;
  /** What is known of the use since a moment (epoch ms), by account and window, or of one account; nothing without a file. */
  history(since: number, account?: string): SeriesHistory[];
  /** How one window of an account was used, oldest first. */
  usageOf(account: string, window: string): Usage[];
  /** How many of the last forecasts of a window held; null while none came to its end. */
  recordOf(account: string, window: string): TrackRecord | null;
  /** What was last forecast of an account; without a history nothing is kept. */
  forecastsOf(account: string): MadeForecast[];
  /** Keeps what was forecast again without a reading, unless some copy did so a moment ago. */
  keepForecasts(account: string, made: readonly MadeForecast[], now: number): void;
  /** Forgets the history of an account, or all of it, and what was forecast from it. */
  forgetHistory(account?: string): void;
  /** Gives a claim back without a result: the refresh was aborted. */
  release(key: string): void;
  /** Resolves when what was settled is where the others find it. */
  close(): void | Promise<void>;
} & Partial<FleetPart>;

/** One on this machine, which never lets anybody wait. */
export type LocalLedger = Omit<Ledger, 'claim' | 'close' | keyof FleetPart> & {
  claim(key: string, now: number, until: number): boolean;
  close(): void;
};

/** What only a ledger of many machines has. */
export type FleetPart = {
  /** Accounts that other machines read. They are shown; only their own machines refresh them. */
  elsewhere(): ElsewhereRow[];
  /** False: this copy may look and not write, so that nothing is refreshed from here. */
  mayRefresh(): boolean;
  /** Calls as soon as another copy wrote something. Returns the way to stop listening. */
  listen(heard: () => void): () => void;
  /** Resolves when it is known what the others know, or that they cannot be reached. */
  ready: Promise<void>;
};

/** With the name of the machine that read it last. */
export type ElsewhereRow = LedgerRow & {machine: string};

/** What the other copies need to know: not whether this one is refreshing it, and not what the credential itself says. */
export const rowOf = ({expiresAt: _, refreshing: __, ...row}: AccountState): LedgerRow => row;
