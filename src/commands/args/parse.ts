import {parseArgs} from 'node:util';
import {nearest} from '../../core/text/nearest.ts';
import {type Command, commands, flagIn} from './description.ts';
import {type Flag, type FlagName, flagNames, providerIds} from './flags.ts';
import {UsageError} from './usage-error.ts';

export {UsageError} from './usage-error.ts';

/** What was asked for, checked against the description. */
export type Asked = {
  command: Command;
  argument: string | undefined;
  /** What the argument is about, where a command takes two. */
  target: string | undefined;
  has(flag: FlagName): boolean;
  text(flag: FlagName): string | undefined;
  number(flag: FlagName): number | undefined;
  /** Provider ids of `--provider`; undefined when it was not given. */
  providers: readonly string[] | undefined;
};

/** `custom`: ids of providers that the user describes. Throws `UsageError`. */
export function parseCommandLine(argv: readonly string[], custom: readonly string[] = []): Asked {
  const {values, positionals} = split(argv);
  const [name = '', ...rest] = positionals;
  const command = commandOf(name);
  const byName = new Map<string, string>();
  for (const {flag, value} of values)
    byName.set(flag.name, together(flag, byName.get(flag.name), checked(flag, value, custom)));
  for (const {flag} of values) if (flag.name !== 'version') requireAllowed(command, flag.name as FlagName);
  if (!byName.has('help') && !byName.has('version')) checkArguments(withCustom(command, custom), rest);
  return asked(command, rest, byName);
}

function asked(command: Command, [argument, target]: readonly string[], values: Map<string, string>): Asked {
  const text = (flag: FlagName): string | undefined => values.get(flag);
  return {
    command,
    argument,
    target,
    has: flag => values.has(flag),
    text,
    number: flag => (text(flag) === undefined ? undefined : Number(text(flag))),
    providers: text('provider')?.split(','),
  };
}

// parseArgs knows one letter for an option; people try both of this one.
const synonyms: Readonly<Record<string, string>> = {V: 'version'};

type Given = {flag: Flag; value: string | undefined; at: number};

