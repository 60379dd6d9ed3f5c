import {outcomeOf} from '../core/health.ts';
import type {Outcome} from '../core/model.ts';
import type {CredentialRow} from '../core/services.ts';
import {maskIdentity} from '../core/text/redact.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {cellWidth, padEnd, wrap} from '../view/format/cells.ts';
import {failureText, remedyText} from '../view/format/labels.ts';
import {hideIn} from '../view/format/privacy.ts';
import {age, dateTime} from '../view/format/time.ts';
import {nothing} from '../view/format/use.ts';
import {en, type Strings} from '../view/strings/en.ts';
import {iso} from './iso.ts';
import {type Discovered, placeEntry, placesText} from './places.ts';
import {schemaName} from './report.ts';

/** `accounts`: which logins were found and where. No network, so nothing is said about numbers. */
export type AccountEntry = {
  provider: string;
  account: string;
  label: string;
  source: string;
  /** Origin of the host that stands in for the service's own; null when none does. */
  endpoint: string | null;
  /** What is known without asking: a problem with the login, or that it has run out; null when only asking could tell. */
  status: Outcome | null;
  message: string | null;
  remedy: string | null;
  /** The credential, masked. */
  masked: string;
  expiresAt: string | null;
  /** True for ours, false for another tool's. */
  stored: boolean;
  hidden: boolean;
  /** Set when its provider is switched off. */
  off?: true;
  /** Name of the machine that has the login, where that is not this one. */
  machine?: string;
};

export type AccountsOptions = {
  now: number;
  privacy: boolean;
  /** Ids of providers that are switched off. */
  disabled?: readonly string[];
  /** Providers of which it is told where logins were looked for, and what was found there. */
  discovered?: readonly Discovered[];
  /** English, with the words that the providers bring. */
  english?: Strings;
};

export function accountsJson(rows: readonly CredentialRow[], options: AccountsOptions): string {
  const {discovered, privacy} = options;
  const say = sayingFor(rows, privacy);
  const places =
    discovered && Object.fromEntries(discovered.map(({id, places}) => [id, places.map(each => placeEntry(each, say))]));
  const accounts = rows.map(row => accountEntry(row, options));
  return `${JSON.stringify({schema: schemaName, accounts, ...(places && {places})}, null, 2)}\n`;
}

function accountEntry(row: CredentialRow, {now, privacy, disabled = [], english = en}: AccountsOptions): AccountEntry {
  const {account, hidden, masked, endpoint = null} = row;
  const problem = account.problem ?? null;
  const say = (text: string): string => (privacy ? hideIn(text, [account.label]) : text);
  const hasExpired = account.expiresAt !== null && account.expiresAt <= now;
  const known =
    problem !== null
      ? problem.code
      : account.staticReading
        ? outcomeOf({reading: account.staticReading, failure: null})
        : null;
  return {
    provider: account.provider,
    account: account.key,
    label: sanitize(privacy ? maskIdentity(account.label) : account.label, 200),
    source: sanitize(say(account.source), 200),
    endpoint,
    status: known ?? (hasExpired && account.passive === undefined ? 'expired' : null),
    message: problem === null ? null : say(sanitize(problem.detail || failureText(problem, en), 200)),
    remedy: problem?.remedy ? say(sanitize(remedyText(problem.remedy, english), 2500)) : null,
    masked,
    expiresAt: iso(account.expiresAt),
    stored: account.stored,
    hidden,
    ...(disabled.includes(account.provider) ? {off: true as const} : {}),
    ...(row.machine === undefined ? {} : {machine: privacy ? maskIdentity(row.machine) : row.machine}),
  };
}

export type AccountsTextOptions = AccountsOptions & {
  width: number;
  strings: Strings;
  color: boolean;
  hourCycle?: 12 | 24;
  /** Names of providers by id. */
  names: Readonly<Record<string, string>>;
};

/** The logins, and for the providers that are named every place where logins were looked for. */
export const accountsText = (rows: readonly CredentialRow[], options: AccountsTextOptions): string =>
  loginsText(rows, options) +
  (options.discovered ?? [])
    .map(each => placesText(each, {...options, say: sayingFor(rows, options.privacy)}))
    .join('');

/** Why a place gave nothing may name an account. */
const sayingFor = (rows: readonly CredentialRow[], privacy: boolean) => {
  const names = rows.map(({account}) => account.label);
  return (text: string): string => (privacy ? hideIn(text, names) : text);
};

/** A table; below 60 cells a short block per account instead. */
function loginsText(rows: readonly CredentialRow[], options: AccountsTextOptions): string {
  const {table} = options.strings;
  if (rows.length === 0) return `${table.nothing}\n`;
  const cells = rows.map(row => cellsOf(row, options));
  const below = rows.map(row => [...endpointLines(row, options), ...problemLines(row, options)]);
  if (options.width < 60) return blocks(cells, below, options.width);
  const head = [table.provider, table.account, table.source, table.credential, table.expires];
  const widths = columnWidths([head, ...cells], options.width);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => padEnd(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[line(head), ...cells.flatMap((row, at) => [line(row), ...(below[at] ?? [])])].join('\n')}\n`;
}

function cellsOf(row: CredentialRow, options: AccountsTextOptions): string[] {
  const entry = accountEntry(row, options);
  const {states, credentials} = options.strings;
  const mark = `${entry.off ? `(${credentials.off}) ` : ''}${entry.hidden ? `(${states.hidden}) ` : ''}`;
  return [
    options.names[entry.provider] ?? entry.provider,
    mark + entry.label,
    entry.source,
    entry.masked === '' ? nothing : entry.masked,
    expiryText(row.account.expiresAt, options),
  ];
}

function expiryText(expiresAt: number | null, {now, strings, hourCycle = 24}: AccountsTextOptions): string {
  if (expiresAt === null) return nothing;
  if (expiresAt > now) return dateTime(expiresAt, now, strings, {hourCycle});
  return strings.credentials.expired(age(expiresAt, now, strings));
}

const endpointLines = ({endpoint}: CredentialRow, {strings, width}: AccountsTextOptions): string[] =>
  endpoint === undefined ? [] : wrap(strings.panel.endpoint(endpoint), width - 2).map(line => `  ${line}`);

function problemLines({account}: CredentialRow, {strings, privacy, width, color}: AccountsTextOptions): string[] {
  const {problem} = account;
  if (problem === undefined) return [];
  const say = (text: string): string => (privacy ? hideIn(text, [account.label]) : text);
  const remedy = problem.remedy === null ? '' : ` — ${remedyText(problem.remedy, strings)}`;
  const text = say(sanitize(`${failureText(problem, strings)}${remedy}`, 2500));
  return wrap(`! ${text}`, width - 2).map(line => (color ? `  \u001b[31m${line}\u001b[0m` : `  ${line}`));
}

/** As wide as their content; what is too much is taken from the widest. */
function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({length: columns}, (_, at) => Math.max(...rows.map(row => cellWidth(row[at] ?? ''))));
  const gaps = 2 * (columns - 1);
  for (let extra = widths.reduce((sum, cells) => sum + cells, gaps) - width; extra > 0; extra -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}

const blocks = (cells: readonly string[][], below: readonly string[][], width: number): string =>
  `${cells
    .flatMap(([provider = '', label = '', ...rest], at) => [
      padEnd(`${provider}  ${label}`, width).trimEnd(),
      ...rest.filter(cell => cell !== nothing).map(cell => padEnd(`  ${cell}`, width).trimEnd()),
      ...(below[at] ?? []),
    ])
    .join('\n')}\n`;
