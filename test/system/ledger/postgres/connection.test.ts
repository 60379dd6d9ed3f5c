import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {afterAll, beforeAll, describe, expect, it, onTestFinished} from 'vitest';
import type {Notice} from '../../../../src/core/model.ts';
import {createRedactor} from '../../../../src/core/text/redact.ts';
import {openLedger} from '../../../../src/system/ledger/ledger.ts';
import {awayText, connectTo, openOnPostgres} from '../../../../src/system/ledger/postgres/open.ts';
import {type Server, sqlAt, startPostgres, whyNoPostgres} from '../../../support/postgres.ts';
import {until} from '../../../support/until.ts';
import {directory} from './fleet.ts';

const password = 'test-invented-passphrase';
let server: Server;
let certificates: string | null = null;

beforeAll(async () => {
  if (whyNoPostgres !== null) return;
  certificates = makeCertificate();
  const files = [`ssl_cert_file=${certificates}/server.pem`, `ssl_key_file=${certificates}/server.key`];
  server = await startPostgres(certificates === null ? [] : ['ssl=on', ...files]);
  await sqlAt(
    server.url(),
    `CREATE ROLE fleet LOGIN PASSWORD '${password}'; GRANT CREATE ON DATABASE postgres TO fleet`,
  );
});
afterAll(async () => {
  await server?.close();
  if (certificates !== null) rmSync(certificates, {recursive: true, force: true});
});

/** For `localhost`; null where there is no program to make it with. */
function makeCertificate(): string | null {
  const path = mkdtempSync(join(tmpdir(), 'mystatus-pg-tls-'));
  const [key, certificate] = [join(path, 'server.key'), join(path, 'server.pem')];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const made = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    certificate,
    ...names,
  ]);
  if (made.status !== 0) return null;
  chmodSync(path, 0o755);
  chmodSync(key, 0o600);
  if (process.getuid?.() === 0) chownSync(key, 65_534, 65_534);
  return path;
}

const place = (address: string, env: Record<string, string> = {}) => ({
  ...{address, env, home: directory()},
  protect() {},
});
const tcp = (who: string, query = ''): string => `postgres://${who}@localhost:${server.port}/postgres${query}`;
/** Null: it works. Else the line for people. */
const outcome = async (address: string, env: Record<string, string> = {}): Promise<string | null> => {
  const at = place(address, env);
  try {
    const db = await connectTo(at, 1000);
    await db.close();
    return null;
  } catch (error) {
    return awayText(error, at);
  }
};

