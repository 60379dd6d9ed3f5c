import type {DemoService} from './demo-service.ts';
import type {HandedFigures} from './handed-figures.ts';
import type {LoginPlace} from './login-place.ts';
import type {Failure, Reading} from './model.ts';
import type {RunResult, WireRun} from './program-run.ts';
import type {ProviderWords} from './provider-words.ts';
import type {Language, ProviderOption} from './settings.ts';

export type {DemoAnswer, DemoRequest, DemoService} from './demo-service.ts';
export type {RunResult} from './program-run.ts';

/**
 * The contract of a provider. Two narrow worlds keep it honest: `discover(machine)` may look at files and environment
 * but has no network; `fetch(account, wire)` has network and clock but no disk. All of it but the three functions is
 * light data that every start loads; what they need is imported when they are called.
 */
export type Provider = {
  id: string;
  /** As the panel's title says it. */
  name: string;
  /** The page that `o` opens. */
  usageUrl: string;
  /** Seconds between two polls, the least that the settings may ask for, and the least between two that the user asks for. */
  intervalSeconds: {default: number; floor: number; byHand?: number};
  /**
   * Hosts that a credential of this provider may be sent to; `*.ghe.com` allows any one label in place of the star, and
   * `http://127.0.0.1:8080` this origin alone.
   */
  hosts: readonly string[];
  /** What is sent of a login, when it is not just the secret that `login` asks for. */
  sends?: string;
  /**
   * Ids of its windows, for scripts: '5h', or a pattern such as '<pool>/<length>', where `<length>` is any length and other
   * words in brackets are names that the service tells.
   */
  windowIds: readonly string[];
  /** Where `discover` looks, in its order, for those who ask why a login is not found. */
  places: readonly LoginPlace[];
  /** Variables that say where other tools keep its logins. A relative path in one would make any project a place: it is ignored. */
  pathVariables?: readonly string[];
  /** Described by the user in config.json. */
  custom?: true;
  /** What `login` needs to know. */
  login?: LoginForm;
  /** What the settings can tell this provider alone, beside what they can tell each: `providers.<id>.<name>`, a text. */
  options?: readonly ProviderOption[];
  handed?: HandedFigures;
  /** Its own words: names of pools, notes and remedies that no other provider has. */
  words?: Record<Language, ProviderWords>;
  /**
   * Discovers logins; with `only` at the places of these names alone. Never throws: what cannot be read becomes a
   * `problem` account. Time is `machine.now()`.
   */
  discover(machine: Machine, only?: readonly string[]): Promise<Account[]>;
  /** One reading of the service. Throws `ProviderError`, nothing else. */
  fetch(account: Account, wire: Wire): Promise<Reading>;
  /** True for the few that `--demo` shows when it is not told which. */
  inDemo?: true;
  /** An invented login and a service that answers it, for `--demo` and for tests. */
  demo(): Promise<DemoService>;
};

/** What a provider is, without what it does. */
export type ProviderFacts = Omit<Provider, 'discover' | 'fetch' | 'demo'>;

/** How a credential is stored by hand: the fields beside the secret that `login` asks for or takes as options. */
export type LoginForm = {
  /** What the secret is called: 'API key'. */
  secret: string;
  /** The one place that it may go to: an origin, or a program. It is stored beside the secret. */
  boundTo?: string;
  fields: readonly {
    name: string;
    label: string;
    required: boolean;
    values?: readonly string[];
    /** Typed unseen, and never taken from the command line, where other users could read it. */
    secret?: true;
  }[];
};

/** One login at one provider, as found on this machine. */
export type Account = {
  /** provider + ':' + 8 hex digits; see `accountKey`. */
  key: string;
  provider: string;
  label: string;
  source: string;
  /** Which of the provider's `places` this very credential comes from, when reading that one again gives the same account. */
  place?: string;
  /** The credential as the provider wants it; only the provider that made it looks inside. */
  credential: unknown;
  /** Every secret string in `credential`, so that no message can carry one. */
  secrets: readonly string[];
  /** A short hash of what would be sent: changes when the credential changes. */
  fingerprint: string;
  expiresAt: number | null;
  /** True for a credential that `login` stored, false for another tool's. */
  stored: boolean;
  /** Set when this login cannot be refreshed: an unreadable file, an API-key login, an account to be verified first. */
  problem?: Failure;
  /** Set when there is nothing to refresh: an account switched off by its owner. */
  staticReading?: Reading;
  /** Set when its service is not to be polled: shown as long as neither `cached` nor the ledger has figures. */
  passive?: Reading;
  /** Numbers that another tool left behind, with their age (epoch ms): a last resort when a refresh fails, or is not wanted. */
  cached?: {reading: Reading; readAt: number};
};

