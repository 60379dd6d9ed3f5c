import {EventEmitter} from 'node:events';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {collectGarbage} from '../../src/terminal/garbage.ts';
import {createFilter, type Heard} from '../../src/terminal/input.ts';
import {coalesce} from '../../src/terminal/output.ts';
import {followSize} from '../../src/terminal/size.ts';
import {catchStray} from '../../src/terminal/stray.ts';

function listening(): {filter(chunk: string): string; heard: Heard[]} {
  const heard: Heard[] = [];
  return {filter: createFilter(each => heard.push(each)), heard};
}

describe('what the terminal sends', () => {
  it('passes keys on untouched', () => {
    const {filter, heard} = listening();
    for (const keys of ['abc', '\u001b[A', '\u001b', '\u001b[200~pasted\u001b[201~', '日'])
      expect(filter(keys)).toBe(keys);
    expect(heard).toEqual([]);
  });
  it('hears mouse reports and F1 among them', () => {
    const {filter, heard} = listening();
    expect(filter('a\u001b[<0;5;3Mb\u001bOPc\u001b[<65;1;1M')).toBe('abc');
    expect(heard).toEqual([
      {type: 'mouse', mouse: {kind: 'press', x: 4, y: 2}},
      {type: 'key', key: 'f1'},
      {type: 'mouse', mouse: {kind: 'wheel-down', x: 0, y: 0}},
    ]);
  });
  it('hears a report that comes in two reads', () => {
    const {filter, heard} = listening();
    expect(filter('x\u001b[<64;12')).toBe('x');
    expect(filter(';7My')).toBe('y');
    expect(heard).toEqual([{type: 'mouse', mouse: {kind: 'wheel-up', x: 11, y: 6}}]);
  });
  it('ignores releases, drags and other buttons', () => {
    const {filter, heard} = listening();
    expect(filter('\u001b[<0;5;3m\u001b[<32;5;3M\u001b[<2;5;3M')).toBe('');
    expect(heard).toEqual([]);
  });
  it('holds no key back behind what only looked like the beginning of a report', () => {
    for (const start of ['\u001b]', '\u001b[<', '\u001b]11;rgb:0'])
      for (const key of ['q', '\u0003', '?', '\r']) {
        const {filter} = listening();
        expect(filter(start) + filter(key)).toBe(start + key);
      }
  });
  it('hears what colour lies behind', () => {
    const {filter, heard} = listening();
    expect(filter('\u001b]11;rgb:ffff/ffff/ffff\u001b\\')).toBe('');
    expect(filter('\u001b]11;rgb:0000/')).toBe('');
    expect(filter('0000/0000\u0007q')).toBe('q');
    expect(heard).toEqual([
      {type: 'background', reply: 'rgb:ffff/ffff/ffff'},
      {type: 'background', reply: 'rgb:0000/0000/0000'},
    ]);
  });
});

const [frameBegin, frameEnd] = ['\u001b[?2026h', '\u001b[?2026l'];

function output(marks = true) {
  const writes: string[] = [];
  const write = (text: string, done?: () => void): boolean => {
    writes.push(text);
    done?.();
    return true;
  };
  const stdout = {isTTY: true, columns: 80, write};
  return {writes, ...coalesce(stdout as unknown as NodeJS.WriteStream, {marks})};
}

