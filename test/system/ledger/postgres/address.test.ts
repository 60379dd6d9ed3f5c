import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {AddressError, addressOf, shownAddress, whyNoLedger} from '../../../../src/system/ledger/postgres/address.ts';
import {passwordFor} from '../../../../src/system/ledger/postgres/password.ts';
import {tlsWays} from '../../../../src/system/ledger/postgres/tls.ts';

function home(): string {
  const path = mkdtempSync(join(tmpdir(), 'mystatus-pg-home-'));
  onTestFinished(() => rmSync(path, {recursive: true, force: true}));
  return path;
}

describe('the address of the database', () => {
  it.each([
    ['postgres://me@db.example:6543/quotas', {host: 'db.example', port: 6543, user: 'me', database: 'quotas'}],
    ['postgresql://me@db.example', {host: 'db.example', port: 5432, user: 'me', database: 'me'}],
    ['postgres://me@[::1]/quotas', {host: '::1', database: 'quotas'}],
    ['postgres://me@/quotas?host=/run/postgresql', {host: '/run/postgresql', database: 'quotas'}],
    ['postgres://me@%2Frun%2Fpostgresql/quotas', {host: '/run/postgresql', database: 'quotas'}],
    ['postgres:///quotas?host=%2Ftmp&user=me&port=7', {host: '/tmp', port: 7, user: 'me', database: 'quotas'}],
    ['postgres://m%40e:p%2Fw%3A@h/d%20b', {user: 'm@e', password: 'p/w:', database: 'd b'}],
  ])('%s is understood as libpq does', (text, parts) => {
    expect(addressOf(text, {})).toMatchObject(parts);
  });
  it('takes from libpq’s variables what it does not say itself', () => {
    const env = {
      PGHOST: 'db',
      PGPORT: '7',
      PGUSER: 'me',
      PGDATABASE: 'quotas',
      PGPASSWORD: 'test-pw',
      PGSSLMODE: 'require',
    };
    const told = {host: 'db', port: 7, user: 'me', database: 'quotas', password: 'test-pw', sslMode: 'require'};
    expect(addressOf('postgres://', env)).toMatchObject(told);
    expect(addressOf('postgres://you:own-pw@h:9/d?sslmode=disable', env)).toMatchObject({
      ...{host: 'h', port: 9, user: 'you', database: 'd', password: 'own-pw', sslMode: 'disable'},
    });
  });
  it.each([
    ['postgres://me:hidden-pw@h:0/d', 'has a port that is none'],
    ['postgres://me:hidden-pw@h1,h2/d', 'may name one host only'],
    ['postgres://me:hidden%ZZpw@h/d', 'has a % that encodes nothing'],
    ['postgres://me:hidden-pw@h/d?sslmode=maybe', 'has an sslmode that is not one of'],
    ['postgres://me:hidden-pw@h:port/d', 'is not an address'],
    ['mysql://me:hidden-pw@h/d', 'must be sqlite or postgres://…'],
    ['SQLite', 'must be sqlite or postgres://…'],
    ['', 'must be sqlite or postgres://…'],
  ])('%s is refused, and nothing of it is quoted', (text, why) => {
    expect(whyNoLedger(text)).toContain(why);
    expect(whyNoLedger(text)).not.toMatch(/hidden|pw|h1/);
  });
  it('is shown without who and by what password', () => {
    expect(shownAddress(addressOf('postgres://me:hidden-pw@db:6543/quotas', {}))).toBe('db:6543/quotas');
  });
});

describe('the password', () => {
  const passwords = [
    '# db.example:5432:quotas:me:commented',
    'other:5432:quotas:me:not-this',
    'db.example:*:quotas:me:with\\:colon\\\\and:more',
    '*:*:*:*:for-all',
  ].join('\n');
  const place = (mode: number): {env: Record<string, string>; home: string} => {
    const path = home();
    writeFileSync(join(path, '.pgpass'), passwords, {mode});
    return {env: {}, home: path};
  };
  it('is the first of .pgpass that fits, unless the address or PGPASSWORD has one', () => {
    const at = place(0o600);
    expect(passwordFor(addressOf('postgres://me@db.example/quotas', {}), at)).toBe('with:colon\\and:more');
    expect(passwordFor(addressOf('postgres://you@db.example/quotas', {}), at)).toBe('for-all');
    expect(passwordFor(addressOf('postgres://me@db.example/quotas', {PGPASSWORD: 'told'}), at)).toBe('told');
    expect(passwordFor(addressOf('postgres://me:own@db.example/quotas', {PGPASSWORD: 'told'}), at)).toBe('own');
  });
  it('stands in the file that PGPASSFILE names', () => {
    const at = place(0o600);
    const env = {PGPASSFILE: join(at.home, '.pgpass')};
    expect(passwordFor(addressOf('postgres://you@h/d', {}), {env, home: '/nonexistent'})).toBe('for-all');
  });
  it.skipIf(process.platform === 'win32')('is not taken from a file that others may read', () => {
    expect(passwordFor(addressOf('postgres://me@db.example/quotas', {}), place(0o644))).toBeNull();
  });
});

describe('TLS', () => {
  const ways = (query: string, at = home()): unknown => tlsWays(addressOf(`postgres://me@h/d?${query}`, {}), at);
  const unverified = {rejectUnauthorized: false};
  it('is as libpq’s sslmode says', () => {
    expect(ways('')).toEqual([unverified, false]);
    expect(ways('sslmode=disable')).toEqual([false]);
    expect(ways('sslmode=allow')).toEqual([false, unverified]);
    expect(ways('sslmode=require')).toEqual([unverified]);
    expect(tlsWays(addressOf('postgres://me@/d?host=/tmp&sslmode=require', {}), home())).toEqual([false]);
  });
  it('verifies by a root certificate, which without a name of a file is that of the home', () => {
    const at = home();
    const root = join(at, 'root.pem');
    writeFileSync(root, 'a certificate');
    expect(ways(`sslmode=verify-full&sslrootcert=${root}`)).toEqual([{ca: 'a certificate'}]);
    const byAuthority = [{ca: 'a certificate', checkServerIdentity: expect.any(Function)}];
    expect(ways(`sslmode=verify-ca&sslrootcert=${root}`)).toEqual(byAuthority);
    expect(ways(`sslmode=require&sslrootcert=${root}`)).toEqual(byAuthority);
    expect(ways('sslmode=verify-full&sslrootcert=system')).toEqual([{}]);
  });
  it('is refused where nothing could verify the server, and where a file cannot be read', () => {
    for (const query of ['sslmode=verify-full', 'sslmode=verify-ca', 'sslrootcert=/nonexistent/root.pem'])
      expect(() => ways(query)).toThrow(AddressError);
  });
});
