import type {RemedyInit} from '../../core/model.ts';
import type {Account, Machine, Unreadable} from '../../core/provider.ts';
import {problemAccount} from './accounts.ts';

/**
 * What one place held, and why not more. `problems` are said in any case, as accounts that cannot be asked; `hints` only
 * where no login was found: they explain places that may never have been meant for this provider.
 */
export type Held<Login = Account, Problem = Account> = {
  logins: readonly Login[];
  problems: readonly Problem[];
  hints: readonly Problem[];
};

export const nothing: Held<never, never> = {logins: [], problems: [], hints: []};
export const only = <Login>(...logins: Login[]): Held<Login, never> => ({...nothing, logins});
export const trouble = <Problem>(...problems: Problem[]): Held<never, Problem> => ({...nothing, problems});
export const hint = <Problem>(...hints: Problem[]): Held<never, Problem> => ({...nothing, hints});

/** What several places held, in their order. */
export const together = <Login, Problem>(places: readonly Held<Login, Problem>[]): Held<Login, Problem> => ({
  logins: places.flatMap(({logins}) => logins),
  problems: places.flatMap(({problems}) => problems),
  hints: places.flatMap(({hints}) => hints),
});

/** The places of a provider, by the names that its `places` give them. */
export type Readers<Login, Problem> = Readonly<
  Record<string, () => Held<Login, Problem> | Promise<Held<Login, Problem>>>
>;

/** What the places held, in their order, each login with the name of its place; with `names`, of these places alone. */
export async function readPlaces<Login extends object, Problem>(
  readers: Readers<Login, Problem>,
  names: readonly string[] = Object.keys(readers),
): Promise<Held<Login & {place: string}, Problem>> {
  const wanted = Object.entries(readers).filter(([name]) => names.includes(name));
  const held = await Promise.all(wanted.map(async ([place, read]) => ({place, ...(await read())})));
  return together(
    held.map(({place, logins, ...rest}) => ({...rest, logins: logins.map(login => ({...login, place}))})),
  );
}

type JsonFile = {source: string; path: string};

/** What `read` finds in a JSON file of this provider alone; that it cannot be read is said in any case. */
export async function inJsonFile(
  machine: Machine,
  provider: string,
  {source, path}: JsonFile,
  read: (value: unknown) => Held,
): Promise<Held> {
  const file = await machine.readJson(path);
  if (file.state === 'missing') return nothing;
  if (file.state === 'ok') return read(file.value);
  return trouble(problemAccount(machine, provider, {source, why: file.why, remedy: remedyFor(file)}));
}

/** Whether a file that is no valid JSON names one of these words at all: many providers may look at it, and it may hold logins of few. */
export async function isNamedIn(machine: Machine, path: string, words: readonly string[]): Promise<boolean> {
  const file = await machine.readText(path);
  return file.state === 'ok' && words.some(word => file.text.includes(word));
}

type SharedFile = JsonFile & {words: readonly string[]};

/** What is wrong with a file of many providers' logins: aside, unless one of `words` in it names this one. */
export async function sharedProblem(
  machine: Machine,
  provider: string,
  {source, path, words}: SharedFile,
  read: Unreadable,
): Promise<Account> {
  const aside = !(await isNamedIn(machine, path, words));
  return problemAccount(machine, provider, {source, why: read.why, remedy: remedyFor(read), aside});
}

/** What helps where a file or a store cannot be read: `otherwise` unless this user is not allowed to. */
export const remedyFor = ({reason}: Pick<Unreadable, 'reason'>, otherwise: RemedyInit = 'fix-file'): RemedyInit =>
  reason === 'forbidden' ? 'file-permissions' : otherwise;
