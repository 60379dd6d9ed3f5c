/** The command line, described once: parsing, help, hints, completions and the man page all follow from this. */

import {languages, themeNames} from '../../core/settings.ts';
import {colorMarkups, escapes} from '../../output/markup.ts';
import {catalogue} from '../../providers/index.ts';

export type Flag = {
  name: string;
  /** What the value is called in help; absent for a switch. */
  value?: string;
  /** 'extent': a switch that may be followed by one of its values. */
  kind: 'switch' | 'extent' | 'text' | 'number' | 'providers';
  help: string;
  values?: readonly string[];
  /** What its values are made of that only the ledger and the settings know: completions ask for it. Beside `values`: there may be others. */
  known?: Known;
  least?: number;
};
/** What `completions` prints for the completions themselves. */
export const knownKinds = ['accounts', 'windows', 'themes'] as const;
export type Known = (typeof knownKinds)[number];
export type Command = {
  /** '' is the monitor itself. */
  name: string;
  argument?: {
    name: string;
    required: boolean;
    values?: readonly string[];
    /** Taken too, and named nowhere. */
    unnamed?: readonly string[];
    known?: Known;
  };
  help: string;
  flags: readonly FlagName[];
  /** Flags that take no value here, and what they do. */
  switches?: Partial<Record<FlagName, string>>;
  /** What is said to an argument too many, where the usual words would repeat what should not be repeated. */
  surplus?: string;
};

export const providerIds: readonly string[] = catalogue.map(({id}) => id);
const loginIds = catalogue.flatMap(({id, login}) => (login === undefined ? [] : [id]));
/** The others only say why they take none. */
const loginless = providerIds.filter(id => !loginIds.includes(id));
export const shells = ['bash', 'zsh', 'fish'] as const;

const flagTable = {
  once: {kind: 'switch', help: 'print one reading as text, then exit'},
  json: {kind: 'switch', help: 'print JSON: one reading, or the report of accounts or doctor'},
  demo: {
    kind: 'extent',
    values: ['all'],
    help: 'use made-up accounts (all: of every provider): no network, no credentials, nothing written',
  },
  provider: {kind: 'providers', value: 'id[,id]', help: 'only these providers', values: providerIds},
  interval: {kind: 'number', value: 'seconds', help: 'time between polls of an account (at least 60)', least: 1},
  privacy: {kind: 'switch', help: 'hide e-mail addresses, account names and paths'},
  theme: {kind: 'text', value: 'name', help: 'colour theme', values: themeNames, known: 'themes'},
  lang: {kind: 'text', value: 'language', help: 'display language', values: languages},
  'no-color': {kind: 'switch', help: 'disable colours'},
  'no-mouse': {kind: 'switch', help: 'leave the mouse to the terminal'},
  ascii: {kind: 'switch', help: 'draw with ASCII only'},
  'max-age': {
    kind: 'number',
    value: 'seconds',
    help: 'accept a reading from the shared ledger if it is younger (default 0: always refresh)',
    least: 0,
  },
  timeout: {kind: 'number', value: 'seconds', help: 'overall timeout (default 30)', least: 1},
  'min-remaining': {kind: 'number', value: 'percent', help: 'fail if less than this is left', least: 0},
  window: {kind: 'text', value: 'id', help: 'only this window (5h, weekly, spark/5h, …)', known: 'windows'},
  account: {kind: 'text', value: 'key', help: 'only this account (see accounts)', known: 'accounts'},
  format: {kind: 'text', value: 'template', help: 'template of the line, such as "{provider} {used}"'},
  color: {
    kind: 'text',
    value: 'kind',
    help: 'colour the line by severity, in this format',
    values: colorMarkups,
  },
  escape: {
    kind: 'text',
    value: 'reader',
    help: 'escape names for this program',
    values: escapes,
  },
  stdin: {
    kind: 'text',
    value: 'program',
    help: 'read what this program gives to its status line, and keep its figures',
    values: catalogue.flatMap(({handed}) => handed?.name ?? []),
  },
  label: {kind: 'text', value: 'name', help: 'name of the account on screen'},
  field: {
    kind: 'text',
    value: 'name=value[,…]',
    help: 'extra fields of the credential: username, tier, organization, …',
  },
  keychain: {
    kind: 'switch',
    help: 'store the secret in the system keychain instead of credentials.json',
  },
  'no-verify': {kind: 'switch', help: 'store without a test request first'},
  help: {kind: 'switch', help: 'show this help'},
  version: {kind: 'switch', help: 'show the version'},
} as const satisfies Record<string, Omit<Flag, 'name'>>;

export type FlagName = keyof typeof flagTable;
export const flagNames = Object.keys(flagTable) as FlagName[];
export const flagOf = (name: FlagName): Flag => ({name, ...flagTable[name]});
/** A flag as this command has it. */
export function flagIn(command: Pick<Command, 'switches'> | undefined, name: FlagName): Flag {
  const help = command?.switches?.[name];
  return help === undefined ? flagOf(name) : {name, kind: 'switch', help};
}

const asking: readonly FlagName[] = ['provider', 'timeout', 'demo', 'privacy', 'no-color'];

const described: readonly Command[] = [
  {
    name: '',
    help: 'open the monitor (prints one reading when there is no terminal)',
    flags: [
      'once',
      'json',
      'demo',
      'provider',
      'interval',
      'privacy',
      'theme',
      'lang',
      'no-color',
      'no-mouse',
      'ascii',
      'max-age',
      'timeout',
      'help',
      'version',
    ],
  },
  {
    name: 'accounts',
    help: 'list the accounts that were found, and where; masked, no network',
    flags: ['json', 'provider', 'privacy', 'demo', 'no-color', 'help'],
  },
  {
    name: 'login',
    argument: {name: 'provider', required: false, values: loginIds, unnamed: loginless},
    help: 'store a credential: prompts with hidden input, or reads standard input',
    surplus:
      'login takes no credential as an argument, where others could read it: enter it at the prompt, or pipe it in',
    flags: ['label', 'field', 'keychain', 'no-verify', 'timeout', 'help'],
  },
  {
    name: 'logout',
    argument: {name: 'account', required: true, known: 'accounts'},
    help: "remove a stored credential, by account, or by provider if it has only one; other tools' files are never touched",
    flags: ['help'],
  },
  {
    name: 'guard',
    help: 'exit 0 if enough is left, 1 if not, 3 if unknown',
    flags: ['min-remaining', 'window', 'account', 'max-age', ...asking, 'help'],
  },
  {
    name: 'statusline',
    help: 'print one line from the shared ledger, without using the network',
    flags: ['format', 'color', 'escape', 'stdin', 'provider', 'privacy', 'lang', 'help'],
  },
  {
    name: 'forecast',
    help: 'tell when limits run out, from readings and questions as JSON lines',
    flags: ['stdin', 'help'],
    switches: {stdin: 'answer the questions on standard input from the readings before them, and nothing else'},
  },
  {
    name: 'doctor',
    help: 'check what works: Node, terminal, settings, stores, services',
    flags: ['json', 'provider', 'timeout', 'privacy', 'no-color', 'demo', 'help'],
  },
  {
    name: 'completions',
    argument: {name: 'shell', required: true, values: shells, unnamed: knownKinds},
    help: 'print completions for a shell',
    flags: ['help'],
  },
];

export const commands: readonly Command[] = [
  ...described,
  {
    name: 'help',
    argument: {name: 'command', required: false, values: described.map(({name}) => name).filter(Boolean)},
    help: 'show help for the program or a command',
    flags: ['help'],
  },
];
