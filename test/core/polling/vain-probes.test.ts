import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {createDiscovery} from '../../../src/core/polling/discovery.ts';
import {withoutVainProbes} from '../../../src/core/polling/vain-probes.ts';
import type {Machine} from '../../../src/core/provider.ts';
import {createRedactor} from '../../../src/core/text/redact.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {createMachine} from '../../../src/system/machine.ts';
import {createFakeClock} from '../../support/fake-clock.ts';

let home: string;
let asked: string[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mystatus-probes-'));
  writeFileSync(join(home, '.profile'), '');
  asked = [];
});
afterEach(() => rmSync(home, {recursive: true}));

/** The real one, with each question to the file system written down. */
function watched(platform = 'linux'): Machine {
  const machine = createMachine({env: {}, home, platform});
  const noted =
    <Rest extends unknown[], Answer>(name: string, work: (path: string, ...rest: Rest) => Answer) =>
    (path: string, ...rest: Rest): Answer => {
      asked.push(`${name} ${path.replace(home, '~')}`);
      return work(path, ...rest);
    };
  return {
    ...machine,
    readText: noted('read', machine.readText),
    readJson: noted('read', machine.readJson),
    modifiedAt: noted('modified', machine.modifiedAt),
    list: noted('list', machine.list),
    query: noted('query', machine.query),
    which: async () => null,
  };
}

describe('a file below a directory that is not there', () => {
  it('is missing, and nobody looks for it', async () => {
    const machine = withoutVainProbes(watched());
    expect(await machine.readText(join(home, '.codex', 'auth.json'))).toEqual({state: 'missing'});
    expect(await machine.readJson(join(home, '.config', 'gh', 'hosts.yml'))).toEqual({state: 'missing'});
    expect(await machine.query(join(home, '.local', 'share', 'x', 'y.db'), 'SELECT 1')).toEqual({state: 'missing'});
    expect(await machine.modifiedAt(join(home, '.codex', 'auth.json'))).toBeNull();
    expect(new Set(asked)).toEqual(new Set(['list ~']));
  });

  it('is found once the directory is there', async () => {
    mkdirSync(join(home, '.config', 'gh'), {recursive: true});
    writeFileSync(join(home, '.config', 'gh', 'hosts.yml'), 'hello');
    const machine = withoutVainProbes(watched());
    expect(await machine.readText(join(home, '.config', 'gh', 'hosts.yml'))).toEqual({state: 'ok', text: 'hello'});
  });

  it('is looked for where letters of another case may mean the same directory', async () => {
    await withoutVainProbes(watched('darwin')).readText(join(home, '.codex', 'auth.json'));
    expect(asked).toEqual(['read ~/.codex/auth.json']);
  });

  it('is looked for where its directory cannot be listed', async () => {
    rmSync(join(home, '.profile'));
    await withoutVainProbes(watched()).readText(join(home, '.codex', 'auth.json'));
    expect(asked).toEqual(['list ~', 'read ~/.codex/auth.json']);
  });
});

describe('one look of all providers', () => {
  async function look(): Promise<void> {
    const clock = createFakeClock();
    const discovery = createDiscovery({machine: watched(), clock, redactor: createRedactor()});
    await Promise.all(catalogue.map(provider => discovery.find(provider)));
  }

  // What stands in no directory of its own below the home directory: ~/.claude.json, /opt/…, and the like.
  it('asks the file system about a home without any tool at most fifteen times', async () => {
    await look();
    expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(15);
  });

  it('asks nothing twice', async () => {
    for (const name of ['.config/opencode', '.codex', '.claude', '.local/share/opencode'])
      mkdirSync(join(home, name), {recursive: true});
    await look();
    expect(asked.filter((each, at) => asked.indexOf(each) !== at)).toEqual([]);
  });
});
