import {setImmediate as nextTurn, setTimeout as pause} from 'node:timers/promises';
import {isSingleExecutable} from '../system/single-executable.ts';

/** Calls that hold a thread of Node's pool until the disk, or the name server, answers. */
const holdsThread = /^(?:FSReq|CloseReq|GetAddrInfo|GetNameInfo)/;
const isHeld = (): boolean => process.getActiveResourcesInfo().some(what => holdsThread.test(what));

// What is only about to end, as the closing of a file, ends within this.
const shortMs = 100;
// Node before 22.15 has no other way to end but one that loses the exit code.
const longMs = 1000;

/**
 * Ends the process with this code, at once. `process.exit` waits for the threads of the pool, so a file on a network
 * directory that is gone would hold the end up for minutes: then another image takes this process over, which ends them.
 */
export async function endProcess(code: number): Promise<void> {
  if (process.platform === 'win32' || !(await staysHeld(process.execve === undefined ? longMs : shortMs)))
    process.exit(code);
  process.emit('exit', code);
  const {NODE_OPTIONS: _, ...env} = process.env;
  if (process.execve === undefined) process.kill(process.pid, 'SIGKILL');
  else process.execve(...endingWith(code), env);
}

async function staysHeld(patienceMs: number): Promise<boolean> {
  const until = performance.now() + patienceMs;
  if (isHeld()) await nextTurn();
  while (isHeld() && performance.now() < until) await pause(5);
  return isHeld();
}

/** An image that ends with this code, as file and arguments. */
function endingWith(code: number): [string, string[]] {
  if (isSingleExecutable()) return ['/bin/sh', ['sh', '-c', `exit ${code}`]];
  return [process.execPath, [process.execPath, '-e', `process.exitCode = ${code}`]];
}
