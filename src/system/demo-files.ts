import type {DemoService} from '../core/provider.ts';

type Json = Record<string, unknown>;

/** The invented credential files of these services, by path below the home directory, or below `root`. */
export function demoFiles(services: readonly DemoService[], now: number, root = ''): Map<string, string> {
  const files = new Map<string, string>();
  for (const [path, text] of services.flatMap(service => Object.entries(service.files(now)))) {
    const before = files.get(root + path);
    files.set(root + path, before === undefined || before === text ? text : sharedFile(path, before, text));
  }
  return files;
}

/** The invented SQLite files of a service, by path as those. */
export const demoStores = (
  service: DemoService,
  now: number,
  root: string,
): [string, Readonly<Record<string, string>>][] =>
  Object.entries(service.stores?.(now) ?? {}).map(([path, values]) => [root + path, values]);

/** One JSON file with what two services of the demo keep in it. Throws where each has something else in the same place. */
function sharedFile(path: string, one: string, other: string): string {
  const [before, more] = [objectIn(one), objectIn(other)];
  if (before === undefined || more === undefined) throw clash(path);
  return JSON.stringify(merged(before, more, path));
}

function merged(before: Json, more: Json, path: string): Json {
  const added = Object.entries(more).map(([name, value]) => [name, both(before[name], value, `${path}: ${name}`)]);
  return {...before, ...Object.fromEntries(added)};
}

function both(before: unknown, value: unknown, path: string): unknown {
  if (before === undefined || JSON.stringify(before) === JSON.stringify(value)) return value;
  if (isObject(before) && isObject(value)) return merged(before, value, path);
  throw clash(path);
}

const clash = (path: string): Error => new Error(`two services of the demo need different contents: ${path}`);

function objectIn(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
