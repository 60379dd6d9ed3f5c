/** The command line, described once: parsing, help, hints, completions and the man page all follow from this. */

import {languages, themeNames} from '../core/settings.ts';
import {catalogue} from '../providers/index.ts';
import {colorMarkups, escapes} from '../surfaces/markup.ts';

export type Flag = {
  name: string;
  /** What the value is called in help; absent for a switch. */
  value?: string;
  kind: 'switch' | 'text' | 'number' | 'providers';
  help: string;
  values?: readonly string[];
  /** What its values are made of that only the ledger knows: completions ask for it. */
  known?: Known;
  least?: number;
};
/** What `completions` prints for the completions themselves. */
export const knownKinds = ['accounts', 'windows'] as const;
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
  /** What is said to an argument too many, where the usual words would repeat what should not be repeated. */
  surplus?: string;
};

export const providerIds: readonly string[] = catalogue.map(({id}) => id);
export const shells = ['bash', 'zsh', 'fish'] as const;

const flagTable = {
  once: {kind: 'switch', help: 'one reading as text, then exit'},
  json: {kind: 'switch', help: 'the same as JSON (for accounts and doctor: their answer as JSON)'},
  demo: {kind: 'switch', help: 'invented accounts: no network, no credentials, nothing written'},
  provider: {kind: 'providers', value: 'id[,id]', help: 'only these providers', values: providerIds},
  interval: {kind: 'number', value: 'seconds', help: 'time between two polls of an account (60 at least)', least: 1},
  privacy: {kind: 'switch', help: 'hide e-mail addresses, account names and paths'},
  theme: {kind: 'text', value: 'name', help: 'colours', values: themeNames},
  lang: {kind: 'text', value: 'language', help: 'language of the screen', values: languages},
  'no-color': {kind: 'switch', help: 'no colours'},
  'no-mouse': {kind: 'switch', help: 'leave the mouse to the terminal'},
  ascii: {kind: 'switch', help: 'draw with ASCII only'},
  'max-age': {
    kind: 'number',
    value: 'seconds',
    help: 'answer from the shared ledger when its reading is younger (default 0: ask now)',
    least: 0,
  },
  timeout: {kind: 'number', value: 'seconds', help: 'deadline of the whole answer (default 30)', least: 1},
  'min-remaining': {kind: 'number', value: 'percent', help: 'fail when less than this is left', least: 0},
  window: {kind: 'text', value: 'id', help: 'only this window (5h, weekly, spark/5h, …)', known: 'windows'},
  account: {kind: 'text', value: 'key', help: 'only this account (see accounts)', known: 'accounts'},
  format: {kind: 'text', value: 'template', help: 'what the line says, such as "{provider} {used}"'},
  color: {
    kind: 'text',
    value: 'kind',
    help: 'how the line is coloured by severity',
    values: colorMarkups,
  },
  escape: {
    kind: 'text',
    value: 'reader',
    help: 'who reads the line: names from outside mean nothing special there',
    values: escapes,
  },
  label: {kind: 'text', value: 'name', help: 'what the account is called on the screen'},
  field: {
    kind: 'text',
    value: 'name=value[,…]',
    help: 'what belongs to the credential: username, tier, organization, …',
  },
  keychain: {
    kind: 'switch',
    help: 'keep the secret in the keychain of the operating system, not in credentials.json',
  },
  'no-verify': {kind: 'switch', help: 'store without one real request first'},
  help: {kind: 'switch', help: 'this text'},
  version: {kind: 'switch', help: 'the version'},
} as const satisfies Record<string, Omit<Flag, 'name'>>;

export type FlagName = keyof typeof flagTable;
export const flagNames = Object.keys(flagTable) as FlagName[];
export const flagOf = (name: FlagName): Flag => ({name, ...flagTable[name]});

const asking: readonly FlagName[] = ['provider', 'timeout', 'demo', 'privacy', 'no-color'];

const described: readonly Command[] = [
  {
    name: '',
    help: 'the monitor; without a terminal one reading as text',
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
    help: 'which accounts were found and where, masked; no network',
    flags: ['json', 'provider', 'privacy', 'demo', 'no-color', 'help'],
  },
  {
    name: 'login',
    argument: {name: 'provider', required: false, values: providerIds},
    help: 'store a credential: asks with hidden input, or reads standard input',
    surplus: 'login takes no credential as an argument, where others could read it: give it when asked, or pipe it in',
    flags: ['label', 'field', 'keychain', 'no-verify', 'timeout', 'help'],
  },
  {
    name: 'logout',
    argument: {name: 'account', required: true, known: 'accounts'},
    help: "forget a stored credential, by account, or by provider where there is one; other tools' files are never touched",
    flags: ['help'],
  },
  {
    name: 'guard',
    help: 'exit 0 when enough is left, 1 when not, 3 when it cannot be told',
    flags: ['min-remaining', 'window', 'account', 'max-age', ...asking, 'help'],
  },
  {
    name: 'statusline',
    help: 'one line from the shared ledger, never the network',
    flags: ['format', 'color', 'escape', 'provider', 'privacy', 'lang', 'help'],
  },
  {
    name: 'doctor',
    help: 'what works and what does not: Node, terminal, settings, stores, services',
    flags: ['json', 'provider', 'timeout', 'privacy', 'no-color', 'demo', 'help'],
  },
  {
    name: 'completions',
    argument: {name: 'shell', required: true, values: shells, unnamed: knownKinds},
    help: 'print the completions of a shell',
    flags: ['help'],
  },
];

export const commands: readonly Command[] = [
  ...described,
  {
    name: 'help',
    argument: {name: 'command', required: false, values: described.map(({name}) => name).filter(Boolean)},
    help: 'help of the program, or of a command',
    flags: ['help'],
  },
];
