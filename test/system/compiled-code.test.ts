import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {run} from '../support/run.ts';
import {createWorld, type World} from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld(['openai']);
});
afterEach(() => world.close());

const state = () => join(world.home, '.local/state/mystatus-tui');
const code = (...below: string[]) => join(state(), 'code', ...below);
const namesIn = (path: string) => (existsSync(path) ? readdirSync(path) : []);
const modeOf = (path: string) => (lstatSync(path).mode & 0o777).toString(8);
// `--version` is answered without any of it.
const start = () => run(['--help'], world.env);

/** A ledger with code beside it; the result is where Node keeps it. */
async function withCode(): Promise<{version: string; node: string}> {
  mkdirSync(state(), {recursive: true, mode: 0o700});
  await start();
  const [version = ''] = namesIn(code());
  const [node = ''] = namesIn(code(version));
  expect(namesIn(code(version, node)).length).toBeGreaterThan(3);
  return {version: code(version), node: code(version, node)};
}

describe('what Node made of our code', () => {
  it('is kept beside the ledger, for this version and its owner alone', async () => {
    await run(['--json'], world.env);
    const {version} = await withCode();
    mkdirSync(code('0.0.1'), {recursive: true});
    writeFileSync(code('0.0.1/old'), '');
    renameSync(version, code('0.0.2'));
    expect((await start()).code).toBe(0);
    expect(namesIn(code())).toEqual([version.split('/').at(-1)]);
    expect([modeOf(code()), modeOf(version)]).toEqual(['700', '700']);
  });

  it('is kept nowhere as long as there is no ledger', async () => {
    await start();
    await run(['--once', '--demo'], world.env);
    expect(existsSync(state())).toBe(false);
  });

  it('is used again as it is', async () => {
    const {node} = await withCode();
    const before = lstatSync(node).ino;
    await start();
    expect(lstatSync(node).ino).toBe(before);
  });
});

describe.skipIf(process.platform === 'win32')('code that others may have put there', () => {
  /** Stands for a forged one: it would be read, were it trusted, and is gone when it is not. */
  const forged = async (open: (places: {version: string; node: string}) => void): Promise<boolean> => {
    const places = await withCode();
    const mark = join(places.node, 'forged');
    writeFileSync(mark, 'code of somebody else', {mode: 0o600});
    open(places);
    expect((await start()).code).toBe(0);
    return existsSync(mark);
  };

  it('stays only where every level below the ledger’s directory was closed to them', async () => {
    expect(await forged(() => {})).toBe(true);
    expect(await forged(() => chmodSync(code(), 0o755))).toBe(false);
    expect(await forged(() => chmodSync(code(), 0o770))).toBe(false);
    expect(await forged(({version}) => chmodSync(version, 0o777))).toBe(false);
    expect(await forged(({node}) => chmodSync(node, 0o757))).toBe(false);
    expect(await forged(({node}) => chmodSync(join(node, 'forged'), 0o602))).toBe(false);
  });

  it('is not followed through a link', async () => {
    const stranger = join(world.home, 'stranger');
    mkdirSync(stranger, {mode: 0o700});
    await withCode();
    renameSync(code(), join(stranger, 'code'));
    symlinkSync(join(stranger, 'code'), code());
    await start();
    expect(lstatSync(code()).isDirectory()).toBe(true);
    expect(namesIn(stranger)).toEqual(['code']);
  });

  it.skipIf(process.getuid?.() !== 0)('is not used when somebody else owns it', async () => {
    expect(await forged(() => chownSync(code(), 12_345, 12_345))).toBe(false);
    expect(await forged(({version}) => chownSync(version, 12_345, 12_345))).toBe(false);
    expect(await forged(({node}) => chownSync(node, 12_345, 12_345))).toBe(false);
    expect(await forged(({node}) => chownSync(join(node, 'forged'), 12_345, 12_345))).toBe(false);
  });

  it.each(['.local/state/mystatus-tui', '.local/state', '.local', ''])(
    'is neither used nor made when they may write to a directory above: %j',
    async level => {
      await withCode();
      chmodSync(join(world.home, level), 0o777);
      const version = namesIn(code())[0] ?? '';
      renameSync(code(version), code('left'));
      expect((await start()).code).toBe(0);
      expect(namesIn(code())).toEqual(['left']);
    },
  );

  it.skipIf(process.getuid?.() !== 0)(
    'is made below a directory open to a group only where that is one’s own',
    async () => {
      await withCode();
      chmodSync(join(world.home, '.local'), 0o775);
      for (const [group, isKept] of [
        [100, false],
        [0, true],
      ] as const) {
        chownSync(join(world.home, '.local'), 0, group);
        renameSync(code(), join(state(), `left by ${group}`));
        await start();
        expect(existsSync(code())).toBe(isKept);
        mkdirSync(code(), {recursive: true});
      }
    },
  );
});