function split(argv: readonly string[]): {values: Given[]; positionals: string[]} {
  // Whether a flag takes a value may depend on the command, which need not stand first.
  const command = commands.find(({name}) => name === argv.find(word => commands.some(each => each.name === word)));
  const options = Object.fromEntries(
    flagNames.map(name => [name, {type: isSwitch(flagIn(command, name)) ? ('boolean' as const) : ('string' as const)}]),
  );
  const short = {
    ...options,
    help: {type: 'boolean' as const, short: 'h'},
    version: {type: 'boolean' as const, short: 'v'},
  };
  const {tokens} = parseArgs({
    args: [...argv],
    options: short,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Given[] = [];
  const positionals: string[] = [];
  for (const token of tokens) {
    const last = values.at(-1);
    if (token.kind === 'option')
      values.push({...given(command, token.name, token.rawName, token.value), at: token.index});
    else if (token.kind === 'positional' && last !== undefined && isExtent(last, token)) last.value = token.value;
    else if (token.kind === 'positional') positionals.push(token.value);
  }
  return {values, positionals};
}

const isSwitch = ({kind}: Flag): boolean => kind === 'switch' || kind === 'extent';

/** A word directly behind a switch that may have this one. */
const isExtent = ({flag, value: before, at}: Given, {index, value}: {index: number; value: string}): boolean =>
  flag.kind === 'extent' && before === undefined && index === at + 1 && (flag.values?.includes(value) ?? true);

function given(
  command: Command | undefined,
  asWritten: string,
  rawName: string,
  value: string | undefined,
): Omit<Given, 'at'> {
  const name = synonyms[asWritten] ?? asWritten;
  if (!(flagNames as readonly string[]).includes(name)) {
    throw new UsageError(`unknown option ${rawName}${hint(name, flagNames, '--')}`);
  }
  const flag = flagIn(command, name as FlagName);
  if (flag.kind === 'switch' && value !== undefined) throw new UsageError(`--${name} takes no value`);
  if (!isSwitch(flag) && (value === undefined || value === ''))
    throw new UsageError(`--${name} needs a value: --${name} <${flag.value}>`);
  return {flag, value};
}

function checked(flag: Flag, value: string | undefined, custom: readonly string[]): string {
  if (value === undefined) return '';
  if (flag.kind === 'number') return checkedNumber(flag, value);
  if (flag.kind === 'providers') return checkedProviders(value, [...providerIds, ...custom]);
  if (flag.values !== undefined && flag.known === undefined && !flag.values.includes(value)) {
    throw new UsageError(notAValue(flag.name, value, flag.values));
  }
  return value;
}

/** What is said to a value that is none of the flag's. */
export const notAValue = (flag: string, value: string, values: readonly string[]): string =>
  `--${flag}: unknown value "${value}"${hint(value, values, '')} (${values.join(', ')})`;

function checkedNumber({name, least}: Flag, value: string): string {
  if (!/^\d+(\.\d+)?$/.test(value.trim())) throw new UsageError(`--${name} needs a number, not "${value}"`);
  if (least !== undefined && Number(value) < least)
    throw new UsageError(`--${name} must be at least ${least}, not ${value}`);
  return value.trim();
}

function checkedProviders(value: string, known: readonly string[]): string {
  const ids = value.split(',').map(id => id.trim().toLowerCase());
  for (const id of ids) {
    if (!known.includes(id)) throw new UsageError(`unknown provider "${id}"${hintAmong(id, known)}`);
  }
  return ids.join(',');
}

/** Of what is given twice the last counts; providers are all meant. */
function together({kind, name}: Flag, before: string | undefined, value: string): string {
  if (before !== undefined && name === 'allow-host') return `${before},${value}`;
  if (kind !== 'providers' || before === undefined) return value;
  return [...new Set([...before.split(','), ...value.split(',')])].join(',');
}

/** Throws `UsageError`. */
export function commandOf(name: string): Command {
  const command = commands.find(command => command.name === name);
  if (command !== undefined) return command;
  const names = commands.map(command => command.name).filter(Boolean);
  throw new UsageError(`unknown command "${name}"${hint(name, names, '')}`);
}

function requireAllowed(command: Command, flag: FlagName): void {
  if (!command.flags.includes(flag))
    throw new UsageError(`${command.name || 'the monitor'} has no option --${flag}${hint(flag, command.flags, '--')}`);
}

/** Where the name of a provider is taken, that of one of the user's own is, too. */
function withCustom(command: Command, custom: readonly string[]): Command {
  const {argument} = command;
  if (argument?.values === undefined || argument.name !== 'provider') return command;
  return {...command, argument: {...argument, values: [...argument.values, ...custom]}};
}

function checkArguments({name, argument: expected, target, surplus: why}: Command, words: readonly string[]): void {
  const [argument] = words;
  const extra = words[expected === undefined ? 0 : target === undefined ? 1 : 2];
  if (extra !== undefined) throw new UsageError(why ?? `${name || 'the monitor'} takes no argument "${extra}"`);
  if (expected === undefined) return;
  if (argument === undefined && expected.required)
    throw new UsageError(`${name} needs a value: ${name} <${expected.name}>`);
  if (argument === undefined || expected.values === undefined) return;
  if ([...expected.values, ...(expected.unnamed ?? [])].includes(argument)) return;
  throw new UsageError(`unknown ${expected.name} "${argument}"${hintAmong(argument, expected.values)}`);
}

// More words than this are looked up, not read.
const mostListed = 8;

/** The word that was probably meant, and those that there are where a line has room for them. */
function hintAmong(word: string, words: readonly string[]): string {
  const near = hint(word, words, '');
  if (words.length <= mostListed) return `${near} (${words.join(', ')})`;
  return near === '' ? `; mystatus-tui --help lists all ${words.length}` : near;
}

function hint(word: string, words: readonly string[], prefix: string): string {
  const near = nearest(word, words);
  return near === undefined ? '' : `; did you mean ${prefix}${near}?`;
}
