import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {watchDirectory, watchFile} from '../../../src/system/files/watch-file.ts';
import {until} from '../../support/until.ts';

/** A real file system; how often the callee is told. */

let home: string;
let told: number;
let stop = (): void => {};
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mystatus-watch-'));
  told = 0;
});
afterEach(() => {
  stop();
  rmSync(home, {recursive: true, force: true});
});
const watchIn = (path: string): void => {
  stop = watchFile(path, () => {
    told++;
  });
};
const tells = (): Promise<void> =>
  until(
    () => told > 0,
    () => 'nothing was told',
  );

describe('a file that is watched', () => {
  it('is told of when its directory comes later, and the one around that, too', async () => {
    const directory = join(home, 'config', 'mystatus');
    watchIn(join(directory, 'config.json'));
    mkdirSync(join(home, 'config'));
    await tells();
    told = 0;
    mkdirSync(directory);
    await tells();
    told = 0;
    writeFileSync(join(directory, 'config.json'), '{}');
    await tells();
  });

  it('is not asked about while nothing happens, whether its directory is there or not', () => {
    const repeated = vi.spyOn(globalThis, 'setInterval');
    watchIn(join(home, 'config', 'mystatus', 'config.json'));
    stop();
    watchIn(join(home, 'config.json'));
    expect(repeated).not.toHaveBeenCalled();
    repeated.mockRestore();
  });

  it('is asked about where it lies behind a link that leads nowhere', async () => {
    symlinkSync(join(home, 'gone'), join(home, 'config'));
    watchIn(join(home, 'config', 'config.json'));
    await tells();
  });

  it('is told of again when its directory was taken away and comes back', async () => {
    const directory = join(home, 'config');
    mkdirSync(directory);
    stop = watchDirectory(
      directory,
      () => false,
      () => {
        told++;
      },
    );
    rmSync(directory, {recursive: true});
    await tells();
    told = 0;
    mkdirSync(directory);
    await tells();
  });
});
