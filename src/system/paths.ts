import {join, posix, win32} from 'node:path';

/** Absolute. Settings and stored credentials live in the first, the shared ledger in the second. */
export type Paths = {configDirectory: string; stateDirectory: string};
type Environment = Readonly<Record<string, string | undefined>>;

const program = 'mystatus-tui';
const own = ['MYSTATUS_CONFIG_DIR', 'MYSTATUS_STATE_DIR'] as const;

// Variables by which the system says where things are kept; those of other tools come from the providers.
const systems = /^(?:HOME|XDG_[A-Z]+_HOME)$/;
const systemsOnWindows = /^(?:USERPROFILE|(?:LOCAL)?APPDATA)$/;
const isSystems = (name: string, platform: string): boolean =>
  systems.test(name) || (platform === 'win32' && systemsOnWindows.test(name));

const pathFor = (platform: string) => (platform === 'win32' ? win32 : posix);
const isRelative = (value: string | undefined, platform: string): value is string =>
  value !== undefined && value !== '' && !pathFor(platform).isAbsolute(value);

/**
 * The directory variables whose value is relative, by name; `variables` are those of other tools. Followed, they would make the working directory, which may
 * be anybody's project, a source of settings, logins and code. Our own are refused, those of other tools are ignored.
 */
export function relativePlaces(
  env: Environment,
  platform: string,
  variables: readonly string[] = [],
): {own: string[]; others: string[]} {
  const relativeOf = (names: readonly string[]): string[] => names.filter(name => isRelative(env[name], platform));
  const isOthers = (name: string): boolean => isSystems(name, platform) || variables.includes(name);
  return {own: relativeOf(own), others: relativeOf(Object.keys(env).filter(isOthers))};
}

/** The environment without the relative places of other tools. */
export function withoutRelativePlaces(
  env: Environment,
  platform: string,
  variables: readonly string[] = [],
): Environment {
  const ignored = relativePlaces(env, platform, variables).others;
  return ignored.length === 0
    ? env
    : Object.fromEntries(Object.entries(env).filter(([name]) => !ignored.includes(name)));
}

/** What stands for the home of a user who has none: nothing is there, and nothing is made there. */
export const noHome = '/nonexistent';

/** The user's home directory: what the environment says where that is absolute, else what the system says. */
export function homeOf(env: Environment, platform: string): string {
  const told = [env.HOME, env.USERPROFILE].find(value => value && pathFor(platform).isAbsolute(value));
  return told ?? homeOfAccount() ?? noHome;
}

/** What the system says, and not `homedir()`: that believes HOME first, whatever stands in it. */
export function homeOfAccount(): string | null {
  try {
    // Loaded for this alone, which few need.
    return process.getBuiltinModule('node:os').userInfo().homedir || null;
  } catch {
    return null; // a user whom the system does not know, as in containers
  }
}

/**
 * Where this program keeps things: an override of its own, else what the platform's users expect. Throws for an override
 * that is relative; `relativePlaces` tells beforehand.
 */
export function pathsOf(env: Environment, platform: string, home: string): Paths {
  const path = pathFor(platform);
  const places = placesOf(env, platform, home);
  const resolve = (name: (typeof own)[number], place: string) => {
    if (isRelative(env[name], platform)) throw new Error(`${name} must be an absolute path`);
    return env[name] ? path.resolve(env[name]) : path.join(place, program);
  };
  return {
    configDirectory: resolve('MYSTATUS_CONFIG_DIR', places.config),
    stateDirectory: resolve('MYSTATUS_STATE_DIR', places.state),
  };
}

/** The user's own themes, beside the settings. */
export const themesIn = (configDirectory: string): string => join(configDirectory, 'themes');

/** True for a directory that bears our name, as all that we make without being told where do. */
export const isNamedAfterUs = (directory: string): boolean => pathFor(process.platform).basename(directory) === program;

function placesOf(env: Environment, platform: string, home: string) {
  // A relative path in these is void by their specification; it would make the working directory a place for settings.
  const absolute = (path: typeof posix, value: string | undefined) => (value && path.isAbsolute(value) ? value : null);
  if (platform === 'darwin') {
    const library = posix.join(home, 'Library');
    return {config: posix.join(library, 'Preferences'), state: posix.join(library, 'Application Support')};
  }
  if (platform === 'win32') {
    const data = win32.join(home, 'AppData');
    return {
      config: absolute(win32, env.APPDATA) ?? win32.join(data, 'Roaming'),
      state: absolute(win32, env.LOCALAPPDATA) ?? win32.join(data, 'Local'),
    };
  }
  return {
    config: absolute(posix, env.XDG_CONFIG_HOME) ?? posix.join(home, '.config'),
    state: absolute(posix, env.XDG_STATE_HOME) ?? posix.join(home, '.local', 'state'),
  };
}
