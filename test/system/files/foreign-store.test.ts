import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {readStore, StoreChanged} from '../../../src/system/files/foreign-store.ts';
import {createMachine} from '../../../src/system/machine.ts';

/** Another program's store: nothing may appear beside it, and what is read of it is what it says at that moment. */
let directory: string;
let path: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mystatus-store-'));
  path = join(directory, 'opencode.db');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(directory, {recursive: true, force: true});
});

const machine = createMachine({env: {}, home: '/nowhere'});
const values = async (): Promise<unknown> => {
  const read = await machine.query(path, 'select distinct value from login order by value');
  return read.state === 'ok' ? read.rows.map(({value}) => value) : read;
};
/** Every file of the directory, with what is in it. */
const traces = (): string[] =>
  readdirSync(directory).map(
    name =>
      `${name} ${createHash('sha256')
        .update(readFileSync(join(directory, name)))
        .digest('hex')
        .slice(0, 8)}`,
  );

/** A program of its own process; `ready` is printed when it has come so far. */
async function owner(script: string): Promise<ChildProcess> {
  const program = `
    import {DatabaseSync} from 'node:sqlite';
    const path = process.argv[1];
    const open = () => { const db = new DatabaseSync(path); db.exec('pragma busy_timeout = 5000'); return db; };
    ${script}
    console.log('ready');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning'},
  });
  children.push(child);
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}
const made = `
  const db = open();
  db.exec("pragma journal_mode = wal; create table login (id integer primary key, value); insert into login (value) values ('in the file')");
  db.exec("pragma wal_checkpoint(truncate); pragma wal_autocheckpoint = 0; insert into login (value) values ('in the log')");
`;
async function killed(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('a store that is read', () => {
  it('while its owner has it open says what is in the log too, and is not touched', async () => {
    await owner(made);
    const before = traces();
    expect(before.map(name => name.split(' ')[0])).toEqual(['opencode.db', 'opencode.db-shm', 'opencode.db-wal']);
    expect(await values()).toEqual(['in the file', 'in the log']);
    expect(traces()).toEqual(before);
  });

  it.each([
    ['as it was left', () => {}],
    ['without the file that SQLite would make', () => rmSync(`${path}-shm`)],
  ])('after its owner was killed says what is in the log too, and is not touched: %s', async (_, prepare) => {
    await killed(await owner(made));
    prepare();
    const before = traces();
    expect(await values()).toEqual(['in the file', 'in the log']);
    expect(traces()).toEqual(before);
  });

  it('at rest is not touched', async () => {
    await killed(await owner(`${made} db.close();`));
    const before = traces();
    expect(before).toHaveLength(1);
    expect(await values()).toEqual(['in the file', 'in the log']);
    expect(traces()).toEqual(before);
  });

  it('with an empty log beside it is not touched', async () => {
    await owner(`${made} db.exec('pragma wal_checkpoint(truncate)');`);
    const before = traces();
    expect(before).toHaveLength(3);
    expect(await values()).toEqual(['in the file', 'in the log']);
    expect(traces()).toEqual(before);
  });

  it('from a directory that may only be read is read all the same', async () => {
    await killed(await owner(made));
    rmSync(`${path}-shm`);
    chmodSync(directory, 0o500);
    expect(await values()).toEqual(['in the file', 'in the log']);
    chmodSync(directory, 0o700);
    expect(readdirSync(directory)).toEqual(['opencode.db', 'opencode.db-wal']);
  });

  it.each([true, false])('and is large is read too, in use: %s', async isInUse => {
    const child =
      await owner(`${made} db.exec('create table session (data); insert into session values (zeroblob(20000000))');
      db.exec("pragma wal_checkpoint(truncate); insert into login (value) values ('later')");`);
    if (!isInUse) {
      await killed(child);
      rmSync(`${path}-shm`);
    }
    const before = readdirSync(directory);
    expect(await values()).toEqual(['in the file', 'in the log', 'later']);
    expect(readdirSync(directory)).toEqual(before);
  });

  it('whose log is none is named', async () => {
    const db = new DatabaseSync(path);
    db.exec('pragma journal_mode = wal; create table login (id integer primary key, value)');
    db.close();
    for (const part of ['-wal', '-journal']) {
      rmSync(path + part, {force: true});
      spawnSync('mkfifo', [path + part]);
      expect(await values()).toEqual({state: 'unreadable', why: 'its log is not a file', reason: 'broken'});
      rmSync(path + part);
      symlinkSync('/dev/zero', path + part);
      expect(await values()).toEqual({state: 'unreadable', why: 'its log is not a file', reason: 'broken'});
      rmSync(path + part);
    }
  });
});

describe('a store that is written all the time', {timeout: 60_000}, () => {
  // Every transaction gives all rows the same number, so that a mixture of two would show.
  const rows = 400;
  const prepared = `
    {
      const db = open();
      db.exec("pragma journal_mode = wal; create table login (id integer primary key, value, filling)");
      const insert = db.prepare('insert into login (value, filling) values (0, ?)');
      for (let i = 0; i < ${rows}; i += 1) insert.run('x'.repeat(200));
      db.close();
    }
    let number = 0;
    const write = db => {
      number += 1;
      db.exec('begin immediate; update login set value = ' + number + '; commit');
      process.stdout.write(number + '\\n');
    };
  `;
  const writers: [string, string][] = [
    ['and moved from the log to the file every few pages', "db.exec('pragma wal_autocheckpoint = 5');"],
    [
      'and its log cut each time',
      "db.exec('pragma wal_autocheckpoint = 0'); after = () => db.exec('pragma wal_checkpoint(truncate)');",
    ],
    ['and closed each time', 'after = () => { db.close(); db = open(); };'],
    ['and closed each time, with a pause', 'after = () => { db.close(); db = open(); }; pause = 3;'],
  ];

  it.each(writers)('is whole and never stale, and nothing stays beside it: %s', async (_, how) => {
    const child = await owner(`${prepared}
      let db = open(), after = () => {}, pause = 0;
      ${how}
      const step = () => { write(db); after(); setTimeout(step, pause); };
      step();
    `);
    let written = 0;
    child.stdout?.on('data', chunk => {
      written = Number(/(\d+)\n(?:ready\n)?$/.exec(String(chunk))?.[1] ?? written);
    });
    const enough = {reads: 60, writes: 30};
    for (let reads = 0; reads < enough.reads || written < enough.writes; reads += 1) {
      const before = written;
      const found = await values();
      expect(found).toEqual([expect.any(Number)]);
      expect((found as number[])[0]).toBeGreaterThanOrEqual(before);
    }
    await killed(child);
    const last = new DatabaseSync(path);
    expect(last.prepare('pragma integrity_check').all()).toEqual([{integrity_check: 'ok'}]);
    last.close();
    expect(readdirSync(directory)).toEqual(['opencode.db']);
  });
});

describe('a store that its owner changes in the middle of being read', () => {
  let db: DatabaseSync;
  beforeEach(() => {
    db = new DatabaseSync(path);
    db.exec('pragma journal_mode = wal; create table login (id integer primary key, value, filling)');
    const insert = db.prepare('insert into login (value, filling) values (1, zeroblob(3000))');
    for (let row = 0; row < 50; row += 1) insert.run();
    db.exec('pragma wal_checkpoint(truncate); pragma wal_autocheckpoint = 0');
    write(2);
  });
  afterEach(() => db.close());

  const write = (value: number) => db.exec(`update login set value = ${value}`);
  const valuesIn = (store: DatabaseSync) =>
    store
      .prepare('select distinct value from login')
      .all()
      .map(({value}) => value);
  /** Reads from a copy; `meanwhile` happens when the first of its two files is there, and before the second is. */
  function readWhile(meanwhile: () => void): unknown {
    let copies = 0;
    return readStore(path, valuesIn, (...args) => {
      copies += 1;
      if (copies === 2) meanwhile();
      copyFileSync(...args);
    });
  }

  it('is read as it is after what was written', () => {
    expect(readWhile(() => write(3))).toEqual([3]);
  });

  it('is whole when what was written has gone into the file as well', () => {
    const moved = () => {
      write(3);
      db.exec('pragma wal_checkpoint(passive)');
    };
    expect(readWhile(moved)).toEqual([3]);
  });

  it.each(['truncate', 'restart'])('is read again when its log has begun anew (%s)', how => {
    const begun = () => {
      write(3);
      db.exec(`pragma wal_checkpoint(${how})`);
      write(4);
    };
    expect(() => readWhile(begun)).toThrow(StoreChanged);
    expect(readStore(path, valuesIn)).toEqual([4]);
  });

  it('is read again when its log has gone', () => {
    expect(() => readWhile(() => db.close())).toThrow(StoreChanged);
    expect(readStore(path, valuesIn)).toEqual([2]);
    db = new DatabaseSync(path);
  });

  it('is read again when it was at rest and is so no more, or was written and is at rest again', () => {
    db.exec('pragma wal_checkpoint(truncate)');
    expect(readStore(path, valuesIn)).toEqual([2]);
    const readAndThen = (change: () => void) => () =>
      readStore(path, store => {
        const found = valuesIn(store);
        change();
        return found;
      });
    expect(readAndThen(() => write(3))).toThrow(StoreChanged);
    db.exec('pragma wal_checkpoint(truncate)');
    const writtenAndDone = () => {
      write(4);
      db.exec('pragma wal_checkpoint(truncate)');
    };
    expect(readAndThen(writtenAndDone)).toThrow(StoreChanged);
    expect(readStore(path, valuesIn)).toEqual([4]);
  });
});

describe('the copy of a store in use', () => {
  const script = `
    import {createMachine} from ${JSON.stringify(new URL('../../../src/system/machine.ts', import.meta.url).href)};
    const read = await createMachine({env: {}, home: '/nowhere'}).query(process.argv[1], 'select value from login');
    console.log(read.state === 'ok' ? read.rows.length : read.why);
  `;
  const readWith = (env: Record<string, string>): string =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script, path], {
      env: {PATH: process.env.PATH, NODE_OPTIONS: '--disable-warning=ExperimentalWarning', ...env},
      cwd: directory,
      encoding: 'utf8',
    }).stdout.trim();

  it('is gone afterwards, and with it those of processes that were killed', async () => {
    await killed(await owner(made));
    const temporary = join(directory, 'tmp');
    const dead = spawnSync('true').pid;
    const [left, others, alive] = [
      `mystatus-tui-${dead}-aB3dE6`,
      'mystatus-tui-notes',
      `mystatus-tui-${process.pid}-aB3dE6`,
    ];
    for (const name of [left, others, alive]) {
      mkdirSync(join(temporary, name), {recursive: true});
      writeFileSync(join(temporary, name, 'store.db'), 'a token');
    }
    expect(readWith({TMPDIR: temporary})).toBe('2');
    expect(readdirSync(temporary).sort()).toEqual([others, alive].sort());
  });

  it('is never made in the working directory', async () => {
    await killed(await owner(made));
    const before = readdirSync(directory);
    expect(readWith({TMPDIR: '.'})).toBe('2');
    expect(readdirSync(directory)).toEqual(before);
  });
});
