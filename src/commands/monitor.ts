import {setTimeout as pause} from 'node:timers/promises';
import type {Asked} from '../command-line/parse.ts';
import {startProgram} from '../system/programs.ts';
import {announceMissingAuthorities} from './authorities.ts';
import {writeCompiledCode} from './compiled-code.ts';
import {crashReport} from './crash.ts';
import {complain} from './output.ts';
import {programFor} from './program.ts';

// A login that is slow to find does not hold up the others; it comes when it comes.
const lookPatienceMs = 150;
// By then the first frames are drawn, and nobody waits for what this takes.
const startedMs = 3000;

/** The monitor itself. The terminal is as it was before anything is printed here. */
export async function runMonitor(asked: Asked): Promise<number> {
  await announceMissingAuthorities();
  // All are needed for the first frame: the screen is loaded while the ledger is opened and logins are looked for.
  const opening = programFor(asked, {ledger: true, live: true});
  const looking = opening.then(({monitor}) => Promise.race([monitor.look(), pause(lookPatienceMs)]));
  const [program, {openScreen}] = await Promise.all([opening, import('../screen.tsx'), looking]);
  setTimeout(writeCompiledCode, startedMs).unref();
  // A fault outside of React: the screen's own exit handlers give the terminal back first.
  process.once('uncaughtException', error => {
    process.once('exit', () => complain(crashReport(error, program.redact)));
    process.exit(1);
  });
  try {
    const {exitCode} = await openScreen(program, {
      stdin: process.stdin,
      stdout: process.stdout,
      env: process.env,
      start: (name, args) => startProgram(name, args, {env: process.env, platform: process.platform}),
      flags: {noColor: asked.has('no-color'), ascii: asked.has('ascii'), noMouse: asked.has('no-mouse')},
    });
    return exitCode;
  } catch (error) {
    return complain(crashReport(error, program.redact), 1);
  } finally {
    await program.close();
  }
}
