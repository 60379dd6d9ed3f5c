import type {LoginPlace} from '../login-place.ts';
import type {Machine} from '../provider.ts';

/** One thing that is looked at in a place, in the words of the catalogue. */
export type Item = {
  kind: 'stored' | 'variable' | 'file' | 'program';
  /** The variable's or the program's name; a file as the catalogue writes it. */
  what: string;
  /** Where that is on this machine; null when it cannot be there. */
  path: string | null;
  isThere: boolean;
  /** Why it cannot be there. */
  why?: string;
};

/** Everything that is looked at there, whether or not it is there. */
export async function itemsOf(place: LoginPlace, machine: Machine): Promise<Item[]> {
  const {variables = [], files = [], programs = []} = place;
  const found = await Promise.all(files.map(file => filesOf(file, machine)));
  return [
    ...(place.stored ? [{kind: 'stored', what: 'what it stored', path: null, isThere: false} as const] : []),
    ...variables.map(name => variableOf(name, machine)),
    ...found.flat(),
    ...(await Promise.all(programs.map(name => programOf(name, machine)))),
  ];
}

/** Its value may also be the place of a file. */
function variableOf(name: string, {env, home}: Machine): Item {
  const value = env[name] ?? '';
  const path = isAbsolute(value) ? value : value.startsWith('~/') ? home + value.slice(1) : null;
  return {kind: 'variable', what: name, path, isThere: value !== ''};
}

async function programOf(name: string, machine: Machine): Promise<Item> {
  const path = await machine.which(name);
  return {kind: 'program', what: name, path, isThere: path !== null};
}

/** `~/…`, `$VARIABLE/…` or a whole path; every file that fits, where a star stands in it. */
async function filesOf(file: string, machine: Machine): Promise<Item[]> {
  const path = resolved(file, machine);
  const absent: Item = {kind: 'file', what: file, path, isThere: false};
  if (path === null) return [{...absent, why: `${variableIn(file)} is not set`}];
  const [root = '', ...names] = file.split('/');
  const directory = path.split('/').slice(0, -names.length).join('/');
  const found = await fitting({what: root, path: directory}, names, machine);
  const items = found.map((each): Item => ({kind: 'file', ...each, isThere: true}));
  return items.length === 0 ? [absent] : items;
}

type Named = Pick<Item, 'what'> & {path: string};

/** The files below a directory whose names fit, each as the catalogue would write it. */
async function fitting(directory: Named, [pattern, ...rest]: readonly string[], machine: Machine): Promise<Named[]> {
  if (pattern === undefined) return [directory];
  const below = (name: string): Named => ({what: `${directory.what}/${name}`, path: `${directory.path}/${name}`});
  // Only where a choice is to be made, and for the file itself, does it have to be seen.
  if (!pattern.includes('*') && rest.length > 0) return fitting(below(pattern), rest, machine);
  const names = (await machine.list(directory.path || '/')).filter(name => fits(name, pattern));
  const found = await Promise.all(names.map(name => fitting(below(name), rest, machine)));
  return found.flat();
}

/** null where the variable that it begins with is not set. */
function resolved(file: string, {home, env}: Machine): string | null {
  const [root = '', ...names] = file.split('/');
  const directory = root === '~' ? home : root.startsWith('$') ? env[variableIn(file)] || null : root;
  return directory === null ? null : [directory.replace(/[\\/]+$/, ''), ...names].join('/');
}

const variableIn = (file: string): string => file.replace(/^\$|\/.*$/g, '');
const isAbsolute = (path: string): boolean => /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path);

function fits(name: string, pattern: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return name === start;
  return name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
}
