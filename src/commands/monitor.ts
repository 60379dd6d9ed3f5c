import type {Asked} from '../command-line/parse.ts';
import {crashReport} from './crash.ts';
import {complain} from './output.ts';
import {programFor} from './program.ts';

/** The monitor itself. The terminal is as it was before anything is printed here. */
export async function runMonitor(asked: Asked): Promise<number> {
  // Both are needed for the first frame: the screen is loaded while the ledger is opened.
  const [program, {openScreen}] = await Promise.all([
    programFor(asked, {ledger: true, live: true}),
    import('../screen.tsx'),
  ]);
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
      flags: {noColor: asked.has('no-color'), ascii: asked.has('ascii'), noMouse: asked.has('no-mouse')},
    });
    return exitCode;
  } catch (error) {
    return complain(crashReport(error, program.redact), 1);
  } finally {
    await program.close();
  }
}
