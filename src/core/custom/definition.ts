import type {AmountId, FailureCode, Unit} from '../vocabulary.ts';
import type {Path} from './path.ts';

/** A provider that the user describes in config.json, in place of code: docs/settings.md has the fields. */
export type CustomProvider = {
  id: string;
  /** As the panel's title says it. */
  name: string;
  usageUrl?: string;
  intervalSeconds: number;
} & ({http: HttpSource; command?: never} | {command: CommandSource; http?: never});

/** One GET request, and how its answer is read. */
export type HttpSource = {
  url: string;
  auth?: Auth;
  headers: Readonly<Record<string, string>>;
  /** What must hold for an answer of success, else it is a failure. */
  success: readonly SuccessCondition[];
  /** What a status other than success means here. */
  statuses: Readonly<Record<string, FailureCode>>;
  plan?: TextSource;
  accountLabel?: TextSource;
  windows: readonly WindowMapping[];
  amounts: readonly AmountMapping[];
};

/** The header that carries the secret, which stands in a variable or was stored by `login`. */
export type Auth = {header: string; scheme: string; env?: string; stored?: true};

/** A program that prints a reading (output.ts). */
export type CommandSource = {
  /** argv: the program's path first, absolute or below `~`. */
  run: readonly [string, ...string[]];
  /** Variables that are handed over. */
  passEnv: readonly string[];
  /** The variable that hands over the credential that `login` stored. */
  secretEnv?: string;
  timeoutSeconds: number;
};

export type TextSource = string | {path: Path};
export type NumberSource = number | {path: Path; divideBy?: number; negate?: boolean; money?: boolean};
export type TimeSource =
  | {path: Path; as: 'iso' | 's' | 'ms' | 'in-seconds'}
  | {next: 'utc-day' | 'utc-week' | 'utc-month'};
export type Plain = string | number | boolean | null;
/** Exactly one of them beside `path`. `present`: there, and not null. */
export type Condition = {path: Path; equals?: Plain; present?: true; positive?: true};
export type SuccessCondition = Condition & {code: FailureCode; reason?: Path};

export type WindowMapping = {
  /** Rows of a name outside the map are not meant; `null` may be in it. */
  id: string | {path: Path; map: Readonly<Record<string, string>>};
  /** The mapping runs for each element of this list, and its paths begin there. */
  each?: Path;
  when?: Condition;
  usedPercent?: NumberSource;
  remainingPercent?: NumberSource;
  used?: NumberSource;
  remaining?: NumberSource;
  limit?: NumberSource;
  /** Percentages are fractions. */
  scale?: '0-1';
  unlimited?: Condition;
  unit?: Unit;
  resetsAt?: TimeSource;
};

export type AmountMapping = {id: CustomAmountId; when?: Condition; value: NumberSource; unit: Unit};

export const customAmountIds = ['balance', 'spend', 'credits', 'used'] as const satisfies readonly AmountId[];
type CustomAmountId = (typeof customAmountIds)[number];

export const customId = /^(?!constructor$)[a-z][a-z0-9-]{0,31}$/;
export const mostCustomProviders = 16;
/** What a stored secret is bound to, so that a definition that changes does not take it elsewhere: an origin, or a program. */
export const boundTo = ({http, command}: CustomProvider): string =>
  http === undefined ? (command?.run[0] ?? '') : new URL(http.url).origin;

/** Whether it takes what `login` stores. */
export const takesLogin = ({http, command}: CustomProvider): boolean =>
  http?.auth?.stored === true || command?.secretEnv !== undefined;
