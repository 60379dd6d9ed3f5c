import type {Machine} from '../../core/provider.ts';

type World = Pick<Machine, 'env' | 'home' | 'platform'>;

/** Directories in which opencode may keep its data, likeliest first. */
export function opencodeDataDirectories({env, home, platform}: World): string[] {
  if (env.XDG_DATA_HOME) return [`${env.XDG_DATA_HOME}/opencode`];
  const own = platform === 'darwin' ? [`${home}/Library/Application Support/opencode`] : [];
  const roaming =
    platform === 'win32' ? [env.LOCALAPPDATA, env.APPDATA].filter(Boolean).map(root => `${root}/opencode`) : [];
  return [`${home}/.local/share/opencode`, ...own, ...roaming];
}

/** Directories of opencode's configuration (plugins keep account files there), likeliest first. */
export function opencodeConfigDirectories({env, home, platform}: World): string[] {
  const roots = [
    env.OPENCODE_CONFIG_DIR,
    env.XDG_CONFIG_HOME && `${env.XDG_CONFIG_HOME}/opencode`,
    `${home}/.config/opencode`,
  ];
  const legacy = platform === 'win32' && env.APPDATA ? [`${env.APPDATA}/opencode`] : [];
  return [...new Set([...roots, ...legacy].filter((root): root is string => Boolean(root)))];
}
