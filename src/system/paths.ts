import {posix, win32} from 'node:path';

/** Absolute. Settings and stored credentials live in the first, the shared ledger in the second. */
export type Paths = {configDirectory: string; stateDirectory: string};

const program = 'mystatus-tui';

/** Where this program keeps things: an override of its own, else what the platform's users expect. */
export function pathsOf(env: Readonly<Record<string, string | undefined>>, platform: string, home: string): Paths {
  const path = platform === 'win32' ? win32 : posix;
  const places = placesOf(env, platform, home);
  const resolve = (override: string | undefined, place: string) =>
    override ? path.resolve(override) : path.join(place, program);
  return {
    configDirectory: resolve(env.MYSTATUS_CONFIG_DIR, places.config),
    stateDirectory: resolve(env.MYSTATUS_STATE_DIR, places.state),
  };
}

function placesOf(env: Readonly<Record<string, string | undefined>>, platform: string, home: string) {
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
