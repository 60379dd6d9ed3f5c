import {createHash} from 'node:crypto';
import type {Machine, StoredCredential} from '../core/provider.ts';
import {createQuery} from './files/query.ts';
import {createFiles} from './files/read.ts';
import {homeOf, withoutRelativePlaces} from './paths.ts';
import {findProgram} from './programs/find.ts';
import {runProgram} from './programs/programs.ts';

export type MachineOptions = {
  env: Record<string, string | undefined>;
  platform?: string;
  /** Variables by which other tools say where they keep things: a relative path in one is ignored. */
  pathVariables?: readonly string[];
  /** Defaults to what the environment says, else the system. */
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
  const env = withoutRelativePlaces(options.env, platform, options.pathVariables);
  return {
    ...createFiles(),
    platform,
    env,
    home: options.home ?? homeOf(env, platform),
    now: options.now ?? Date.now,
    query: createQuery(),
    which: (program, extra = []) => findProgram(program, extra, {env, platform}),
    run: (program, args, {timeoutMs}) => runProgram(program, args, {timeoutMs, env}),
    stored: options.stored ?? (async () => []),
    setting: options.setting ?? (() => undefined),
    sha256: text => createHash('sha256').update(text, 'utf8').digest('hex'),
  };
}
