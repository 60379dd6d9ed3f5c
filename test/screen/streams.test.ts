import {describe, expect, it} from 'vitest';
import {createFilter, type Heard} from '../../src/screen/input.ts';
import {coalesce} from '../../src/screen/output.ts';

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
});
