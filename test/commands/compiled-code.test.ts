import {chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {run} from '../support/run.ts';
import {createWorld, type World} from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const state = () => join(world.home, '.local/state/mystatus-tui');
const versionsIn = () => (existsSync(join(state(), 'code')) ? readdirSync(join(state(), 'code')) : []);

describe('what Node made of our code', () => {
  it('is kept beside the ledger, for this version alone', async () => {
    await run(['--json'], world.env);
    mkdirSync(join(state(), 'code/0.0.1'), {recursive: true});
    writeFileSync(join(state(), 'code/0.0.1/old'), '');
    expect((await run(['--json'], world.env)).code).toBe(0);
    expect(versionsIn()).toHaveLength(1);
    expect(versionsIn()).not.toContain('0.0.1');
  });

  it('is kept nowhere as long as there is no ledger', async () => {
    await run(['--version'], world.env);
    await run(['--once', '--demo'], world.env);
    expect(existsSync(state())).toBe(false);
  });

  it('is not looked for in a directory that others may write to', async () => {
    mkdirSync(state(), {recursive: true});
    chmodSync(state(), 0o777);
    expect((await run(['--version'], world.env)).code).toBe(0);
    expect(versionsIn()).toEqual([]);
  });
});