describe.skipIf(whyNoPostgres !== null)(`a connection ${whyNoPostgres ?? ''}`, () => {
  it('takes the password from the address, PGPASSWORD or .pgpass', async () => {
    expect(await outcome(tcp(`fleet:${password}`))).toBeNull();
    expect(await outcome(tcp('fleet'), {PGPASSWORD: password})).toBeNull();
    const file = join(directory(), 'passwords');
    writeFileSync(file, `localhost:*:*:fleet:${password}\n`, {mode: 0o600});
    expect(await outcome(tcp('fleet'), {PGPASSFILE: file})).toBeNull();
  });

  it('that fails says in one line why, and never the password', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const silentPort = typeof address === 'object' && address !== null ? address.port : 0;
    const cases: [string, string][] = [
      [tcp('fleet:some-wrong-passphrase'), 'the password is wrong'],
      [tcp('fleet'), 'a password is needed'],
      [`postgres://fleet:${password}@localhost:1/postgres`, 'nothing answers there'],
      [`postgres://fleet:${password}@localhost:${silentPort}/postgres?sslmode=disable`, 'does not answer in time'],
      [`postgres://fleet:${password}@no-such-host.invalid/postgres`, 'host'],
      [`postgres://fleet:${password}@localhost:${server.port}/nowhere`, 'there is no such database'],
      [`${tcp(`fleet:${password}`)}?sslmode=verify-full`, 'names no sslrootcert'],
      [server.url('postgres', 'nobody-known'), 'refuses this user'],
    ];
    for (const [url, why] of cases) {
      const line = await outcome(url);
      expect(line).toContain(why);
      expect(line).not.toMatch(/passphrase|\n/);
    }
  });

  it('is encrypted and verified as sslmode says', async ({skip}) => {
    if (certificates === null) return skip('there is no openssl to make a certificate with');
    const query = (mode: string, root = true): string =>
      `?sslmode=${mode}${root ? `&sslrootcert=${certificates}/server.pem` : ''}`;
    const isEncrypted = async (address: string): Promise<boolean> => {
      const db = await connectTo(place(address));
      const [row] = await db.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
      await db.close();
      return row?.ssl === true;
    };
    const who = `fleet:${password}`;
    expect(await isEncrypted(tcp(who))).toBe(true);
    expect(await isEncrypted(tcp(who, query('disable', false)))).toBe(false);
    expect(await isEncrypted(tcp(who, query('verify-full')))).toBe(true);
    expect(await isEncrypted(tcp(who, query('verify-ca')).replace('localhost', '127.0.0.1'))).toBe(true);
    expect(await outcome(tcp(who, query('verify-full')).replace('localhost', '127.0.0.1'))).toContain('certificate');
    expect(await outcome(tcp(who, '?sslmode=verify-full&sslrootcert=system'))).toContain(
      'its certificate cannot be verified',
    );
  });

  it('tells its trouble as a notice, takes it back when all is well, and the redactor knows the password', async () => {
    const redactor = createRedactor();
    const notices: (Notice | null)[] = [];
    const own = openLedger({directory: directory(), onNotice() {}});
    const open = (address: string) => {
      const ledger = openOnPostgres(
        {...place(address), protect: redactor.protect},
        {own: () => own, machine: 'one', onNotice: notice => void notices.push(notice)},
      );
      onTestFinished(() => ledger.close());
      return ledger.ready;
    };
    await open(tcp(`fleet:${password}`).replace(String(server.port), '1'));
    await open(tcp(`fleet:${password}`));
    expect(notices).toEqual([
      {
        code: 'ledger-fleet',
        text: expect.stringContaining('(localhost:1/postgres) cannot be used: nothing answers there.'),
      },
      null,
    ]);
    expect(redactor.redact(`it said ${password}`)).not.toContain(password);
  });

  it('works with the roles that docs/fleet.md sets up: one that writes, one that looks', async () => {
    const page = readFileSync(new URL('../../../../docs/fleet.md', import.meta.url), 'utf8');
    const [first = '', second = ''] = [...page.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql = '']) => sql);
    // A database is made by a statement that stands alone.
    for (const statement of first.split(';\n').filter(Boolean)) await sqlAt(server.url(), statement);
    const open = (who: string) => {
      const notices: (Notice | null)[] = [];
      const own = openLedger({directory: directory(), onNotice() {}});
      const options = {own: () => own, machine: who, onNotice: (notice: Notice | null) => void notices.push(notice)};
      const ledger = openOnPostgres(place(server.url('quotas', who)), options);
      onTestFinished(() => ledger.close());
      return ledger.ready.then(() => ({notices, mayRefresh: ledger.mayRefresh()}));
    };
    expect(await open('quotas_machine')).toEqual({notices: [null], mayRefresh: true});
    await sqlAt(server.url('quotas'), second);
    const {notices, mayRefresh} = await open('quotas_reader');
    expect([mayRefresh, notices[0]?.text]).toEqual([false, expect.stringContaining('is read-only for this role')]);
  });

  it('of two processes gives one claim, and each hears what the other wrote', {timeout: 60_000}, async () => {
    const copies = await Promise.all(['one', 'two'].map(name => startCopy(server.url(), name)));
    const granted = await Promise.all(copies.map(copy => copy.ask('claim')));
    expect([...granted].sort()).toEqual(['false', 'true']);
    const [winner, other] = granted[0] === 'true' ? copies : [...copies].reverse();
    await winner?.ask('settle');
    await until(
      async () => (await other?.ask('heard')) === '["a:1"]',
      () => 'the other never heard of it',
    );
    expect(await other?.ask('claim')).toBe('true');
    other?.kill();
    await until(
      async () => (await winner?.ask('claim')) === 'true',
      () => 'the claim of the killed one never ended',
    );
  });
});

const at = (path: string): string => JSON.stringify(new URL(`../../../../src/${path}`, import.meta.url).href);
const program = `
  import {createInterface} from 'node:readline';
  import {openLedger} from ${at('system/ledger/ledger.ts')};
  import {openOnPostgres} from ${at('system/ledger/postgres/open.ts')};
  const [address, machine, directory] = process.argv.slice(1);
  const ledger = openOnPostgres({address, env: {}, home: directory, protect() {}},
    {own: alerts => openLedger({directory, onNotice() {}, alerts}), machine, onNotice() {}});
  await ledger.ready;
  const row = {key: 'a:1', provider: 'a', label: 'l', source: 's', fingerprint: 'f', reading: null, readAt: null,
    failure: null, lastAttemptAt: Date.now(), dueAt: null, failures: 0};
  const commands = {
    claim: () => ledger.claim('a:1', Date.now(), Date.now() + 1500),
    settle: () => (ledger.settle(row, Date.now()), ledger.idle()),
    heard: () => ledger.changes(0).rows.map(({key}) => key),
  };
  console.log('ready');
  for await (const line of createInterface({input: process.stdin})) console.log(JSON.stringify(await commands[line]() ?? null));
`;

async function startCopy(address: string, name: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, address, name, directory()], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning'},
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({input: child.stdout});
  const next = async (): Promise<string> => String((await once(lines, 'line'))[0]);
  await next();
  return {
    kill: () => child.kill('SIGKILL'),
    ask(command: string): Promise<string> {
      const answer = next();
      child.stdin.write(`${command}\n`);
      return answer;
    },
  };
}
