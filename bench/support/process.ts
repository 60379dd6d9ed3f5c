import {spawn} from 'node:child_process';

export type Ended = {ms: number; code: number | null; stdout: string; stderr: string};

/** Runs `node <args>` to its end without a terminal; `ms` from just before the start until its output is closed. */
export function runNode(args: readonly string[], env: Record<string, string>, exec: string[] = []): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...exec, ...args], {env, cwd: env.HOME ?? '/'});
    const output = {stdout: '', stderr: ''};
    child.stdout.on('data', chunk => {
      output.stdout += chunk;
    });
    child.stderr.on('data', chunk => {
      output.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', code => resolve({ms: performance.now() - startedAt, code, ...output}));
    child.stdin.end();
  });
}

// Told by the process itself at its end: a reader from outside would come too early or too late.
const reportPeak = "process.on('exit',()=>require('node:fs').writeSync(2,'\\npeak '+process.resourceUsage().maxRSS));";

/** The most memory (bytes) that `node <args>` ever held. */
export async function peakMemory(args: readonly string[], env: Record<string, string>): Promise<number> {
  const hook = `data:text/javascript,import{createRequire}from'node:module';const require=createRequire('file:///');${reportPeak}`;
  const {stderr} = await runNode(args, env, ['--import', hook]);
  return Number(/peak (\d+)\s*$/.exec(stderr)?.[1]) * 1024;
}

/** Fails the bench rather than measuring a program that did not do its work. */
export function insist(ended: Ended, code = 0): Ended {
  if (ended.code === code) return ended;
  throw new Error(`ended with ${ended.code}, not ${code}: ${ended.stderr || ended.stdout}`);
}
