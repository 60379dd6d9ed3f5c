import {chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {type CommandOptions, createCommands} from '../../../src/system/alerts/command.ts';
import {until} from '../../support/until.ts';

const {PATH} = process.env;

function bench(script: string, options: Partial<CommandOptions> = {}) {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'mystatus-command-')));
  onTestFinished(() => rmSync(home, {recursive: true, force: true}));
  const program = join(home, 'hook');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  const commands = createCommands({env: {PATH, HOME: home}, home, withheld: [], ...options});
  return {
    commands,
    run: (event: object, ...args: string[]) => commands.run([program, ...args], event),
    read: (name: string) => readFileSync(join(home, name), 'utf8'),
    has: (name: string) => existsSync(join(home, name)),
    write: (name: string) => writeFileSync(join(home, name), ''),
    home,
  };
}

describe.skipIf(process.platform === 'win32')('a program that gets alerts', () => {
  it('finds the JSON on its standard input, its arguments as they are, and runs at home', async () => {
    const {run, read, home} = bench('cat > got; printf "%s|" "$@" > args; pwd > where');
    const event = {event: 'spent', text: 'a; b $(c) "d"'};
    expect(await run(event, 'one two', '$(touch evil)', ';', '')).toMatchObject({ok: true});
    expect(JSON.parse(read('got'))).toEqual(event);
    expect([read('args'), read('where').trim()]).toEqual(['one two|$(touch evil)|;||', home]);
  });
  it('does not inherit variables that may hold a credential', async () => {
    const env = {PATH, TEST_API_KEY: 'obviously-fake', TEST_OTHER: 'kept'};
    const {run, read} = bench('env > got', {env, withheld: ['TEST_API_KEY']});
    await run({});
    expect([read('got').includes('obviously-fake'), read('got').includes('TEST_OTHER=kept')]).toEqual([false, true]);
  });
  it('says how it ended, also when it cannot be started', async () => {
    expect(await bench('exit 3').run({})).toMatchObject({ok: false, how: expect.stringContaining('ended with 3')});
    const {commands} = bench('');
    expect(await commands.run(['/nowhere/program'], {})).toMatchObject({
      ok: false,
      how: '/nowhere/program cannot be started',
    });
    expect(await commands.run(['hook'], {})).toMatchObject({ok: false});
    const open = bench('');
    chmodSync(join(open.home, 'hook'), 0o777);
    expect(await open.run({})).toMatchObject({ok: false, how: expect.stringContaining('other users can change it')});
  });
  it('that does not end is asked to, and ended when it will not', async () => {
    const asked = bench('trap "touch asked; exit 0" TERM; while :; do sleep 0.02; done', {longestMs: 150});
    expect(await asked.run({})).toMatchObject({ok: false, how: expect.stringContaining('did not end')});
    expect(asked.has('asked')).toBe(true);
    const deaf = bench('trap "" TERM; echo $$ > pid; while :; do sleep 0.02; done', {longestMs: 150, graceMs: 50});
    expect(await deaf.run({})).toMatchObject({ok: false});
    expect(() => process.kill(Number(deaf.read('pid')), 0)).toThrow();
  });
  it('prints what it likes: nobody reads it, and it does not wait for us', async () => {
    const {run, has} = bench('head -c 3000000 /dev/zero; touch done');
    expect(await run({})).toMatchObject({ok: true});
    expect(has('done')).toBe(true);
  });
  it('runs twice at a time at most; 20 wait, and the next one is told how many were left out', async () => {
    const {run, read, has, write} = bench('cat > "got-$1"; while [ ! -e go ]; do sleep 0.02; done');
    const started = Array.from({length: 25}, (_, at) => run({at}, String(at)));
    expect(started.map(each => each === null)).toEqual(Array.from({length: 25}, (_, at) => at >= 22));
    await until(
      () => has('got-0') && has('got-1'),
      () => 'neither program began',
    );
    expect(has('got-2')).toBe(false);
    write('go');
    await Promise.all(started);
    const told = Array.from({length: 22}, (_, at) => JSON.parse(read(`got-${at}`)));
    expect(told.filter(({skipped}) => skipped !== undefined)).toMatchObject([{at: 2, skipped: 3}]);
  });
});
