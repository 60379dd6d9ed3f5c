import {existsSync, rmSync, statSync} from 'node:fs';
import * as nodeModule from 'node:module';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';
import {pathsOf} from '../system/paths.ts';
import {version} from '../version.ts';

const writableByOthers = 0o022;

/**
 * Keeps what Node makes of our code beside the ledger, so that the next start need not make it again: a quarter of what
 * a status bar waits for. Only where a ledger's directory is there already and is its owner's alone to write: this makes
 * no places of its own, and runs no code that somebody else put there.
 */
export function keepCompiledCode({env, platform, argv} = process): void {
  // The demo writes nothing at all.
  if (argv.includes('--demo')) return;
  try {
    const {stateDirectory} = pathsOf(env, platform, env.HOME || homedir());
    if (!isOurs(stateDirectory)) return;
    const directory = join(stateDirectory, 'code', version);
    // What an older version left is of no use to this one.
    if (!existsSync(directory)) rmSync(dirname(directory), {recursive: true, force: true});
    nodeModule.enableCompileCache(directory);
  } catch {
    // Then every start is like the first.
  }
}

function isOurs(directory: string): boolean {
  const stat = statSync(directory, {throwIfNoEntry: false});
  if (stat === undefined) return false;
  return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & writableByOthers) === 0);
}

/** For a program that may be killed before its end, when all that it needs to start is loaded. */
export function writeCompiledCode(): void {
  nodeModule.flushCompileCache();
}
