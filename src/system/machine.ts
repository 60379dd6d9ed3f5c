import {createHash} from 'node:crypto';
import {homedir} from 'node:os';
import {posix, win32} from 'node:path';
import type {Machine, StoredCredential} from '../core/provider.ts';
import {createFiles} from './files.ts';
import {findProgram, runProgram} from './programs.ts';
import {createQuery} from './query.ts';

export type MachineOptions = {
  env: Record<string, string | undefined>;
  platform?: string;
  /** Defaults to HOME, else USERPROFILE, else what the system says. */
  home?: string;
  now?: () => number;
  /** Credentials that `login` stored. */
  stored?: (provider: string) => Promise<StoredCredential[]>;
  /** Values of the settings. */
  setting?: (provider: string, name: string) => string | undefined;
};

/** This computer, as discovery may see it. Nothing here writes a file or reaches the network. */
export function createMachine(options: MachineOptions): Machine {
  const {platform = process.platform} = options;
  const env = withoutRelativePlaces(options.env);
  return {
    ...createFiles(),
    platform,
    env,
    home: options.home ?? (env.HOME || env.USERPROFILE || homedir()),
    now: options.now ?? Date.now,
    query: createQuery(),
    which: (program, extra = []) => findProgram(program, extra, {env, platform}),
    run: (program, args, {timeoutMs}) => runProgram(program, args, {timeoutMs, env}),
    stored: options.stored ?? (async () => []),
    setting: options.setting ?? (() => undefined),
    sha256: text => createHash('sha256').update(text, 'utf8').digest('hex'),
  };
}

// Variables by which other tools say where they keep things.
const places =
  /^(?:XDG_[A-Z]+_HOME|CODEX_HOME|OPENCODE_CONFIG(?:_DIR)?|GH_CONFIG_DIR|GEMINI(?:_CLI)?_HOME|COPILOT_HOME|(?:LOCAL)?APPDATA)$/;

/** A relative place would make the working directory, which may be anybody's project, a source of logins. */
function withoutRelativePlaces(env: MachineOptions['env']): MachineOptions['env'] {
  const isRelative = (path: string): boolean => !posix.isAbsolute(path) && !win32.isAbsolute(path);
  return Object.fromEntries(
    Object.entries(env).filter(([name, value]) => !(places.test(name) && isRelative(value ?? ''))),
  );
}
