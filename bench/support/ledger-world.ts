import {createWorld, type World} from '../../test/support/world.ts';
import {insist, runNode} from './process.ts';

// One figure of each panel of the invented services.
const figures = ['71%', '34%', '98%', '22%', '42%'];

/** True of a screen on which every panel is filled. */
export const isFull = (screen: string): boolean => figures.every(text => screen.includes(text));

/** A computer whose five logins were all read a moment ago: the ledger is full. `options` are those of that reading. */
export async function createReadWorld(
  program: string,
  options: readonly string[] = [],
  logins?: readonly string[],
): Promise<World> {
  const world = await createWorld(logins);
  insist(await runNode([program, '--json', ...options], world.env));
  return world;
}
