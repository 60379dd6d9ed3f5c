import {readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Run, run} from '../support/run.ts';
import {createWorld, type World} from '../support/world.ts';

const usual = new URL('../../dist/cli.js', import.meta.url).pathname;
const preload = new URL('../fixtures/loads/preload.cjs', import.meta.url).pathname;

let world: World;
beforeAll(async () => {
  world = await createWorld(['openai', 'zai', 'copilot']);
  expect((await run(['--json'], world.env)).code).toBe(0);
});
afterAll(() => world.close());

type Loads = {files: string[]; builtIn: string[]};

/** As it is installed, and what was loaded for it. */
async function installed(args: readonly string[]): Promise<Run & Loads> {
  const LOADS = join(world.home, 'loads.json');
  const result = await run(args, {...world.env, LOADS, NODE_OPTIONS: `--require=${preload}`});
  return {...result, ...(JSON.parse(readFileSync(LOADS, 'utf8')) as Loads)};
}

/** Node's own modules that every ES module of the program begins with. */
const usualStart = 'NativeModule module';

describe('the quick ways out', () => {
  it.each([
    [['--version']],
    [['-V']],
    [['statusline']],
    [['statusline', '--format', '{all}']],
    [['statusline', '--format={provider} {window} {left|off} {severity} {status}', '--color', 'tmux']],
    [['statusline', '--provider', 'zai', '--escape=json', '--privacy']],
    [['statusline', '--format', '{openai.weekly.used} {zai.plan} {risk} {runout|none}', '--lang', 'en']],
  ])('%j has the same answer as the usual way, without anything of it', async args => {
    const quick = await installed(args);
    const {code, stdout, stderr} = await run(args, world.env, {program: usual});
    expect({code: quick.code, stdout: quick.stdout, stderr: quick.stderr}).toEqual({code, stdout, stderr});
    expect([code, stderr]).toEqual([0, '']);
    expect(quick.files.map(file => basename(file))).toEqual(['mystatus-tui.js', expect.stringMatching(/\.cjs$/)]);
    expect(quick.builtIn).not.toContain(usualStart);
  });

  it.each([
    [['statusline', '--format', '{nope}'], 2],
    [['statusline', '--color', 'pink'], 2],
    [['statusline', '--lang', 'ja'], 0],
    [['statusline', '--format'], 2],
    [['statusline', 'surplus'], 2],
    [['--version', '--jsn'], 2],
  ])('%j is left to the usual way, which answers as ever', async (args, expected) => {
    const here = await installed(args);
    const {code, stdout, stderr} = await run(args, world.env, {program: usual});
    expect({code: here.code, stdout: here.stdout, stderr: here.stderr}).toEqual({code, stdout, stderr});
    expect(code).toBe(expected);
    expect(here.builtIn).toContain(usualStart);
  });
});
