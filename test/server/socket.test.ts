import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, statSync} from 'node:fs';
import {request} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {serveFake} from '../support/served.ts';
import {fresh} from '../support/state.ts';

const ask = (socketPath: string, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request({socketPath, path: '/v1/readings', headers: {Host: host}, agent: false}, response => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject).end();
  });

/** A socket whose listener was killed. */
function leaveSocket(path: string): Promise<void> {
  const code = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  return new Promise(resolve => spawn(process.execPath, ['-e', code]).on('close', () => resolve()));
}

it.skipIf(process.platform === 'win32')(
  'serve listens on a socket that only its owner may open, in place of one that was left',
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mystatus-socket-'));
    onTestFinished(() => rmSync(directory, {recursive: true}));
    const path = join(directory, 'limits.sock');
    await leaveSocket(path);
    expect(existsSync(path)).toBe(true);
    const {close} = await serveFake(fresh(), {listen: {path}});
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await ask(path, 'localhost')).toBe(200);
    expect(await ask(path, 'evil.example')).toBe(421);
    await expect(serveFake(fresh(), {listen: {path}})).rejects.toThrow('EADDRINUSE');
    expect(await ask(path, 'localhost')).toBe(200);
    await close();
    expect(existsSync(path)).toBe(false);
  },
);
