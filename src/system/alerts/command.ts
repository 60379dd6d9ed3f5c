import type {Delivered} from '../../core/alerts/message.ts';
import type {Environment} from '../programs/find.ts';
import {runProgram} from '../programs/programs.ts';

/** A program of the user's that gets each alert as JSON on its standard input. No shell, and nothing of ours in its environment. */

const longestMs = 10_000;
const graceMs = 2000;
const mostAtOnce = 2;
const mostWaiting = 20;

export type CommandOptions = {
  env: Environment;
  /** Where it runs. */
  home: string;
  /** Variables that may hold a credential. */
  withheld: readonly string[];
  longestMs?: number;
  graceMs?: number;
};
/** Null: so many wait already that this one is left out. */
export type Commands = {
  run(command: readonly string[], event: object): Promise<Delivered> | null;
};

export function createCommands(options: CommandOptions): Commands {
  const waiting: (() => void)[] = [];
  let running = 0;
  // Since the last that was started; it is told how many it did not hear of.
  let skipped = 0;

  async function inTurn(command: readonly string[], event: object): Promise<Delivered> {
    if (running >= mostAtOnce) await new Promise<void>(resolve => waiting.push(resolve));
    else running += 1;
    const told = {...event, ...(skipped > 0 ? {skipped} : {})};
    skipped = 0;
    try {
      return await start(command, told, options);
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    run(command, event) {
      if (running < mostAtOnce || waiting.length < mostWaiting) return inTurn(command, event);
      skipped += 1;
      return null;
    },
  };
}

async function start(
  [program = '', ...args]: readonly string[],
  event: object,
  {env, home, withheld, ...limits}: CommandOptions,
): Promise<Delivered> {
  const {code, timedOut, refused} = await runProgram(program, args, {
    timeoutMs: limits.longestMs ?? longestMs,
    graceMs: limits.graceMs ?? graceMs,
    cwd: home,
    dropOutput: true,
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !withheld.includes(name))),
    input: `${JSON.stringify(event)}\n`,
  });
  if (timedOut) return {ok: false, how: `${program} did not end within ${(limits.longestMs ?? longestMs) / 1000} s`};
  if (refused === 'open-to-others') return {ok: false, how: `${program} was not started: other users can change it`};
  if (code === 127) return {ok: false, how: `${program} cannot be started`};
  return {ok: code === 0, how: `${program} ended with ${code ?? 'a signal'}`};
}
