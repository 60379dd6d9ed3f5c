/** What bin/ and src/cli.ts do for a program that Node starts, for the one that has Node inside. */
import {run} from '../../src/commands/main.ts';

// Left to Node, this signal opens a debugger to everybody on the machine.
if (process.platform !== 'win32') process.on('SIGUSR1', () => {});
// Nothing that we make may be for others to write, whatever the user's own habit is.
process.umask(process.umask(0o022) | 0o022);
run(process.argv.slice(2));
