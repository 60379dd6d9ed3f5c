import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface, type Interface} from 'node:readline';
import {DatabaseSync} from 'node:sqlite';
import {afterEach, describe, expect, it} from 'vitest';
import type {Notice} from '../../../src/core/model.ts';
import {openLedger} from '../../../src/system/ledger/ledger.ts';

const now = Date.parse('2026-11-22T09:00:00Z');
const minute = 60_000;
const children: ChildProcess[] = [];
const directories: string[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const path of directories.splice(0)) rmSync(path, {recursive: true, force: true});
});

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'mystatus-copies-'));
  directories.push(path);
  return path;
}

/** Another copy: opens the ledger, says `ready`, and answers each line that it is given by running it. */
const program = `
  import {createInterface} from 'node:readline';
  import {openLedger} from ${JSON.stringify(new URL('../../../src/system/ledger/ledger.ts', import.meta.url).href)};
  const [directory, now] = [process.argv[1], ${now}];
  const notices = [];
  const row = {key: 'a:1', provider: 'a', label: 'l', source: 's', fingerprint: 'f', reading: null, readAt: null,
    failure: null, lastAttemptAt: now, dueAt: now, failures: 0};
  const ledger = openLedger({directory, onNotice: notice => notices.push(notice.code), now: () => now});
  console.log('ready');
  const commands = {
    claim: () => ledger.claim('a:1', now, now + ${minute}),
    notices: () => notices,
    rows: () => ledger.rows().length,
    settle: key => ledger.settle({...row, key}, now),
    storm() {
      ledger.claim('a:1', now, now + ${minute});
      console.log('storm');
      for (let i = 0; ; i += 1) ledger.settle({...row, key: 'b:' + (i % 500)}, now);
    },
  };
  for await (const line of createInterface({input: process.stdin})) {
    const [name, argument] = line.split(' ');
    console.log(JSON.stringify(commands[name](argument) ?? null));
  }
`;

type Copy = {child: ChildProcess; ask(command: string): Promise<string>};

async function startCopy(path: string): Promise<Copy> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning'},
  });
  children.push(child);
  if (!child.stdout) throw new Error('no output');
  const lines = createInterface({input: child.stdout});
  await nextLine(lines);
  return {
    child,
    ask(command) {
      const answer = nextLine(lines);
      child.stdin?.write(`${command}\n`);
      return answer;
    },
  };
}

const nextLine = async (lines: Interface): Promise<string> => String((await once(lines, 'line'))[0]);

describe('several copies of the program', {timeout: 60_000}, () => {
  it('share one claim: of eight that ask at once exactly one may, and all see its result', async () => {
    const path = directory();
    const copies = await Promise.all(Array.from({length: 8}, () => startCopy(path)));
    const granted = await Promise.all(copies.map(copy => copy.ask('claim')));
    expect(granted.filter(answer => answer === 'true')).toHaveLength(1);
    await copies[granted.indexOf('true')]?.ask('settle a:1');
    expect(await Promise.all(copies.map(copy => copy.ask('rows')))).toEqual(copies.map(() => '1'));
    expect(await Promise.all(copies.map(copy => copy.ask('notices')))).toEqual(copies.map(() => '[]'));
  });

  it('lose nothing when one is killed in the middle of writing: its claim runs out', async () => {
    const path = directory();
    const copy = await startCopy(path);
    await copy.ask('storm');
    const notices: Notice[] = [];
    const ledger = openLedger({directory: path, onNotice: notice => notices.push(notice), now: () => now});
    const deadline = Date.now() + 30_000;
    while (ledger.rows().length < 20 && Date.now() < deadline) await new Promise(resolve => setTimeout(resolve, 5));
    const ended = once(copy.child, 'exit');
    copy.child.kill('SIGKILL');
    await ended;
    expect(ledger.claim('a:1', now + 1, now + minute)).toBe(false);
    expect(ledger.claim('a:1', now + minute, now + 2 * minute)).toBe(true);
    expect(ledger.rows().length).toBeGreaterThanOrEqual(20);
    ledger.close();
    const db = new DatabaseSync(join(path, 'state.db'));
    expect({...db.prepare('PRAGMA integrity_check').get()}).toEqual({integrity_check: 'ok'});
    db.close();
    expect(notices).toEqual([]);
  });

  it('find one file after all of them were killed at once', async () => {
    const path = directory();
    const copies = await Promise.all(Array.from({length: 3}, () => startCopy(path)));
    await Promise.all(copies.map(copy => copy.ask('storm')));
    const ended = copies.map(({child}) => once(child, 'exit'));
    for (const {child} of copies) child.kill('SIGKILL');
    await Promise.all(ended);
    const notices: Notice[] = [];
    const ledger = openLedger({directory: path, onNotice: notice => notices.push(notice), now: () => now});
    expect(ledger.claim('a:1', now + minute, now + 2 * minute)).toBe(true);
    ledger.close();
    expect(notices).toEqual([]);
    expect(readdirSync(path).filter(name => name.includes('corrupt'))).toEqual([]);
  });

  it('agree on who sets a damaged file aside', async () => {
    const path = directory();
    const first = openLedger({directory: path, onNotice() {}, now: () => now});
    first.close();
    const db = new DatabaseSync(join(path, 'state.db'));
    db.exec('DROP TABLE account');
    db.close();
    const copies = await Promise.all(Array.from({length: 6}, () => startCopy(path)));
    await Promise.all(copies.map(copy => copy.ask('rows')));
    const granted = await Promise.all(copies.map(copy => copy.ask('claim')));
    expect(granted.filter(answer => answer === 'true')).toHaveLength(1);
    expect(readdirSync(path).filter(name => /^state\.db\.corrupt-\w+$/.test(name))).toHaveLength(1);
    const notices = await Promise.all(copies.map(copy => copy.ask('notices')));
    expect(notices.filter(codes => codes === '["ledger-corrupt"]')).toHaveLength(1);
    expect(notices.filter(codes => codes === '[]')).toHaveLength(5);
  });
});
