/** BIN. The rest is loaded once it is known where Node finds what it made of our code the last time. */
import {keepCompiledCode} from './system/compiled-code.ts';
import {version} from './version.ts';

// Nothing that we make may be for others to write, whatever the user's own habit is.
process.umask(process.umask(0o022) | 0o022);
keepCompiledCode(version);
/** Rejects when a file of the program is missing or damaged. */
export const started = import('./commands/main.ts').then(({run}) => run(process.argv.slice(2)));
