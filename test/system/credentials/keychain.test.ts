import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, describe, expect, it} from 'vitest';
import {createKeychain} from '../../../src/system/credentials/keychain.ts';
import {type Backend, canRefuse, fileKeychain, ownKeychain, withoutBus} from '../../support/keychain.ts';
import {until} from '../../support/until.ts';

const secret = 'test-client-secret';
const own = await ownKeychain();
const inFile = fileKeychain();
const backends: [string, Backend][] = [['in a file', inFile]];
if (typeof own !== 'string') backends.push(['of this machine', own]);
afterAll(inFile.close);

const noKeychain = 'no keychain is running (GNOME Keyring, KWallet, KeePassXC)';
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
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
  expect(typeof own !== 'string' || /^[\x20-\x7e]{10,80}$/.test(own)).toBe(true);
  expect(typeof own === 'string' ? own : '').not.toMatch(/error|failure|dbus|\//i);
});

const forgotten = {problem: 'the keychain no longer contains this secret'};

describe.each(backends)('a keychain that can be reached (%s)', (_, backend) => {
  const id = `test ${process.pid}`;

  it('keeps a secret, gives it to other processes, and forgets it', async () => {
    const keychain = backend.open();
    closers.push(() => keychain.remove(id));
    expect(await keychain.write(id, secret)).toBeNull();
    expect(await backend.open().read([id, `${id} missing`])).toEqual([{secret}, forgotten]);
    expect(await keychain.remove(id)).toBeNull();
    expect(await keychain.remove(id)).toBeNull();
    expect(await keychain.read([id])).toEqual([forgotten]);
  });

  it('is asked once for what is read again and again, until that is old or renewed', async () => {
    let now = 1_000_000;
    const keychain = backend.open({now: () => now});
    const other = backend.open();
    closers.push(() => keychain.remove(id));
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
    const keychain = backend.open();
    const odd = ' "käse"\n\u{1f9c0}\t{"a": 1} ';
    expect(await keychain.write(id, odd)).toBeNull();
    expect(await keychain.read([id])).toEqual([{secret: odd}]);
    await keychain.remove(id);
  });
});

describe('a keychain', () => {
  const opened = (how: Record<string, unknown> = {}) => {
    const kept = fileKeychain();
    closers.push(kept.close);
    kept.fail(how);
    return kept;
  };

  it('is asked in a process that sees nothing of the environment but what leads to the session', async () => {
    const kept = opened();
    await kept.open().read(['00000001']);
    expect(kept.asked()).toEqual([['HOME']]);
  });

  it('is asked in one process for many secrets, and in none for those that were read before', async () => {
    const kept = opened({entries: {'mystatus-tui/one': secret}});
    const keychain = kept.open();
    expect(await keychain.read(['one', 'two', 'one'])).toEqual([{secret}, forgotten, {secret}]);
    await keychain.read(['two', 'one']);
    expect(kept.asked()).toHaveLength(1);
  });

  it.each([
    ['The platform storage is locked', 'the keychain is locked or denied access'],
    ['User canceled: interaction is not allowed', 'the keychain is locked or denied access'],
    ['DBus error: The name org.freedesktop.secrets was not provided by any .service files', noKeychain],
    ["Attribute 'password' is longer than platform limit of 2560 chars", 'the secret is too long for the keychain'],
    ['Cannot find native binding. npm has a bug', 'the keychain library @napi-rs/keyring is not installed'],
    ['something /home/somebody never seen', 'the keychain denied access'],
  ])('that says "%s" is told in our words', async (trouble, problem) => {
    const keychain = opened({trouble}).open();
    expect(await keychain.read(['00000001', '00000002'])).toEqual([{problem}, {problem}]);
    expect(await keychain.write('00000001', secret)).toBe(problem);
    expect(await keychain.remove('00000001')).toBe(problem);
  });

  it('that stores nothing, and says nothing of it, is noticed', async () => {
    expect(await opened({forgetful: true}).open().write('00000001', secret)).toBe(
      'the keychain did not store the secret',
    );
  });

  it.each([{crash: true}, {garbled: true}])('whose library fails (%j) is an answer too', async how => {
    const problem = 'the keychain library failed';
    const keychain = opened(how).open();
    expect(await keychain.read(['00000001'])).toEqual([{problem}]);
    expect(await keychain.write('00000001', secret)).toBe(problem);
  });

  it('without a library is none', async () => {
    const problem = 'the keychain library @napi-rs/keyring is not installed';
    expect(await opened().open({library: null}).read(['00000001'])).toEqual([{problem}]);
    const gone = opened().open({library: '/nonexistent/keyring'});
    expect(await gone.read(['00000001'])).toEqual([{problem}]);
  });

  it('that is silent is waited for a moment only, has one question open at a time, and is called off', async () => {
    const kept = opened({silent: true});
    let now = 1_000_000;
    const late = 'the keychain did not respond in time';
    const keychain = kept.open({patienceMs: 50, now: () => now});
    expect(await keychain.read(['00000001'])).toEqual([{problem: late}]);
    now += 600_000;
    expect(await keychain.read(['00000001'])).toEqual([{problem: late}]);
    await until(
      () => kept.asked().length === 1,
      () => 'it was never asked',
    );
    expect(await kept.open({promptMs: 200}).write('00000001', secret)).toBe(late);
  });
});

describe.runIf(canRefuse)('a keychain that cannot be reached', () => {
  const problem = noKeychain;

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
