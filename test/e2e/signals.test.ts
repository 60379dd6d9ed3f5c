import {spawn} from 'node:child_process';
import {createServer} from 'node:net';
import {describe, expect, it} from 'vitest';
import {inAWorld} from '../support/in-a-world.ts';
import {listeningPorts} from '../support/sockets.ts';
import {program} from '../support/terminal.ts';
import {until} from '../support/until.ts';

const {world, open} = inAWorld(['openai']);
describe.skipIf(process.platform !== 'linux')('SIGUSR1, at which Node would open a debugger', () => {
  it('finds a listening port where there is one', async () => {
    const server = createServer();
    const port = await new Promise<number>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as {port: number}).port)),
    );
    expect(listeningPorts(process.pid)).toContain(port);
    await new Promise(resolve => server.close(resolve));
  });

  it('opens none in the monitor, and leaves the screen as it is', async () => {
    const terminal = open();
    await terminal.sees('71%');
    for (let turn = 0; turn < 3; turn++) terminal.signal('SIGUSR1');
    terminal.type('?');
    await terminal.sees('refresh all providers');
    expect(listeningPorts(terminal.pid)).toEqual([]);
    expect(terminal.written()).not.toMatch(/debugger/i);
  });

  it('opens none in a script', async () => {
    let answer = (): void => {};
    const asked = new Promise<void>(resolve => {
      answer = resolve;
    });
    const answers = world().services.openai;
    answers?.answerWith(() => asked.then(() => ({status: 500, body: {}})));
    const child = spawn(process.execPath, [program, '--json'], {env: world().env});
    let errors = '';
    child.stderr.on('data', chunk => (errors += chunk));
    const ended = new Promise<number | null>(resolve => child.on('close', resolve));
    await until(
      () => (answers?.requests.length ?? 0) > 0,
      () => 'it never asked',
    );
    child.kill('SIGUSR1');
    child.stdout.resume();
    expect(listeningPorts(child.pid ?? 0)).toEqual([]);
    answer();
    expect(await ended).toBe(1);
    expect(errors).not.toMatch(/debugger/i);
  });
});
