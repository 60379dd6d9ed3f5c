import {spawnSync} from 'node:child_process';

type RunOptions = {cwd?: string; env?: NodeJS.ProcessEnv};

/** Runs a program to its end and returns what it printed. Throws what it complained of. */
export function run(command: string, args: readonly string[], {cwd, env}: RunOptions = {}): string {
  // On Windows npm is a script of the shell's.
  const shell = process.platform === 'win32' && command === 'npm';
  const {status, stdout, stderr, error} = spawnSync(command, args, {cwd, env, shell, encoding: 'utf8'});
  if (error !== undefined) throw new Error(`${command} cannot be run: ${error.message}`);
  if (status !== 0) throw new Error(`${command} ${args[0]} ended with ${status}:\n${stderr || stdout}`);
  return stdout;
}

export const isRunnable = (command: string): boolean => spawnSync(command, ['--version']).status === 0;
