import {readFileSync} from 'node:fs';
import type {Handover} from './handover.ts';

/** Stopping and going on, as a shell with job control knows it. */
export type JobControl = {
  /** Stops until the shell brings us back. Resolves to false where no shell could, and then nothing was done. */
  suspend(): Promise<boolean>;
  close(): void;
};

// Where the kernel would not stop us we go on at once, and nothing tells us so.
const notStoppedMs = 100;

export function controlJob({giveBack, takeBack}: Handover): JobControl {
  if (process.platform === 'win32') return {suspend: async () => false, close() {}};
  let resumed: ((wasStopped: boolean) => void) | null = null;
  const goOn = (wasStopped: boolean): void => {
    if (process.listenerCount('SIGTSTP') === 0) process.on('SIGTSTP', stopAlone);
    takeBack();
    resumed?.(wasStopped);
    resumed = null;
  };
  const stop = (target: number): Promise<boolean> => {
    if (resumed) return Promise.resolve(true);
    giveBack();
    // Without us it does what it does by itself.
    process.off('SIGTSTP', stopAlone);
    const result = new Promise<boolean>(resolve => {
      resumed = resolve;
    });
    process.kill(target, 'SIGTSTP');
    // Here we run again. What woke us, if anything did, is heard before an immediate of the next turn.
    setTimeout(() => setImmediate(() => resumed && goOn(false)), notStoppedMs);
    return result;
  };
  const stopAlone = (): void => {
    if (!isOrphaned()) void stop(process.pid);
  };
  const continued = (): void => goOn(true);
  process.on('SIGTSTP', stopAlone).on('SIGCONT', continued);
  return {
    // The whole foreground group (npm and its shell too), as the terminal's own Ctrl+Z would.
    suspend: () => (isOrphaned() ? Promise.resolve(false) : stop(0)),
    close: () => void process.off('SIGTSTP', stopAlone).off('SIGCONT', continued),
  };
}

/**
 * True where no shell waits for our process group: its parent is of another session, as in a pane of tmux that runs
 * nothing else. The kernel ignores a Ctrl+Z there, and so do we. False where it cannot be known.
 */
function isOrphaned(): boolean {
  const own = processOf('self');
  for (let child = own; child !== null; ) {
    if (child.parent === 0) return true;
    const parent = processOf(child.parent);
    if (parent === null || own === null) return false;
    if (parent.session !== own.session) return true;
    if (parent.group !== own.group) return false;
    child = parent;
  }
  return false;
}

type Process = {parent: number; group: number; session: number};

/** As Linux tells it; null elsewhere. */
function processOf(pid: number | 'self'): Process | null {
  try {
    // Behind the name, which may hold anything: state, parent, group, session.
    const [, parent, group, session] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '')
      .split(' ')
      .map(Number);
    return parent === undefined || group === undefined || session === undefined ? null : {parent, group, session};
  } catch {
    return null;
  }
}
