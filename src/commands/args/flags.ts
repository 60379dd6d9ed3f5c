/** Every flag, whatever command has it. */

import {languages, themeNames} from '../../core/settings.ts';
import {colorMarkups, escapes} from '../../output/markup.ts';
import {known} from '../../providers/known.ts';
import {presets} from '../statusline-presets.ts';

export type Flag = {
  name: string;
  /** What the value is called in help; absent for a switch. */
  value?: string;
  /** 'extent': a switch that may be followed by one of its values, or by any where none are listed. */
  kind: 'switch' | 'extent' | 'text' | 'number' | 'providers';
  help: string;
  values?: readonly string[];
  /** What its values are made of that only the ledger and the settings know: completions ask for it. Beside `values`: there may be others. */
  known?: Known;
  least?: number;
};
/** What `completions` prints for the completions themselves. */
export const knownKinds = ['accounts', 'windows', 'themes', 'providers'] as const;
export type Known = (typeof knownKinds)[number];
/** Values that are always there stand beside what the program tells: of themes it tells all, of providers the user's own. */
export const fixedIn = ({values = [], known}: {values?: readonly string[] | undefined; known?: Known | undefined}) =>
  known === undefined || known === 'providers' ? values : [];

export const providerIds: readonly string[] = known.providers.map(({id}) => id);

export const waitedFor = ['available', 'reset'] as const;

const flagTable = {
  once: {kind: 'switch', help: 'print one reading as text, then exit'},
  json: {kind: 'switch', help: 'print JSON: one reading, or the report of accounts or doctor'},
  demo: {
    kind: 'extent',
    values: ['all'],
    help: 'use made-up accounts (all: of every provider): no network, no credentials, nothing written',
  },
  provider: {
    kind: 'providers',
    value: 'id[,id]',
    help: 'only these providers',
    values: providerIds,
    known: 'providers',
  },
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
  until: {
    kind: 'text',
    value: 'what',
    help: 'what to wait for: enough is left, or the tightest window has reset and was read again',
    values: waitedFor,
  },
  all: {kind: 'switch', help: 'wait for every account, instead of any'},
  'max-risk': {
    kind: 'number',
    value: 'percent',
    help: 'fail if it is likelier than this that a limit runs out',
    least: 0,
  },
  window: {kind: 'text', value: 'id', help: 'only this window (5h, weekly, spark/5h, …)', known: 'windows'},
  account: {kind: 'text', value: 'key', help: 'only this account (see accounts)', known: 'accounts'},
  format: {kind: 'text', value: 'template', help: 'template of the line, such as "{provider} {used}"'},
  preset: {
    kind: 'text',
    value: 'name',
    help: 'a line made for this program; other options stand over it',
    values: Object.keys(presets),
  },
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
    values: known.providers.flatMap(({handedBy}) => handedBy?.name ?? []),
  },
  csv: {kind: 'switch', help: 'print CSV'},
  since: {kind: 'text', value: 'time', help: 'only what is younger: 12h, 30d, 8w, or a date such as 2026-03-01'},
  forget: {kind: 'switch', help: 'forget the history of an account, or all of it'},
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
  file: {kind: 'text', value: 'path', help: 'test: read a saved body instead of sending a request (-: standard input)'},
  status: {kind: 'number', value: 'code', help: 'test: HTTP status of the saved body (default 200)', least: 100},
  now: {kind: 'text', value: 'time', help: 'test: when the saved body was received (default: now)'},
  url: {kind: 'text', value: 'url', help: 'trust: the exact URL, without a terminal; add: the address of your own'},
  run: {kind: 'text', value: 'path', help: 'trust: the program, without a terminal'},
  listen: {
    kind: 'text',
    value: 'address',
    help: 'port, IP address and port, or path of a socket (default 127.0.0.1:7878); other machines need a token',
  },
  'allow-host': {kind: 'text', value: 'name[,name]', help: 'names that it is reached by, such as those of a proxy'},
  'new-token': {kind: 'switch', help: 'make a token, print it once, and exit'},
  bundle: {
    kind: 'extent',
    value: 'file',
    help: 'write a file for a bug report, without secrets, names or values',
  },
  help: {kind: 'switch', help: 'show this help'},
  version: {kind: 'switch', help: 'show the version'},
} as const satisfies Record<string, Omit<Flag, 'name'>>;

export type FlagName = keyof typeof flagTable;
export const flagNames = Object.keys(flagTable) as FlagName[];
export const flagOf = (name: FlagName): Flag => ({name, ...flagTable[name]});
