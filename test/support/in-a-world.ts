import {afterEach, beforeEach} from 'vitest';
import {openTerminal, type Terminal} from './terminal.ts';
import {createWorld, type World} from './world.ts';

type TerminalOptions = Partial<Parameters<typeof openTerminal>[0]>;

/** For each test of a file a world, and the terminals that it opens there: all are gone when it is over. */
export function inAWorld(logins?: readonly string[]): {world(): World; open(options?: TerminalOptions): Terminal} {
  const terminals: Terminal[] = [];
  let world: World;
  beforeEach(async () => {
    world = await createWorld(logins);
  });
  afterEach(async () => {
    for (const terminal of terminals.splice(0)) terminal.close();
    await world.close();
  });
  return {
    world: () => world,
    open(options) {
      const terminal = openTerminal({env: world.env, ...options});
      terminals.push(terminal);
      return terminal;
    },
  };
}
