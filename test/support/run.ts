import {spawn} from 'node:child_process';
import {program as built} from './terminal.ts';

export type Run = {code: number | null; stdout: string; stderr: string};

/** Runs the built program without a terminal, to its end; or another `program`, or a `command` of the system. */
export function run(
  args: readonly string[],
  env: Record<string, string>,
  options: {stdin?: string; cwd?: string; program?: string; command?: string} = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      options.command ?? process.execPath,
      options.command === undefined ? [options.program ?? built, ...args] : [...args],
      {
        env,
        cwd: options.cwd ?? env.HOME ?? '/',
      },
    );
    const result = {stdout: '', stderr: ''};
    child.stdout.on('data', chunk => (result.stdout += chunk));
    child.stderr.on('data', chunk => (result.stderr += chunk));
    child.on('error', reject);
    child.on('close', code => resolve({code, ...result}));
    child.stdin.end(options.stdin);
  });
}
