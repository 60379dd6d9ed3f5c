#!/usr/bin/env node
'use strict';
// The installed command. Every Node must understand it, so that an old one is told what is needed: nothing that Node 12
// did not know, and CommonJS, which starts faster. Nothing is loaded before it is needed: scripts and status bars wait.

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

const beside = relative => `${__dirname}/${relative}`;
const exists = relative => require('fs').existsSync(beside(relative));

/** A checkout brings its own Node: continue there, as one program to the shell. */
function continueOn(node) {
  const child = require('child_process').spawn(beside(node), [__filename, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', error => stop(`could not start the Node of this checkout: ${error.message}`));
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name);
    if (signal !== null) process.kill(process.pid, signal);
    else process.exitCode = code === null ? 1 : code;
  });
}

/** What the monitor may be started with and still begin with a first frame. */
const screenOption = /^--(?:no-color|ascii|no-mouse|privacy|theme|lang)(?:=|$)/;

const isAnyOf = (argv, option) => argv.some(word => word === option || word.startsWith(`${option}=`));

/** Which of dist/quick/ may have the answer; null: none. */
function quickWay(argv) {
  const [first, ...rest] = argv;
  if (rest.length === 0 && /^(?:--version|-v|-V)$/.test(first)) return 'version';
  if (first === 'statusline') return 'statusline';
  if (isAnyOf(argv, '--max-age')) {
    if (first === 'guard') return 'guard';
    if (isAnyOf(argv, '--json')) return 'json';
  }
  if (first === undefined || screenOption.test(first)) return 'screen';
  return null;
}

/** The exit code, or a promise of it; null where the usual way has to be taken, which also tells what is wrong. */
function quickAnswer(argv) {
  const way = quickWay(argv);
  try {
    if (way === null) return null;
    const file = way === 'version' || way === 'screen' ? way : 'start';
    return require(beside(`../dist/quick/${file}.cjs`)).answer(argv, way);
  } catch (_) {
    return null;
  }
}

const end = code => {
  if (code === null) takeUsualWay();
  else process.exitCode = code;
};

function takeUsualWay() {
  try {
    require('../dist/cli.cjs').start().catch(sayWhatIsMissing);
  } catch (error) {
    sayWhatIsMissing(error);
  }
}

function sayWhatIsMissing(error) {
  const isCheckout = exists('../scripts/build.ts');
  if (isCheckout && !exists('../dist/cli.cjs')) stop('is not built yet: run "npm ci" in its directory.');
  else if (error instanceof SyntaxError || error.code === 'MODULE_NOT_FOUND')
    stop('is not installed completely: a file of it is missing or damaged. Install it again.');
  else throw error;
}

function start() {
  const code = quickAnswer(process.argv.slice(2));
  if (typeof code === 'number' || code === null) end(code);
  else code.then(end, takeUsualWay);
}

const own = '../node_modules/node/bin/node';
const refused = refusal(process.env);
if (refused !== null) stop(refused, 2);
else if (!isOld) start();
else if (exists(own)) continueOn(own);
else
  stop(
    `needs Node ${floor.join('.')} or newer; this is ${process.versions.node}. Install a newer Node and start again.`,
  );
