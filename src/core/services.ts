import type {AlertSource} from './alerts/outlet.ts';
import type {CustomControl} from './custom/control.ts';
import type {ForecastOf} from './foresight/forecasts.ts';
import type {MadeForecast} from './foresight/made.ts';
import type {Series} from './foresight/series.ts';
import type {SeriesHistory} from './ledger.ts';
import type {LoginPlace} from './login-place.ts';
import type {SearchedPlace} from './login-search/search.ts';
import type {MonitorState, Reading} from './model.ts';
import type {RequestCount} from './polling/request-counts.ts';
import type {Account, LoginForm, Provider} from './provider.ts';
import type {ProviderOption, Settings, SettingsProblem} from './settings.ts';
import type {ReadOnlyStore, Store} from './store.ts';
import type {OwnThemes} from './themes.ts';

/** What `compose` hands to the surfaces: everything the screen and the commands may use, and nothing of how it is done. */
export type Services = {
  version: string;
  monitor: Monitor;
  /** Every provider of the catalogue, in its order; those that the user describes come and go in this very list. */
  catalogue: readonly ProviderInfo[];
  /** Ids of those that the command line names; absent when it names none. */
  named?: readonly string[] | undefined;
  settings: SettingsControl;
  credentials: CredentialsControl;
  /** Absent in the demo. */
  custom?: () => Promise<CustomControl>;
  /** How limits were used since a moment (epoch ms), or those of one account. */
  history(since: number, account?: string): SeriesHistory[];
  /** What any copy last forecast of an account. */
  forecastsOf(account: string): MadeForecast[];
  /** Keeps what was forecast of an account, for who asks soon after. */
  keepForecasts(account: string, made: readonly MadeForecast[], now: number): void;
  alerts: AlertSource;
  /** Where many machines share a ledger: resolves when it is known what they know, or that they cannot be reached. */
  ready?: Promise<void> | undefined;
  now(): number;
  /** Keeps every known secret out of a text. */
  redact(text: string): string;
  /** Stops polling, aborts what is in flight, closes files. */
  close(): Promise<void>;
};

export type ProviderInfo = {
  id: string;
  name: string;
  usageUrl: string;
  intervalSeconds: Provider['intervalSeconds'];
  options?: readonly ProviderOption[];
  words?: NonNullable<Provider['words']>;
  /** Where its logins are discovered, in that order. */
  places: readonly LoginPlace[];
  login?: LoginForm;
};

export type Monitor = {
  store: Store<MonitorState>;
  /** Polls these providers while the lease is held. Returns its release; the last release aborts what is in flight. */
  lease(providers: readonly string[]): () => void;
  /** Refreshes these accounts now, by hand. See `RefreshAnswer` for what is held back. */
  refresh(keys: readonly string[]): RefreshAnswer;
  setPaused(paused: boolean): void;
  /** One reading of every account for scripts: discovers, refreshes once, waits for the last result or the deadline. */
  readOnce(options: {timeoutMs: number; maxAgeMs: number}): Promise<MonitorState>;
  /** The same where no request has to be made; null where one has. */
  lookOnce(options: {maxAgeMs: number}): Promise<MonitorState | null>;
  /**
   * What is forecast of the windows of an account, as of the reading that the account carries, while providers are leased.
   * Another function as soon as any forecast was made again: on a reading, and every few minutes.
   */
  forecasts: ReadOnlyStore<ForecastOf>;
  /** What is learned of a window, for pictures of what is to come; null while nothing is. It must not be changed. */
  learnedOf(account: string, window: string): Series | null;
  /** The requests that this copy has made. */
  requests(): readonly RequestCount[];
  /** Discovers logins again, now (a credential was added or removed). */
  rediscover(): Promise<void>;
  close(): Promise<void>;
};

/** What the check of a login read, before the login was saved. */
export type FirstReading = {account: Pick<Account, 'key' | 'fingerprint'>; reading: Reading; readAt: number};

/** Accounts that are refreshed; whose last request is less than 2 s old; and the service's own wait, when a second press must insist. */
export type RefreshAnswer = {refreshing: string[]; tooSoon: string[]; waiting: {key: string; retryAt: number}[]};

export type SettingsControl = {
  store: Store<{settings: Settings; problems: SettingsProblem[]; themes: OwnThemes}>;
  /** Applied at once and kept in config.json. */
  update(change: (settings: Settings) => Settings): void;
};

/** A login that is stored and used by nobody: its provider was one of the user's own, and is described no more. */
export type Orphan = {storedId: string; key: string; provider: string; label: string};

/** A login as the credentials view and `accounts` show it. */
export type CredentialRow = {
  account: Account;
  hidden: boolean;
  masked: string;
  /** Id in our own store; null for another tool's. */
  storedId: string | null;
  /** Set when its secret lies in the keychain of the operating system. */
  keychain?: true;
  /** Origin that stands in for the service's own hosts. */
  endpoint?: string;
  /** Name of the machine that has it, where that is not this one. */
  machine?: string;
};
export type LoginDraft = {
  provider: string;
  secret: string;
  label?: string;
  fields: Record<string, string>;
  keychain?: true;
};

/** `add` and `rename` reject with a `RevealingError` when a name or a visible field would show a secret. */
export type CredentialsControl = {
  rows(): Promise<CredentialRow[]>;
  /** What is stored for providers that are gone. */
  orphans(): Promise<Orphan[]>;
  /** Where the logins of a provider were looked for, and what was found there. */
  search(provider: string): Promise<SearchedPlace[]>;
  /** One real request with the draft; resolves to null when it worked, else to the line that says why not. */
  verify(draft: LoginDraft, timeoutMs: number): Promise<string | null>;
  /** Resolves to its id in our own store. A secret that is there already keeps what the draft does not say. */
  add(draft: LoginDraft): Promise<string>;
  replace(storedId: string, secret: string): Promise<void>;
  rename(storedId: string, label: string): Promise<void>;
  remove(storedId: string): Promise<boolean>;
  setHidden(accountKey: string, hidden: boolean): void;
};
