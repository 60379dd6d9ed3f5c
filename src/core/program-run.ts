/** How other programs are run: absolute path, no shell, nothing to answer on stdin. */

/** `refused`: it was not started, as it could not be, or because other users can change it. */
export type RunResult = {
  code: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  refused?: 'not-startable' | 'open-to-others';
};

type Environment = Readonly<Record<string, string | undefined>>;
/** `env` and `cwd` in place of ours, `moreEnv` beside it; who prints more than `outputCap` bytes is ended. */
export type WireRun = {
  timeoutMs: number;
  env?: Environment;
  moreEnv?: Environment;
  cwd?: string;
  outputCap?: number;
};
