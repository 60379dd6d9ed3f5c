/** Reads the command line and picks a way out; every way out is loaded only when it is the one. */

import {relativePlaces} from '../system/paths.ts';
import {customIdsIn} from '../system/settings/custom-ids.ts';
import {firstFrame} from '../terminal/first-frame.ts';
import {version} from '../version.ts';
import {helpOf} from './args/help.ts';
import {type Asked, commandOf, parseCommandLine, UsageError} from './args/parse.ts';
import {endProcess} from './end-process.ts';
import {giveScreenBack, hearFaults, reportCrash, screenIsOpen} from './faults.ts';
import {complain, endQuietlyWhenNobodyListens, print} from './output.ts';

type Run = (asked: Asked) => Promise<number>;

const runs: Record<string, () => Promise<Run>> = {
  monitor: async () => (await import('./monitor.ts')).runMonitor,
  once: async () => (await import('./once.ts')).runOnce,
  accounts: async () => (await import('./accounts.ts')).runAccounts,
  login: async () => (await import('./login.ts')).runLogin,
  logout: async () => (await import('./logout.ts')).runLogout,
  guard: async () => (await import('./guard.ts')).runGuard,
  best: async () => (await import('./best.ts')).runBest,
  wait: async () => (await import('./wait.ts')).runWait,
  statusline: async () => (await import('./statusline.ts')).runStatusline,
  mcp: async () => (await import('./mcp/mcp.ts')).runMcp,
  history: async () => (await import('./history.ts')).runHistory,
  forecast: async () => (await import('./forecast.ts')).runForecast,
  watch: async () => (await import('./watch.ts')).runWatch,
  serve: async () => (await import('./serve.ts')).runServe,
  alerts: async () => (await import('./alerts.ts')).runAlerts,
  doctor: async () => (await import('./doctor.ts')).runDoctor,
  provider: async () => (await import('./provider/provider.ts')).runProvider,
  completions: async () => (await import('./completions.ts')).runCompletions,
};

async function main(argv: readonly string[]): Promise<number> {
  // The demo reads nothing.
  const custom = argv.includes('--demo') ? [] : customIdsIn(process.env, process.platform);
  const asked = parseCommandLine(argv, custom);
  if (asked.has('help')) return print(helpOf(asked.command));
  if (asked.has('version')) return print(`${version}\n`);
  if (asked.command.name === 'help') return print(helpOf(commandOf(asked.argument ?? '')));
  const [relative] = asked.has('demo') ? [] : relativePlaces(process.env, process.platform).own;
  if (relative !== undefined)
    return complain(`${relative} must be an absolute path: a relative path would depend on the working directory`, 2);
  const run = await runs[wayOut(asked)]?.();
  return run === undefined ? 2 : run(asked);
}

/** The monitor needs a terminal on both sides that can move its cursor; without one it behaves as `--once`. */
function wayOut(asked: Asked): string {
  const {name} = asked.command;
  if (name !== '') return name;
  if (asked.has('json') || asked.has('once')) return 'once';
  const {stdin, stdout, env} = process;
  if (stdout.isTTY && !stdin.isTTY) complain('standard input is not a terminal: showing one reading instead');
  return stdin.isTTY && stdout.isTTY && env.TERM !== 'dumb' && !env.INK_SCREEN_READER ? 'monitor' : 'once';
}

function failed(error: unknown): number {
  giveScreenBack();
  return error instanceof UsageError
    ? complain(`${error.message.replace(/[^?]$/, '$&.')} Try --help.`, 2)
    : reportCrash(error);
}

/** Runs to the end of the process. */
export function run(argv: readonly string[]): void {
  hearFaults();
  const frame = firstFrame();
  if (frame !== null) screenIsOpen(frame.leave);
  endQuietlyWhenNobodyListens();
  // What still waits (a kept-alive connection, a timer) is of no interest once the answer is out.
  main(argv)
    .catch(failed)
    .then(code => process.stdout.write('', () => void endProcess(code)));
}
