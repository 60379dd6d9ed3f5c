import {type ChildProcess, spawn} from 'node:child_process';
import {statSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Report} from '../../src/output/report.ts';
import {type Run, run} from '../support/run.ts';
import {answerTo} from '../support/served.ts';
import {program} from '../support/terminal.ts';
import {until} from '../support/until.ts';
import {createWorld, type World} from '../support/world.ts';

let world: World;
const children: ChildProcess[] = [];
beforeAll(async () => {
  world = await createWorld(['openai']);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await world.close();
});

type Serving = {child: ChildProcess; port: number; ended: Promise<number | null>; said(): string};

async function serve(env: Record<string, string> = {}, ...args: string[]): Promise<Serving> {
  const child = spawn(process.execPath, [program, 'serve', '--listen', '127.0.0.1:0', ...args], {
    env: {...world.env, ...env},
    cwd: world.home,
  });
  children.push(child);
  let said = '';
  child.stderr.on('data', chunk => (said += chunk));
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  const portIn = (): number => Number(/listening on http:\/\/127\.0\.0\.1:(\d+)\//.exec(said)?.[1] ?? 0);
  await until(
    () => portIn() > 0,
    () => said,
  );
  return {child, port: portIn(), ended, said: () => said};
}

const ask = (port: number, path: string, headers: Record<string, string> = {}) =>
  answerTo({port, path, method: 'GET', headers});
// They are made at another moment.
const withoutForecasts = ({accounts}: Report) =>
  accounts.map(({windows, ...each}) => ({...each, windows: windows.map(({forecast: _, ...rest}) => rest)}));
const refused = ({code, stdout, stderr}: Run) => ({code, stdout, lines: stderr.trim().split('\n').length, stderr});

describe('serve', () => {
  it('polls by itself, answers what --json does, and ends cleanly', async () => {
    const {child, port, ended, said} = await serve();
    await until(async () => (await ask(port, '/v1/readings')).body.includes('"usedPercent": 34'), said);
    expect((await ask(port, '/healthz')).status).toBe(200);
    expect((await ask(port, '/')).body).toContain('<title>mystatus</title>');
    expect((await ask(port, '/metrics')).body).toMatch(/mystatus_requests_total\{[^}]*outcome="ok"\} 1/);
    const before = world.services.openai?.requests.length;
    const {stdout} = await run(['--json', '--max-age', '600'], world.env);
    const accountsIn = (text: string) => withoutForecasts(JSON.parse(text) as Report);
    expect(accountsIn((await ask(port, '/v1/readings')).body)).toEqual(accountsIn(stdout));
    expect(world.services.openai?.requests.length).toBe(before);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(said().trim().split('\n')).toHaveLength(1);
  });

  it('keeps the token that it makes as credentials are kept, and asks for it on this machine too', async () => {
    const made = await run(['serve', '--new-token'], world.env);
    expect(made).toMatchObject({code: 0, stderr: ''});
    expect(made.stdout).toMatch(/^[\w-]{43}\n$/);
    const file = join(world.home, '.config/mystatus-tui/credentials.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const {child, port, ended} = await serve({}, '--privacy');
    expect((await ask(port, '/v1/readings')).status).toBe(401);
    const right = {Authorization: `Bearer ${made.stdout.trim()}`};
    expect((await ask(port, '/v1/readings', right)).status).toBe(200);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect((await run(['accounts'], world.env)).stdout).not.toContain('serve');
    const second = await run(['serve', '--new-token'], world.env);
    expect(second.stdout).not.toBe(made.stdout);
  });

  it('takes the token of the environment before the one that is kept', async () => {
    const {child, port, ended} = await serve({MYSTATUS_SERVE_TOKEN: 'not-a-real-token'});
    expect((await ask(port, '/healthz', {Authorization: 'Bearer not-a-real-token'})).status).toBe(200);
    child.kill('SIGHUP');
    expect(await ended).toBe(0);
  });

  it('says in one line why it does not start', async () => {
    const alone = {...world.env, MYSTATUS_CONFIG_DIR: join(world.home, 'empty')};
    const taken = createServer();
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const start = async (args: string[], env = {}) => refused(await run(['serve', ...args], {...alone, ...env}));
    expect(await start(['--listen', port])).toMatchObject({
      code: 1,
      lines: 1,
      stderr: expect.stringContaining('another program listens there'),
    });
    for (const open of ['0.0.0.0:0', '[::]:0', '192.0.2.7:7878'])
      expect(await start(['--listen', open])).toMatchObject({
        code: 2,
        lines: 1,
        stderr: expect.stringContaining('needs a token'),
      });
    expect(await start(['--listen', 'desk:x'])).toMatchObject({
      code: 2,
      lines: 1,
      stderr: expect.stringContaining('"desk:x"'),
    });
    expect(await start(['--allow-host', 'a.example,b c'])).toMatchObject({code: 2, lines: 1});
    const bad = await start([], {MYSTATUS_SERVE_TOKEN: 'two words of it'});
    expect(bad).toMatchObject({code: 2, lines: 1});
    expect(bad.stderr).not.toContain('two words');
    await new Promise(resolve => taken.close(resolve));
  });
});
