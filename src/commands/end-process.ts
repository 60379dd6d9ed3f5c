import {isSingleExecutable} from '../system/single-executable.ts';

/** Calls that hold a thread of Node's pool until the disk, or the name server, answers. */
const holdsThread = /^(?:FSReq|CloseReq|GetAddrInfo|GetNameInfo)/;

/**
 * Ends the process with this code, at once. `process.exit` waits for the threads of the pool, so a file on a network
 * directory that is gone would hold the end up for minutes: then another image takes this process over, which ends them.
 */
export function endProcess(code: number): void {
  const isHeld = process.getActiveResourcesInfo().some(what => holdsThread.test(what));
  if (!isHeld || process.platform === 'win32') process.exit(code);
  process.emit('exit', code);
  const {NODE_OPTIONS: _, ...env} = process.env;
  // Node before 22.15 cannot: then the code is lost, but not the answer, which is out.
  if (process.execve === undefined) process.kill(process.pid, 'SIGKILL');
  else process.execve(...endingWith(code), env);
}

/** An image that ends with this code, as file and arguments. */
function endingWith(code: number): [string, string[]] {
  if (isSingleExecutable()) return ['/bin/sh', ['sh', '-c', `exit ${code}`]];
  return [process.execPath, [process.execPath, '-e', `process.exitCode = ${code}`]];
}
