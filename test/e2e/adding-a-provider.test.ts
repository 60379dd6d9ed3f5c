import {readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {catalogue} from '../../src/providers/index.ts';
import {filesBelow, textOf} from '../docs/support.ts';
import {changedIn, copyOfCheckout, follow, stepsOf} from '../support/followed-page.ts';
import {type Run, run} from '../support/run.ts';
import {startService} from '../support/service.ts';
import {createWorld, type World} from '../support/world.ts';

const page = textOf('docs/adding-a-provider.md');
const steps = stepsOf(page);
/** Written by `npm run docs`. */
const lists = ['comparison', 'commands', 'providers/index', 'scripting'].map(name => `docs/${name}.md`);
const generated = ['README.md', ...lists, 'schema/settings.schema.json'];
/**
 * Whatever looks at the whole catalogue, or at what is generated from it. Not the slow ones, which run the program or its
 * screen for each provider in turn, nor this one, which would never end.
 */
const ofTheCatalogue = filesBelow('test', /\.test\.tsx?$/).filter(
  file =>
    !/^test\/(e2e|screen|custom|core\/polling|providers\/shared)\//.test(file) &&
    textOf(file).includes("/providers/index.ts'"),
);
const tests = [
  ...[
    ...ofTheCatalogue,
    'test/architecture',
    'test/exports',
    'test/docs/',
    'test/commands/args',
    'test/providers/acme',
  ],
  ...['test/scripts/command-line-files', 'test/system/settings/schema', 'test/view/keymap/'],
];
const minutes = 60_000;

let copy: string;
let world: World;
const inCopy = (command: string, ...args: string[]): Promise<Run> => {
  const env = {PATH: `${join(copy, 'node_modules/.bin')}:${process.env.PATH}`, HOME: world.home, CI: '1'};
  return run(args, env, {command, cwd: copy});
};
const isCode = (file: string): boolean => file.endsWith('.ts');
const inPlace = (file: string): string => readFileSync(join(copy, file), 'utf8');

beforeAll(async () => {
  [world, copy] = [await createWorld([]), await copyOfCheckout()];
  follow(steps, copy);
});
afterAll(async () => {
  rmSync(copy, {recursive: true, force: true});
  await world.close();
});

// Where somebody has followed the page with its own example, all other tests say how that went.
const isFollowed = catalogue.some(({id}) => id === 'acme');

describe.skipIf(isFollowed)('the page about adding a provider, followed in a copy of the checkout', () => {
  it('shows every file of its table, and counts them', () => {
    expect(steps.edits.map(({file}) => file).sort()).toEqual([...steps.files].sort());
    expect([steps.files.length, page.includes('Seven files')]).toEqual([7, true]);
  });

  it('names commands that bring the lists up to date, and leaves nothing else to change', {
    timeout: 5 * minutes,
  }, async () => {
    expect(steps.commands.at(-1)).toBe('npm test');
    for (const command of steps.commands.slice(0, -1)) {
      const [name = '', ...args] = command.split(' ');
      expect(await inCopy(name, ...args)).toMatchObject({code: 0});
    }
    expect(await changedIn(copy)).toEqual([...steps.files, ...generated].sort());
    const written = steps.edits.filter(({file}) => file !== 'src/providers/index.ts');
    for (const {file, text} of written) expect(inPlace(file)).toBe(text);
    expect(
      inPlace('src/providers/index.ts')
        .split('\n')
        .filter(line => /\bacme\b/.test(line)),
    ).toHaveLength(2);
  });

  it('leaves the types, the linter and the build content', {timeout: 5 * minutes}, async () => {
    // Nothing of it is in the page of `serve`, whose types are checked apart; the linter looks at each file by itself.
    expect(await inCopy('tsc')).toMatchObject({code: 0});
    expect(await inCopy('biome', 'check', '--error-on-warnings', ...steps.files.filter(isCode))).toMatchObject({
      code: 0,
    });
    expect(await inCopy('npm', 'run', '-s', 'build')).toMatchObject({code: 0});
  });

  it('leaves every test green', {timeout: 10 * minutes}, async () => {
    const reports = ['--reporter=json', '--outputFile=report.json', '--reporter=dot'];
    const {code, stdout} = await inCopy('vitest', 'run', '--maxWorkers=2', ...reports, ...tests);
    const {testResults} = JSON.parse(inPlace('report.json')) as {testResults: {name: string; status: string}[]};
    expect(
      testResults.filter(({status}) => status !== 'passed').map(({name}) => name),
      stdout,
    ).toEqual([]);
    expect(tests.filter(path => !testResults.some(({name}) => name.includes(path)))).toEqual([]);
    expect(code, stdout).toBe(0);
  });
});

describe.skipIf(isFollowed)('the program in the copy', () => {
  const program = (args: string[], env: Record<string, string> = {}): Promise<Run> =>
    run(args, {...world.env, ACME_API_KEY: 'an-acme-key', ...env}, {program: join(copy, 'bin/mystatus-tui.js')});

  it('finds logins of the new provider, and says where it looked', async () => {
    const {code, stdout} = await program(['accounts', '--provider', 'acme', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      accounts: [{provider: 'acme', source: 'ACME_API_KEY', stored: false}],
      places: {acme: [{name: 'environment'}, {name: 'mystatus-tui login'}, {name: 'key file'}]},
    });
  });

  it('has it in the demo, with names for its windows', async () => {
    const {code, stdout} = await program(['--json', '--demo', '--provider', 'acme']);
    expect(code).toBe(0);
    const [account] = (JSON.parse(stdout) as {accounts: {windows: {id: string; label: string}[]}[]}).accounts;
    expect(account?.windows).toMatchObject([
      {id: '5h'},
      {id: 'weekly'},
      {id: 'images/30d', label: 'Images 30-day limit'},
    ]);
  });

  it('asks its service, at the address that the environment gives', async () => {
    const service = await startService(() => ({status: 401, body: {error: 'unknown key'}}));
    const env = {MYSTATUS_ACME_URL: service.origin};
    const {stdout} = await program(['--json', '--provider', 'acme'], env);
    const doctor = await program(['doctor', '--provider', 'acme'], env);
    await service.close();
    expect(JSON.parse(stdout)).toMatchObject({
      accounts: [{provider: 'acme', status: 'expired', remedy: 'store a new credential: `mystatus-tui login acme`'}],
    });
    expect(service.requests.map(({path}) => path)).toEqual(['/v1/quota', '/']);
    expect(doctor.stdout).toContain('ACME_API_KEY: login found');
  });

  it('has it in completions, the manual page and the schema of the settings', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const {stdout} = await program(['completions', shell]);
      expect(stdout).toMatch(/\bacme\b/);
      expect(inPlace(`completions/mystatus-tui.${shell}`)).toBe(stdout);
    }
    expect(inPlace('man/mystatus-tui.1')).toMatch(/\bAcme\b/);
    const schema = JSON.parse(inPlace('schema/settings.schema.json'));
    expect(schema.properties.providers.properties).toHaveProperty('acme');
    expect(schema.properties.order.items.enum).toContain('acme');
  });
});
