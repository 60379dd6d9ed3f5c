#!/usr/bin/env node
// The installed command. It must run on any Node that understands modules, so that an old one is told what is needed.
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const floor = [22, 13];
const [major, minor] = process.versions.node.split('.').map(Number);
const isOld = major < floor[0] || (major === floor[0] && minor < floor[1]);
const pathOf = relative => fileURLToPath(new URL(relative, import.meta.url));

function stop(message) {
  process.stderr.write(`mystatus-tui: ${message}\n`);
  process.exitCode = 1;
}

/** A checkout brings its own Node: continue there, as one program to the shell. */
function continueOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {stdio: 'inherit'});
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', error => stop(`could not start the Node of this checkout: ${error.message}`));
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name);
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}

const own = pathOf('../node_modules/node/bin/node');
if (isOld && existsSync(own)) continueOn(own);
else if (isOld)
  stop(
    `needs Node ${floor.join('.')} or newer; this is ${process.versions.node}. Install a newer Node and start again.`,
  );
else if (!existsSync(pathOf('../dist/cli.js'))) stop('is not built yet: run "npm ci" in its directory.');
else await import('../dist/cli.js');
