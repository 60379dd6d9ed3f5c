import type {Command} from '../args/description.ts';
import type {FlagName} from '../args/flags.ts';
import type {Asked} from '../args/parse.ts';

/** What a way out takes: switches, and the values that an option may have (null: any text). */
export type Taken = {
  switches: readonly FlagName[];
  values: Partial<Record<FlagName, RegExp | readonly string[]>>;
};

/**
 * A command line of the simplest kind, read without the description of all commands: options that are known, each once, with
 * values that need no more checks. Null for anything else, mistakes included: the usual way reads it.
 */
export function readOptions(argv: readonly string[], {switches, values}: Taken): Asked | null {
  const found = new Map<string, string>();
  for (let at = 0; at < argv.length; at += 1) {
    const [name = '', written] = partsOf(argv[at] ?? '');
    const allowed = values[name as FlagName];
    const value = allowed === undefined ? '' : (written ?? argv[++at] ?? '');
    const isKnown = allowed === undefined ? isSwitch(name, written, switches) : isValue(value, written, allowed);
    if (!isKnown || found.has(name)) return null;
    found.set(name, value);
  }
  return askedOf(found);
}

/** A number of seconds as every option for one takes it. */
export const anySeconds = /^[1-9]\d*(\.\d+)?$/;

/** `--format=x` and `--format` alike. */
function partsOf(word: string): [name: string, value?: string] {
  if (!word.startsWith('--')) return [''];
  const at = word.indexOf('=');
  return at < 0 ? [word.slice(2)] : [word.slice(2, at), word.slice(at + 1)];
}

const isSwitch = (name: string, written: string | undefined, switches: readonly string[]): boolean =>
  written === undefined && switches.includes(name);

function isValue(value: string, written: string | undefined, allowed: RegExp | readonly string[]): boolean {
  // What looks like an option may be one.
  if (value === '' || (written === undefined && value.startsWith('-'))) return false;
  return allowed instanceof RegExp ? allowed.test(value) : allowed.includes(value);
}

const askedOf = (found: ReadonlyMap<string, string>): Asked => ({
  command: nameless,
  argument: undefined,
  target: undefined,
  has: flag => found.has(flag),
  text: flag => found.get(flag),
  number: flag => (found.has(flag) ? Number(found.get(flag)) : undefined),
  providers: found.get('provider')?.split(','),
});

// What reads the command line does not pick its own way out by it.
const nameless: Command = {name: '', help: '', flags: []};
