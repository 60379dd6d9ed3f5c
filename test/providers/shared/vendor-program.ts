import {chmod, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import type {Account, Provider, Wire} from '../../../src/core/provider.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Home, now, withHome} from './home.ts';

export type Fake = {home: Home; path: string; calls(): Promise<string[]>};

/** A home directory with a stand-in for a vendor's program on its PATH, which notes what it was asked. HOME in the script is that directory. */
export async function withProgram(name: string, script: string, files: Record<string, unknown> = {}): Promise<Fake> {
  const home = await withHome(files);
  const [log, path] = [join(home.path, 'calls'), join(home.path, 'bin', name)];
  await home.write(`bin/${name}`, `#!/bin/sh\necho "$@" >> '${log}'\n${script.replaceAll('HOME', home.path)}\n`);
  await chmod(path, 0o755);
  const calls = () =>
    readFile(log, 'utf8').then(
      text => text.trim().split('\n'),
      () => [],
    );
  return {home, path, calls};
}

export const found = ({home}: Fake, provider: Provider, env: Record<string, string> = {}): Promise<Account[]> =>
  provider.discover(home.machine({env: {PATH: join(home.path, 'bin'), ...env}}));

type Wish = {memory?: Map<string, unknown>; timeoutMs?: number; at?: number};

/** The wire to programs that are started for real; `timeoutMs` instead of theirs. */
export function programWire(provider: Provider, {memory = new Map(), timeoutMs, at = now}: Wish = {}): Wire {
  const wire = createWire({provider, env: {PATH: process.env.PATH}, version: '1.0.0', now: () => at, memory});
  return timeoutMs === undefined
    ? wire
    : {...wire, run: (program, args, options) => wire.run(program, args, {...options, timeoutMs})};
}

export async function readThrough(fake: Fake, provider: Provider, wish: Wish = {}) {
  const [account] = await found(fake, provider);
  if (account === undefined) return expect.unreachable('no account was found');
  return provider.fetch(account, programWire(provider, wish));
}

export const failureThrough = (fake: Fake, provider: Provider, wish: Wish = {}): Promise<ProviderError> =>
  readThrough(fake, provider, wish).then(
    () => expect.unreachable('it did not fail'),
    (error: unknown) => {
      if (error instanceof ProviderError) return error;
      throw error;
    },
  );

type Facts = {
  name: string;
  /** What its login is. */
  files: Record<string, unknown>;
  /** What it prints for its version. */
  version: string;
  /** Versions, and other programs of this name, that are not asked for more. */
  others: readonly (readonly [printed: string, code: string])[];
  /** What it prints for the usage. */
  usage: string;
};

/** Tests what holds for each vendor's program, whatever it prints. */
export function testVendorProgram(provider: Provider, {name, files, version, others, usage}: Facts): void {
  const answering = (rest: string) => `if [ "$1" = --version ]; then echo '${version}'; exit; fi\n${rest}`;
  const printing = answering('cat HOME/usage.json');
  const withUsage = (script = printing) => withProgram(name, script, {...files, 'usage.json': usage});
  const ids = async (fake: Fake) => (await readThrough(fake, provider)).windows.map(({id}) => id);

  describe(`${name} as a program`, () => {
    it('is asked for its version once', async () => {
      const fake = await withUsage();
      const memory = new Map<string, unknown>();
      for (let times = 0; times < 2; times++) await readThrough(fake, provider, {memory});
      expect((await fake.calls()).filter(call => call === '--version')).toHaveLength(1);
    });

    it('is kept from reporting each poll to its vendor as a use of it', async () => {
      const fake = await withUsage(`echo "\${DO_NOT_TRACK:-unset}" >> HOME/told; ${printing}`);
      await readThrough(fake, provider);
      const told = await readFile(join(fake.home.path, 'told'), 'utf8');
      expect(told.trim().split('\n')).toEqual((await fake.calls()).map(() => '1'));
    });

    it('is found on PATH, by its absolute path alone, and with its login alone', async () => {
      const fake = await withUsage();
      expect(await found(fake, provider)).toMatchObject([{credential: {path: fake.path}, place: name, stored: false}]);
      expect(await found(fake, provider, {PATH: 'bin'})).toEqual([]);
      expect(await found(await withProgram(name, printing), provider)).toEqual([]);
      expect(await provider.discover((await withHome(files)).machine({env: {PATH: '/nonexistent'}}))).toEqual([]);
      expect(await fake.calls()).toEqual([]);
    });

    it('is read again at its place, and at no other', async () => {
      const fake = await withUsage();
      const machine = fake.home.machine({env: {PATH: join(fake.home.path, 'bin')}});
      expect(await provider.discover(machine, [name])).toEqual(await found(fake, provider));
      expect(await provider.discover(machine, ['environment'])).toEqual([]);
    });

    it.each(others)('that says %j is not asked for more: %s', async (printed, code) => {
      const fake = await withUsage(`echo '${printed}'`);
      const failure = await failureThrough(fake, provider);
      expect([failure.code, failure.remedy?.code]).toEqual([code, 'update']);
      expect(await fake.calls()).toEqual(['--version']);
    });

    it('that is slow is ended', async () => {
      const slow = await withUsage(answering('exec sleep 600'));
      expect((await failureThrough(slow, provider, {timeoutMs: 300})).code).toBe('timeout');
      const never = await withUsage('exec sleep 600');
      expect((await failureThrough(never, provider, {timeoutMs: 300})).code).toBe('timeout');
    });

    it('is given fifteen seconds at most, nothing on stdin and no arguments of ours', async () => {
      const fake = await withUsage(answering('cat; cat HOME/usage.json'));
      const [account] = await found(fake, provider);
      if (account === undefined) return expect.unreachable('no account was found');
      const wire = programWire(provider);
      const limits: number[] = [];
      const run: Wire['run'] = (program, args, options) => {
        limits.push(options.timeoutMs);
        return wire.run(program, args, options);
      };
      await provider.fetch(account, {...wire, run});
      expect(limits.length).toBeGreaterThan(1);
      expect(Math.max(...limits)).toBeLessThanOrEqual(15_000);
    });

    it.each(['exit 0', 'echo', 'echo hello', 'echo "[1, 2]"', 'echo "{"', 'echo \'{"level": "info"}\''])(
      'that says nothing of use is a response that cannot be read: %s',
      async script => {
        expect((await failureThrough(await withUsage(answering(script)), provider)).code).toBe('bad_response');
      },
    );

    it('may be noisy', async () => {
      const noise = 'echo "loading {"; echo \'{"level": "info"}\'; echo warning >&2';
      const expected = await ids(await withUsage());
      expect(await ids(await withUsage(answering(`${noise}\ncat HOME/usage.json\necho "done }"`)))).toEqual(expected);
      expect(expected.length).toBeGreaterThan(0);
      const endless = answering('cat HOME/usage.json; yes | head -c 3000000');
      expect(await ids(await withUsage(endless))).toEqual(expected);
    });

    it('that other users can change is not run', async () => {
      const fake = await withUsage();
      for (const [place, mode] of [
        [fake.path, 0o757],
        [fake.path, 0o777],
        [join(fake.home.path, 'bin'), 0o777],
      ] as const) {
        await chmod(fake.path, 0o755);
        await chmod(place, mode);
        const failure = await failureThrough(fake, provider);
        expect([failure.code, failure.remedy]).toEqual(['no_credentials', {code: 'restrict', name: fake.path}]);
      }
      expect(await fake.calls()).toEqual([]);
    });

    it('that cannot be started says so', async () => {
      const fake = await withUsage();
      await fake.home.write(`bin/${name}`, '#!/nonexistent/interpreter\n');
      const failure = await failureThrough(fake, provider);
      expect([failure.code, failure.remedy?.code]).toEqual(['no_credentials', 'update']);
    });

    it('is never quoted: what it prints may name people', async () => {
      const words = 'someone@example.invalid is out of luck';
      const fake = await withUsage(answering(`echo '${words}'; echo '${words}' >&2; exit 9`));
      const failure = await failureThrough(fake, provider);
      expect([failure.code, failure.message.includes('someone')]).toEqual(['server_error', false]);
    });
  });
}
