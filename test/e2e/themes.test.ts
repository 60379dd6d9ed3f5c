import {afterEach, beforeEach, expect, it} from 'vitest';
import {run} from '../support/run.ts';
import {createWorld, type World} from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld([]);
  world.write('.config/mystatus-tui/themes/ocean.json', '{"colors": {"ok": "#00aaff"}}');
  world.write('.config/mystatus-tui/themes/torn.json', '{"colors":');
});
afterEach(() => world.close());

it('completes themes with ours and the user’s own', async () => {
  const {stdout} = await run(['completions', 'themes'], world.env);
  expect(stdout.trim().split('\n')).toEqual([
    ...['auto', 'dark', 'light', 'contrast', 'colour-blind', '16', 'mono', 'ocean'],
  ]);
});

it('takes a theme of the user’s own by its name, and names one that is broken', async () => {
  const torn = 'mystatus-tui: themes/torn.json: not valid JSON at line 1, column 11\n';
  for (const theme of ['ocean', 'torn']) {
    const {code, stderr} = await run(['--once', '--theme', theme], world.env);
    expect([code, stderr]).toEqual([3, torn]);
  }
});

it('refuses a theme that nobody has, and says which there are', async () => {
  expect(await run(['--once', '--theme', 'ocaen'], world.env)).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'mystatus-tui: --theme: unknown value "ocaen"; did you mean ocean? (auto, dark, light, contrast, colour-blind, 16, mono, ocean). Try --help.\n',
  });
});
