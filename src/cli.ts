/** BIN. The rest is loaded once it is known where Node finds what it made of our code the last time. */
import {keepCompiledCode} from './system/compiled-code.ts';
import {version} from './version.ts';

/** Rejects when a file of the program is missing or damaged. */
export async function start(): Promise<void> {
  // Nothing that we make may be for others to write, whatever the user's own habit is.
  process.umask(process.umask(0o022) | 0o022);
  keepCompiledCode(version);
  const {run} = await import('./commands/main.ts');
  run(process.argv.slice(2));
}
