import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import type {Report} from '../../src/output/report.ts';
import {run} from '../support/run.ts';
import {createWorld, type World} from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

/**
 * A directory that hangs as one on a network that is gone does: whoever touches it holds a thread of Node's pool, here at
 * a pipe into which nobody writes.
 */
function hangAt(directory: string): Record<string, string> {
  const [pipe, hook] = [join(world.home, 'nobody-writes'), join(world.home, 'hang.cjs')];
  execFileSync('mkfifo', [pipe]);
  writeFileSync(
    hook,
    `const fs = require('node:fs');
for (const name of ['stat', 'open', 'readdir', 'access']) {
  const real = fs.promises[name];
  fs.promises[name] = (path, ...rest) =>
    String(path).startsWith(${JSON.stringify(directory)}) ? fs.promises.readFile(${JSON.stringify(pipe)}) : real(path, ...rest);
}
require('node:module').syncBuiltinESMExports();
`,
  );
  return {...world.env, NODE_OPTIONS: `--require ${hook}`};
}

it.skipIf(process.platform === 'win32')(
  'a directory that hangs costs nobody else a reading, and the program ends in time with its exit code',
  async () => {
    world.write('.claude/settings.json', '{}');
    const env = hangAt(join(world.home, '.claude'));
    const {code, stdout, stderr} = await run(['--json', '--timeout', '20', '--provider', 'openai,copilot,zai'], env);
    const {accounts} = JSON.parse(stdout) as Report;
    expect(accounts.map(({provider, status}) => [provider, status])).toEqual([
      ['openai', 'ok'],
      ['copilot', 'ok'],
      ['zai', 'ok'],
    ]);
    expect(stderr).toBe('mystatus-tui: skipped ~/.claude: it did not respond within 2 s\n');
    expect(code).toBe(0);
  },
);

it.skipIf(process.platform === 'win32')(
  'says which logins were not found when there is no time to find out',
  async () => {
    world.write('.claude/settings.json', '{}');
    const env = hangAt(join(world.home, '.claude'));
    const {code, stdout, stderr} = await run(['--json', '--timeout', '1', '--provider', 'zai'], env);
    expect((JSON.parse(stdout) as Report).accounts).toEqual([]);
    expect(stderr).toBe('mystatus-tui: skipped Z.ai: looking for its logins took too long\n');
    expect(code).toBe(3);
  },
);
