import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {createKeychain} from '../../../src/system/credentials/keychain.ts';
import {canRefuse, session, tryKeychain, withoutBus} from '../../support/keychain.ts';
import {until} from '../../support/until.ts';

const secret = 'test-client-secret';
const trouble = await tryKeychain();
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

/** A session bus that takes connections and never says a word: what a stuck one, or an open prompt, looks like. */
async function silentBus(): Promise<{env: Record<string, string>; connections: () => number}> {
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-bus-'));
  const sockets: Socket[] = [];
  const server = createServer(socket => sockets.push(socket.on('error', () => {})));
  const path = join(directory, 'bus');
  await new Promise<void>(resolve => server.listen(path, resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    rmSync(directory, {recursive: true, force: true});
  });
  return {env: {DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}`}, connections: () => sockets.length};
}

it('says in one plain line whether there is a keychain', () => {
  expect(trouble === null || /^[\x20-\x7e]{10,80}$/.test(trouble)).toBe(true);
  expect(trouble ?? '').not.toMatch(/error|failure|dbus|\//i);
});

describe.runIf(trouble === null)('a keychain that can be reached', () => {
  const id = `test ${process.pid}`;

  it('keeps a secret, gives it to other processes, and forgets it', async () => {
    const keychain = createKeychain({env: session});
    closers.push(() => void keychain.remove(id));
    expect(await keychain.write(id, secret)).toBeNull();
    const other = createKeychain({env: session});
    expect(await other.read([id, `${id} missing`])).toEqual([
      {secret},
      {problem: 'the keychain no longer contains this secret'},
    ]);
    expect(await keychain.remove(id)).toBeNull();
    expect(await keychain.remove(id)).toBeNull();
    expect(await keychain.read([id])).toEqual([{problem: 'the keychain no longer contains this secret'}]);
  });

  it('is asked once for what is read again and again, until that is old or renewed', async () => {
    let now = 1_000_000;
    const keychain = createKeychain({env: session, now: () => now});
    const other = createKeychain({env: session});
    closers.push(() => void keychain.remove(id));
    await keychain.write(id, 'first');
    expect(await keychain.read([id])).toEqual([{secret: 'first'}]);
    await other.write(id, 'second');
    expect(await keychain.read([id])).toEqual([{secret: 'first'}]);
    now += 3_600_000;
    expect(await keychain.read([id])).toEqual([{secret: 'second'}]);
    await keychain.write(id, 'third');
    expect(await keychain.read([id])).toEqual([{secret: 'third'}]);
    await keychain.remove(id);
  });

  it('keeps what is not plain text', async () => {
    const keychain = createKeychain({env: session});
    const odd = ' "käse"\n\u{1f9c0}\t{"a": 1} ';
    expect(await keychain.write(id, odd)).toBeNull();
    expect(await keychain.read([id])).toEqual([{secret: odd}]);
    await keychain.remove(id);
  });
});

describe.runIf(canRefuse)('a keychain that cannot be reached', () => {
  const problem = 'no keychain is running (GNOME Keyring, KWallet, KeePassXC)';

  it('says so, whatever is wanted of it', async () => {
    const keychain = createKeychain({env: withoutBus});
    expect(await keychain.read(['00000001', '00000002'])).toEqual([{problem}, {problem}]);
    expect(await keychain.write('00000001', secret)).toBe(problem);
    expect(await keychain.remove('00000001')).toBe(problem);
  });

  it('is waited for a moment only, and has one question open at a time', async () => {
    const bus = await silentBus();
    let now = 1_000_000;
    const keychain = createKeychain({env: bus.env, patienceMs: 50, now: () => now});
    const late = {problem: 'the keychain did not respond in time'};
    expect(await keychain.read(['00000001'])).toEqual([late]);
    await until(
      () => bus.connections() === 1,
      () => 'the bus was never asked',
    );
    now += 600_000;
    expect(await keychain.read(['00000001'])).toEqual([late]);
    expect(bus.connections()).toBe(1);
  });

  it('is called off when it never answers', async () => {
    const bus = await silentBus();
    const keychain = createKeychain({env: bus.env, promptMs: 200});
    expect(await keychain.write('00000001', secret)).toBe('the keychain did not respond in time');
  });
});
