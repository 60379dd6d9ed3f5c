import {providerActions} from '../args/description.ts';
import {type Asked, UsageError} from '../args/parse.ts';
import {servicesFor} from '../program.ts';
import {isInterrupt} from '../prompt.ts';
import type {Custom} from './definition.ts';

type Action = keyof typeof providerActions;

const runs: Record<Action, () => Promise<(custom: Custom) => Promise<number>>> = {
  list: async () => (await import('./list.ts')).list,
  test: async () => (await import('./test.ts')).test,
  trust: async () => (await import('./trust.ts')).trust,
  untrust: async () => (await import('./trust.ts')).untrust,
  add: async () => (await import('./add.ts')).add,
};

/** Providers of one's own: what is described, what it makes of an answer, and whether it may. */
export async function runProvider(asked: Asked): Promise<number> {
  const action = (asked.argument ?? 'list') as Action;
  requireAllowed(action, asked);
  const services = await servicesFor(asked, {ledger: false});
  try {
    if (services.custom === undefined) return 2;
    return await (await runs[action]())({asked, services, control: await services.custom()});
  } catch (error) {
    if (isInterrupt(error)) return 130;
    throw error;
  } finally {
    await services.close();
  }
}

/** Throws `UsageError`. */
function requireAllowed(action: Action, asked: Asked): void {
  const {flags, target}: {flags: readonly string[]; target: string | null} = providerActions[action];
  for (const flag of asked.command.flags)
    if (asked.has(flag) && !flags.includes(flag)) throw new UsageError(`provider ${action} has no option --${flag}`);
  if (target === null && asked.target !== undefined)
    throw new UsageError(`provider ${action} takes no argument "${asked.target}"`);
  if (target !== null && asked.target === undefined)
    throw new UsageError(`provider ${action} needs a value: provider ${action} <${target}>`);
}
