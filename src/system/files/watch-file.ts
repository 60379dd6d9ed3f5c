import {existsSync, type FSWatcher, lstatSync, watch} from 'node:fs';
import {dirname} from 'node:path';
import {identityOf, ignoreErrors} from './private-file.ts';

// An editor writes a file in several steps; this lets it finish.
const settleMs = 100;
const pollMs = 2_000;

/**
 * Calls `onStir` a moment after something happened to the file or beside it, and at times when nothing did: the callee
 * looks for itself. Where the system cannot tell (a link to elsewhere, no watches left), it is called every two seconds.
 * A directory that is not there yet is waited for. Keeps no process alive. Returns what ends it; throws nothing.
 */
export const watchFile = (path: string, onStir: () => void): (() => void) =>
  watchDirectory(dirname(path), () => isLink(path), onStir);

/** The same for a directory. `isElsewhere`: what it is about is a link, so that nothing of it is seen there. */
export function watchDirectory(directory: string, isElsewhere: () => boolean, onStir: () => void): () => void {
  let watcher: FSWatcher | null = null;
  let timer: NodeJS.Timeout | undefined;
  let settling: NodeJS.Timeout | undefined;

  function stir(): void {
    clearTimeout(settling);
    settling = setTimeout(onStir, settleMs).unref();
  }
  function poll(): void {
    watcher?.close();
    watcher = null;
    timer ??= setInterval(onStir, pollMs).unref();
  }
  /** Watches a directory until it is another one, or `goOn` says that this is over. */
  function watchReal(real: string, goOn: () => void): void {
    const identity = identityOf(real);
    watcher = watch(real, {persistent: false}, () => {
      goOn();
      // A directory that was replaced is watched in vain, and so is a file that became a link.
      if (isElsewhere() || ignoreErrors(() => identityOf(real), null) !== identity) poll();
    });
    watcher.on('error', poll);
  }

  /** In the nearest directory that is there, what has to come first appears. */
  function waitFor(missing: string): void {
    const near = dirname(missing);
    if (isLink(missing)) poll();
    else if (existsSync(near)) {
      const come = (): void => {
        if (timer === undefined && existsSync(missing)) beginAnew();
      };
      watchReal(near, come);
      // Meanwhile it may have come.
      come();
    } else waitFor(near);
  }
  function beginAnew(): void {
    watcher?.close();
    begin();
    stir();
  }

  function begin(): void {
    try {
      if (isElsewhere()) poll();
      else if (existsSync(directory)) watchReal(directory, stir);
      else waitFor(directory);
    } catch {
      poll();
    }
  }

  begin();
  return () => {
    watcher?.close();
    clearInterval(timer);
    clearTimeout(settling);
  };
}

const isLink = (path: string) => ignoreErrors(() => lstatSync(path).isSymbolicLink(), false);