/** What `locked` says. */
export const lockedWhy = 'another program has locked it';

/** `forbidden`: this user may not read it; `locked`: another program keeps it for itself, later it may; `late`: no answer in time. */
export type UnreadableReason = 'forbidden' | 'locked' | 'late' | 'broken';
export type Unreadable = {state: 'unreadable'; why: string; reason: UnreadableReason};
export type FileRead = {state: 'ok'; text: string} | {state: 'missing'} | Unreadable;
export type Rows = {state: 'ok'; rows: Record<string, unknown>[]} | {state: 'missing'} | Unreadable;
export type StoredCredential = {
  id: string;
  provider: string;
  label?: string;
  /** Empty when it could not be had; then `problem` says why. */
  secret: string;
  fields: Record<string, string>;
  /** Set when the secret lies in the keychain of the operating system. */
  keychain?: true;
  problem?: string;
};

/** What discovery may see of the computer: files, environment, programs. Nothing here reaches the network. */
export type Machine = {
  platform: string;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  now(): number;
  /** Text of a file (1 MiB at most, BOM removed). Unchanged files are answered from memory after one stat. */
  readText(path: string): Promise<FileRead>;
  /** `readText` + JSON.parse; another program may be rewriting the file, so one more try follows a broken read. */
  readJson(path: string): Promise<{state: 'ok'; value: unknown} | Exclude<FileRead, {state: 'ok'}>>;
  /** Epoch ms of a file's last change; null when that cannot be had. */
  modifiedAt(path: string): Promise<number | null>;
  /** Names in a directory; empty when there is none. */
  list(directory: string): Promise<string[]>;
  /** Rows of a read-only query on a SQLite file in place; `missing` when the file is not there. Throws nothing. */
  query(path: string, sql: string, ...parameters: (string | number)[]): Promise<Rows>;
  /** Absolute path of a program on PATH or among `extra` paths; null when there is none. */
  which(program: string, extra?: readonly string[]): Promise<string | null>;
  /**
   * Runs a program without a shell, stdin closed, in its own session; output capped at 1 MiB. Its answer, a failure too, is
   * used again for minutes, as long as `stamp` (the text of the files that it depends on) stays the same.
   */
  run(program: string, args: readonly string[], options: {timeoutMs: number; stamp?: string}): Promise<RunResult>;
  /** Credentials stored by `login` for this provider. */
  stored(provider: string): Promise<StoredCredential[]>;
  /** Lower-case hex SHA-256 of a text. */
  sha256(text: string): string;
  /** One of this provider's own options in the settings ('true' for a switch that is on), or their `url`, when it is there. */
  setting(provider: string, name: string): string | undefined;
};

export type WireRequest = {
  method?: 'GET' | 'POST';
  /** https URL; its host must be one of the provider's. A configured endpoint replaces its origin. */
  url: string;
  headers?: Record<string, string>;
  body?: string;
};
/** An answer that arrived whole. `headers` are lower-case. */
export type WireResponse = {status: number; headers: Record<string, string>; text: string};

/** What `fetch` may use: network and clock, no disk. Deadline and abort are the wire's; providers only await. */
export type Wire = {
  /** Epoch ms. */
  now(): number;
  version: string;
  /** Throws `ProviderError` for network, timeout, redirect, oversize; every HTTP status is returned. */
  send(request: WireRequest): Promise<WireResponse>;
  /** The vendor's own program as a way to a reading (Antigravity's `agy`). As `Machine.run`, but started each time. */
  run(program: string, args: readonly string[], options: WireRun): Promise<RunResult>;
  /** Registers a secret made during `fetch` (an access token), so that no message can carry it. */
  protect(secret: string): void;
  /** Memory of this provider for this process: access tokens made from refresh tokens. Never written anywhere. */
  memory: Map<string, unknown>;
};

/** An account's stable key: provider and eight hex digits of a hash, so that it can be written down anywhere. */
export const accountKey = (machine: Pick<Machine, 'sha256'>, provider: string, identity: string): string =>
  `${provider}:${machine.sha256(`${provider}\n${identity}`).slice(0, 8)}`;

/** Ids under which our own store keeps what is no login of a provider. */
export const storeIds: readonly string[] = ['ntfy', 'serve'];

/** The account that stands for a stored credential whose secret cannot be had. */
export const brokenKey = (machine: Pick<Machine, 'sha256'>, {id, provider}: StoredCredential): string =>
  accountKey(machine, provider, `stored ${id}`);

/** A short one-way hash of a credential: enough to see that it changed, useless to recover it. */
export const fingerprintOf = (machine: Pick<Machine, 'sha256'>, ...parts: string[]): string =>
  machine.sha256(['mystatus fingerprint', ...parts].join('\n')).slice(0, 12);
