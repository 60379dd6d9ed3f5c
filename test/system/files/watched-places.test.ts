import {appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {type WatchedPlaces, watchPlaces} from '../../../src/system/files/watched-places.ts';
import {createMachine} from '../../../src/system/machine.ts';

/** Real directories, and the system's own way to tell of changes in them. */

const local = () => 'disk / ext4 rw 0 0\n';

let home: string;
let places: WatchedPlaces;
const at = (...parts: string[]): string => join(home, ...parts);
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'mystatus-places-')));
  mkdirSync(at('.codex'));
  writeFileSync(at('.codex', 'auth.json'), '{}');
});
afterEach(() => {
  places.close();
  rmSync(home, {recursive: true});
});

const watching = (options: Parameters<typeof watchPlaces>[1] = {}): WatchedPlaces => {
  places = watchPlaces(createMachine({env: {}, home}), {platform: 'linux', mounts: local, ...options});
  return places;
};

/** Asks until it is answered so. */
async function until(answer: boolean | null): Promise<void> {
  const end = performance.now() + 10_000;
  while (places.stirred() !== answer) {
    if (performance.now() > end) throw new Error(`it was never ${answer}`);
    await new Promise(resolve => setImmediate(resolve));
  }
}

describe.runIf(process.platform === 'linux')('places that are watched', () => {
  it('are quiet once they were looked at', async () => {
    await watching().machine.readText(at('.codex', 'auth.json'));
    expect(places.stirred()).toBeNull();
    await until(false);
    expect(places.stirred()).toBe(false);
  });

  it('stir when a file is written that somebody looked at, and not for the files beside it', async () => {
    await watching().machine.readText(at('.codex', 'auth.json'));
    await until(false);
    writeFileSync(at('.codex', 'history.jsonl'), 'a line\n');
    // Events come in their order: the second one tells that the first one was heard.
    appendFileSync(at('.codex', 'auth.json'), ' ');
    await until(true);
    await until(false);
    writeFileSync(at('.codex', 'history.jsonl'), 'another line\n');
    for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
    expect(places.stirred()).toBe(false);
  });

  it('stir when a directory appears in which somebody looked in vain', async () => {
    await watching().machine.readText(at('.config', 'tool', 'auth.json'));
    await until(false);
    mkdirSync(at('.config'));
    await until(true);
  });

  it('stir for every name in a directory that was listed', async () => {
    await watching().machine.list(at('.codex'));
    await until(false);
    writeFileSync(at('.codex', 'new'), '');
    await until(true);
  });

  it('stir when what a link points to is written', async () => {
    mkdirSync(at('dotfiles'));
    writeFileSync(at('dotfiles', 'key'), 'one');
    symlinkSync(at('dotfiles', 'key'), at('.codex', 'key'));
    await watching().machine.readText(at('.codex', 'key'));
    await until(false);
    writeFileSync(at('dotfiles', 'key'), 'two');
    await until(true);
  });

  it('stir when the directory itself is replaced, and go on to be heard of', async () => {
    await watching().machine.readText(at('.codex', 'auth.json'));
    await until(false);
    rmSync(at('.codex'), {recursive: true});
    await until(true);
    await until(false);
    mkdirSync(at('.codex'));
    await until(true);
  });
});

describe('nobody can tell', () => {
  it('where a file system is shared with other machines', async () => {
    await watching({mounts: () => `${local()}server:/home ${home} nfs4 rw 0 0\n`}).machine.readText(at('.codex', 'x'));
    for (let turn = 0; turn < 50; turn++) {
      expect(places.stirred()).toBeNull();
      await new Promise(resolve => setImmediate(resolve));
    }
  });

  it('where the system has no watches left', async () => {
    const start = () => {
      throw Object.assign(new Error('no space left'), {code: 'ENOSPC'});
    };
    await watching({start}).machine.readText(at('.codex', 'auth.json'));
    for (let turn = 0; turn < 50; turn++) {
      expect(places.stirred()).toBeNull();
      await new Promise(resolve => setImmediate(resolve));
    }
  });

  it('on a system whose way to tell is not known well', () => {
    expect(watching({platform: 'win32'}).stirred()).toBeNull();
  });
});
