import {createRequire, Module} from 'node:module';
import {basename, join} from 'node:path';
import {once} from './once.ts';

type Modules = Readonly<Record<string, object>>;

/**
 * By their paths below the directory. Whoever requires one of these files from now on, anywhere in the program, gets the
 * module that is there already.
 */
export function offerModules(directory: string, modules: Modules): void {
  for (const [path, exports] of Object.entries(modules)) {
    const file = join(directory, path);
    const module = new Module(file);
    Object.defineProperty(exports, '__esModule', {value: true});
    require.cache[file] = Object.assign(module, {filename: file, loaded: true, exports});
  }
}

/** What a pack requires itself: a module of its own by the name of its file, what lies among those files, and Node's own. */
export function requireIn(directory: string): NodeJS.Require {
  const fromDirectory = createRequire(join(directory, 'pack.cjs'));
  const own = (path: string): unknown => {
    if (needsTime.has(path)) return loadedLater(() => require(path));
    if (path.startsWith('node:')) return require(path);
    return require.cache[join(directory, basename(path))]?.exports ?? fromDirectory(path);
  };
  return Object.assign(own, fromDirectory);
}

// Node takes a sixth of its own start to load these, and nothing that is drawn needs them.
const needsTime: ReadonlySet<string> = new Set([
  'assert',
  'node:child_process',
  'node:crypto',
  'node:fs/promises',
  'node:timers/promises',
  'node:v8',
]);

/** Stands for a module until something of it is used. */
function loadedLater(load: () => object): unknown {
  const module = once(load);
  const place: object = new Proxy(() => {}, {
    // What bundlers ask of every module is no use of it: its names, its mark, and what to fall back on for other names.
    ownKeys: () => [],
    getPrototypeOf: () => place,
    get: (_, name) => (name === '__esModule' ? undefined : Reflect.get(module(), name)),
    apply: (_, self, values) => Reflect.apply(module() as (...values: unknown[]) => unknown, self, values),
  });
  return place;
}