describe('what is written', () => {
  it('is one write per frame', () => {
    const {stdout, writes} = output();
    for (const part of ['\u001b[?2026h', 'one', 'two', '\u001b[?2026l', 'beside']) stdout.write(part);
    expect(writes).toEqual(['\u001b[?2026honetwo\u001b[?2026l', 'beside']);
  });
  it('leaves the marks out where they do harm', () => {
    const {stdout, writes} = output(false);
    for (const part of ['\u001b[?2026h', 'frame', '\u001b[?2026l']) stdout.write(part);
    expect(writes).toEqual(['frame']);
  });
  it('is nothing for an empty frame', () => {
    const {stdout, writes} = output();
    stdout.write('\u001b[?2026h');
    stdout.write('\u001b[?2026l');
    expect(writes).toEqual([]);
  });
  it('calls back those who wait for a write, in and out of a frame', () => {
    const {stdout} = output();
    let called = 0;
    stdout.write('', () => (called += 1));
    stdout.write('\u001b[?2026h');
    stdout.write('part', () => (called += 1));
    stdout.write('\u001b[?2026l', () => (called += 1));
    expect(called).toBe(3);
  });
  it('switches the mouse off with the alternate screen, whoever leaves it', () => {
    const {stdout, writes, setMouse} = output();
    setMouse(true);
    expect(writes.join('')).not.toContain('1000');
    stdout.write('\u001b[?1049h');
    expect(writes.at(-1)).toBe('\u001b[?1049h\u001b[?1000h\u001b[?1006h');
    stdout.write('\u001b[?1049l');
    expect(writes.at(-1)).toBe('\u001b[?1006l\u001b[?1000l\u001b[?1049l');
  });
  it('is erased before the next frame where another picture may stand, and only there', () => {
    const {stdout, writes, eraseFirst} = output();
    eraseFirst();
    stdout.write('beside');
    for (const part of [frameBegin, 'one', frameEnd, frameBegin, 'two', frameEnd]) stdout.write(part);
    expect(writes).toEqual(['beside', `${frameBegin}\u001b[H\u001b[Jone${frameEnd}`, `${frameBegin}two${frameEnd}`]);
  });
  it('is dropped while nobody is to see it, and those who wait for it are called back', () => {
    const {stdout, writes, ignoreErrors} = output();
    let called = 0;
    ignoreErrors(() => stdout.write('erased', () => (called += 1)));
    expect(() =>
      ignoreErrors(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    stdout.write('seen');
    expect(writes).toEqual(['seen']);
    expect(called).toBe(1);
  });
});

describe('the terminal', () => {
  it('is given back as it was, and taken again with all that was on', () => {
    const {stdout, writes, setMouse, giveBack, takeBack, switchOn} = output();
    setMouse(true);
    stdout.write('\u001b[?1049h');
    stdout.write('\u001b[?2004h');
    for (const part of [frameBegin, '\u001b[?25lframe', frameEnd]) stdout.write(part);
    writes.length = 0;
    giveBack();
    expect(writes).toEqual(['\u001b[?2004l\u001b[?1006l\u001b[?1000l\u001b[?1049l\u001b[?25h']);
    giveBack();
    stdout.write('not now');
    switchOn();
    expect(writes).toHaveLength(1);
    takeBack();
    switchOn();
    expect(writes.at(-1)).toBe('\u001b[?1049h\u001b[?1000h\u001b[?1006h\u001b[?2004h\u001b[?25l');
    stdout.write('now');
    expect(writes.at(-1)).toBe('now');
  });
  it('gets nothing where nothing was on, and not again what ended meanwhile', () => {
    const {stdout, writes, giveBack, takeBack, switchOn} = output();
    giveBack();
    takeBack();
    switchOn();
    expect(writes).toEqual([]);
    stdout.write('\u001b[?1049h\u001b[?1000;1006h');
    giveBack();
    stdout.write('\u001b[?1000;1006l');
    takeBack();
    switchOn();
    expect(writes.at(-1)).toBe('\u001b[?1049h');
  });
  it('is drawn on by nobody else while it is ours', () => {
    const written: string[] = [];
    const stream = Object.create({write: (text: string) => written.push(text)}) as NodeJS.WriteStream;
    const heard: string[] = [];
    const letWrite = catchStray([stream], text => heard.push(text));
    expect(stream.write('stray')).toBe(true);
    stream.write(Buffer.from('bytes'), 'utf8');
    expect(written).toEqual([]);
    letWrite();
    stream.write('after');
    expect(written).toEqual(['after']);
    expect(heard).toEqual(['stray', 'bytes']);
  });
  it('calls those back who wait for what was caught', async () => {
    const stream = Object.create({write: () => true}) as NodeJS.WriteStream;
    catchStray([stream], () => {});
    await new Promise<void>(resolve => stream.write('stray', () => resolve()));
    await new Promise<void>(resolve => stream.write('stray', 'utf8', () => resolve()));
  });
});

describe('the size', () => {
  let terminal: EventEmitter & {columns: number; rows: number};
  let drawn: string[];
  let collections: number;
  let size: ReturnType<typeof followSize>;
  const resize = (columns: number, rows: number): void => {
    Object.assign(terminal, {columns, rows});
    terminal.emit('resize');
  };
  beforeEach(() => {
    vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
    terminal = Object.assign(new EventEmitter(), {columns: 80, rows: 24});
    drawn = [];
    collections = 0;
    const draw = (): void => {
      const {columns, rows} = size.store.get();
      drawn.push(`${columns}×${rows}`);
    };
    size = followSize(terminal as unknown as NodeJS.WriteStream, draw, () => {
      collections += 1;
    });
  });
  afterEach(() => {
    size.close();
    vi.useRealTimers();
  });

  it('of a storm is drawn at once, once in a while, and at the end', () => {
    for (let columns = 81; columns <= 200; columns++) resize(columns, 30);
    expect(drawn).toEqual(['81×30']);
    expect(size.store.get()).toEqual({columns: 81, rows: 30});
    vi.advanceTimersByTime(1000);
    expect(drawn).toEqual(['81×30', '200×30']);
    resize(90, 20);
    expect(drawn.at(-1)).toBe('90×20');
  });
  it('is drawn again also where a storm ends as it began: what was cut off meanwhile is gone', () => {
    resize(40, 10);
    resize(80, 24);
    resize(40, 10);
    vi.advanceTimersByTime(1000);
    expect(drawn).toEqual(['40×10', '40×10']);
  });
  it('is asked for again without being drawn: who asks draws', () => {
    Object.assign(terminal, {_refreshSize: () => resize(132, 43)});
    size.refresh();
    expect(size.store.get()).toEqual({columns: 132, rows: 43});
    expect(drawn).toEqual([]);
  });
  it('that a terminal does not know is taken for the usual one', () => {
    resize(0, 0);
    expect(size.store.get()).toEqual({columns: 80, rows: 24});
  });
  it('is followed no longer when the screen is closed', () => {
    resize(90, 20);
    resize(91, 20);
    size.close();
    vi.advanceTimersByTime(1000);
    resize(92, 20);
    expect(drawn).toEqual(['90×20']);
  });
  it('costs a collection of its garbage after a storm, and in the middle of a long one, but not after one change', () => {
    resize(90, 20);
    vi.advanceTimersByTime(1000);
    expect(collections).toBe(0);
    for (let turn = 0; turn < 40; turn++) {
      resize(100 + turn, 20);
      resize(110 + turn, 20);
      vi.advanceTimersByTime(100);
    }
    expect(drawn).toHaveLength(42);
    expect(collections).toBe(2);
    vi.advanceTimersByTime(1000);
    expect(collections).toBe(3);
  });
  it('leaves no garbage behind when it is collected', async () => {
    vi.useRealTimers();
    const garbage = new WeakRef({});
    // What was looked at is kept until the end of the turn.
    await new Promise(resolve => setImmediate(resolve));
    collectGarbage();
    expect(garbage.deref()).toBeUndefined();
  });
});
