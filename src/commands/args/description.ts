/** The command line, described once: parsing, help, hints, completions and the man page all follow from this. */

import {presetNames} from '../../core/custom/preset-names.ts';
import {known} from '../../providers/known.ts';
import {type Flag, type FlagName, flagOf, type Known, knownKinds, providerIds} from './flags.ts';

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
  /** What the argument is about; the command checks it itself. */
  target?: {name: string; values: readonly string[]; known: Known};
  help: string;
  flags: readonly FlagName[];
  /** Flags that take no value here, and what they do. */
  switches?: Partial<Record<FlagName, string>>;
  /** What flags do here, where that is something else than usual. */
  helps?: Partial<Record<FlagName, string>>;
  /** What is said to an argument too many, where the usual words would repeat what should not be repeated. */
  surplus?: string;
};

const loginIds = known.providers.flatMap(({id, takesLogin}) => (takesLogin ? [id] : []));
/** The others only say why they take none. */
const loginless = providerIds.filter(id => !loginIds.includes(id));
/** What `provider` does; `target` is what an action is about. */
export const providerActions = {
  list: {target: null, flags: ['json']},
  test: {target: 'id', flags: ['file', 'status', 'now', 'timeout']},
  trust: {target: 'id', flags: ['url', 'run']},
  untrust: {target: 'id', flags: []},
  add: {target: 'preset', flags: ['url']},
} as const satisfies Record<string, {target: string | null; flags: readonly FlagName[]}>;
export const shells = ['bash', 'zsh', 'fish'] as const;

/** A flag as this command has it. */
export function flagIn(command: Pick<Command, 'switches' | 'helps'> | undefined, name: FlagName): Flag {
  const help = command?.switches?.[name];
  if (help !== undefined) return {name, kind: 'switch', help};
  const flag = flagOf(name);
  return {...flag, help: command?.helps?.[name] ?? flag.help};
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
    argument: {name: 'provider', required: false, values: loginIds, unnamed: loginless, known: 'providers'},
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
    flags: ['min-remaining', 'max-risk', 'window', 'account', 'max-age', ...asking, 'help'],
  },
  {
    name: 'best',
    help: 'rank the accounts by what is left and how long it lasts, the best first',
    flags: ['json', 'window', 'max-age', ...asking, 'help'],
    switches: {json: 'print JSON'},
  },
  {
    name: 'wait',
    help: 'wait until enough is left, or until a limit has reset; polls as the monitor does',
    flags: ['until', 'min-remaining', 'window', 'account', 'all', ...asking, 'help'],
    helps: {
      'min-remaining': 'what must be left to be available (default 1)',
      timeout: 'end with exit code 1 after this time (default: never)',
    },
  },
  {
    name: 'statusline',
    help: 'print one line from the shared ledger, without using the network',
    flags: ['preset', 'format', 'color', 'escape', 'stdin', 'provider', 'privacy', 'lang', 'help'],
  },
  {
    name: 'history',
    argument: {name: 'account', required: false, known: 'accounts'},
    help: 'print how limits were used (CSV or JSON), or forget it',
    flags: ['csv', 'json', 'since', 'provider', 'account', 'window', 'privacy', 'forget', 'help'],
    switches: {json: 'print JSON instead of CSV'},
  },
  {
    name: 'forecast',
    help: 'tell when limits run out, from the shared ledger, without using the network',
    flags: ['json', 'provider', 'stdin', 'help'],
    switches: {
      json: 'print JSON',
      stdin: 'answer questions from readings instead, both JSON lines on standard input',
    },
  },
  {
    name: 'watch',
    help: 'poll without a screen, give alerts, and print a line for each',
    flags: ['json', 'provider', 'interval', 'privacy', 'lang', 'help'],
    switches: {json: 'print JSON lines'},
  },
  {
    name: 'serve',
    help: 'serve the readings, events, metrics and a page over HTTP, on this machine unless told otherwise',
    flags: ['listen', 'allow-host', 'new-token', 'provider', 'interval', 'privacy', 'lang', 'demo', 'help'],
  },
  {
    name: 'alerts',
    argument: {name: 'action', required: true, values: ['test', 'ntfy']},
    help: 'send a test alert by every channel and say what became of it (test), or store the topic of ntfy (ntfy)',
    flags: ['forget', 'lang', 'help'],
    switches: {forget: 'forget the topic of ntfy'},
  },
  {
    name: 'mcp',
    help: 'serve the readings to agents: a Model Context Protocol server on stdin and stdout',
    flags: ['provider', 'privacy', 'demo', 'help'],
  },
  {
    name: 'doctor',
    help: 'check what works: Node, terminal, settings, stores, services',
    flags: ['json', 'bundle', 'provider', 'timeout', 'privacy', 'no-color', 'demo', 'help'],
  },
  {
    name: 'provider',
    argument: {name: 'action', required: true, values: Object.keys(providerActions)},
    target: {name: 'id', values: presetNames, known: 'providers'},
    help: 'list, test, trust or untrust providers of your own, or add one from a preset',
    flags: ['json', 'file', 'status', 'now', 'timeout', 'url', 'run', 'help'],
    switches: {json: 'list: print JSON'},
    helps: {timeout: 'test: overall timeout (default 30)'},
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
