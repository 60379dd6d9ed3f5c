/** What bin/ and src/cli.ts do for a program that Node starts, for the one that has Node inside. */
import {run} from '../../src/commands/main.ts';

// Left to Node, this signal opens a debugger to everybody on the machine.
if (process.platform !== 'win32') process.on('SIGUSR1', () => {});
// Nothing that we make may be for others to write, whatever the user's own habit is.
process.umask(process.umask(0o022) | 0o022);

/** As bin/ refuses them: what the Node inside would do with its variables. */
function refusal({NODE_DEBUG, NODE_EXTRA_CA_CERTS: authorities = ''}: NodeJS.ProcessEnv): string | null {
  if (NODE_DEBUG) return 'NODE_DEBUG is set: Node would print what is sent, tokens included. Start without it.';
  if (/[\u0000-\u001f\u007f-\u009f]/.test(authorities)) return 'NODE_EXTRA_CA_CERTS contains control characters.';
  const isRelative = authorities !== '' && !/^(?:[A-Za-z]:)?[\\/]/.test(authorities);
  return isRelative
    ? 'NODE_EXTRA_CA_CERTS must be an absolute path: a relative path would depend on the working directory.'
    : null;
}

const refused = refusal(process.env);
if (refused === null) run(process.argv.slice(2));
else {
  process.stderr.write(`mystatus-tui: ${refused}\n`);
  process.exitCode = 2;
}
