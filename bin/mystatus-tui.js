#!/usr/bin/env node
// The installed command. It must run on any Node that understands modules, so that an old one is told what is needed.
// Nothing is imported before it is needed: scripts and status bars wait for this.

// Left to Node, this signal opens a debugger to everybody on the machine. For all commands, before anything else is done.
if (process.platform !== 'win32') process.on('SIGUSR1', () => {});

const floor = [22, 13];
const [major, minor] = process.versions.node.split('.').map(Number);
const isOld = major < floor[0] || (major === floor[0] && minor < floor[1]);

function stop(message, code = 1) {
  process.stderr.write(`mystatus-tui: ${message}\n`);
  process.exitCode = code;
}

/** What Node itself would do with its variables, before and beside anything that we could: null when that is harmless. */
function refusal({NODE_DEBUG, NODE_EXTRA_CA_CERTS: authorities = ''}) {
  if (NODE_DEBUG) return 'NODE_DEBUG is set: Node would print what is sent, tokens included. Start without it.';
  // Node names the file as it stands there when it cannot read it.
  if (/[\u0000-\u001f\u007f-\u009f]/.test(authorities)) return 'NODE_EXTRA_CA_CERTS contains control characters.';
  const isRelative = authorities !== '' && !/^(?:[A-Za-z]:)?[\\/]/.test(authorities);
  return isRelative
    ? 'NODE_EXTRA_CA_CERTS must be an absolute path: a relative path would depend on the working directory.'
    : null;
}

async function exists(relative) {
  const {existsSync} = await import('node:fs');
  return existsSync(new URL(relative, import.meta.url));
}

/** A checkout brings its own Node: continue there, as one program to the shell. */
async function continueOn(node) {
  const [{spawn}, {fileURLToPath}] = await Promise.all([import('node:child_process'), import('node:url')]);
  const pathOf = relative => fileURLToPath(new URL(relative, import.meta.url));
  const child = spawn(pathOf(node), [pathOf(import.meta.url), ...process.argv.slice(2)], {stdio: 'inherit'});
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', error => stop(`could not start the Node of this checkout: ${error.message}`));
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name);
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}

async function start() {
  try {
    await import('../dist/cli.js');
  } catch (error) {
    const isCheckout = await exists('../scripts/build.ts');
    if (isCheckout && !(await exists('../dist/cli.js'))) stop('is not built yet: run "npm ci" in its directory.');
    else if (error instanceof SyntaxError || error.code === 'ERR_MODULE_NOT_FOUND')
      stop('is not installed completely: a file of it is missing or damaged. Install it again.');
    else throw error;
  }
}

const own = '../node_modules/node/bin/node';
const refused = refusal(process.env);
if (refused !== null) stop(refused, 2);
else if (!isOld) await start();
else if (await exists(own)) await continueOn(own);
else
  stop(
    `needs Node ${floor.join('.')} or newer; this is ${process.versions.node}. Install a newer Node and start again.`,
  );
