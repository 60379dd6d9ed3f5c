import {PassThrough} from 'node:stream';
import {afterEach, beforeEach, expect, it, vi} from 'vitest';
import {readStdin} from '../../src/commands/read-stdin.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function reading(isTTY = false) {
  const stream = Object.assign(new PassThrough(), {isTTY});
  return {stream, text: readStdin(stream as unknown as NodeJS.ReadStream)};
}

it('standard input is what came until its end, characters that came in two pieces included', async () => {
  const {stream, text} = reading();
  const bytes = Buffer.from('{"a": "é"}');
  stream.write(bytes.subarray(0, 8));
  stream.end(bytes.subarray(8));
  expect(await text).toBe('{"a": "é"}');
});

it('of what stays open, what came within a second counts', async () => {
  const {stream, text} = reading();
  stream.write('{}');
  await vi.advanceTimersByTimeAsync(1000);
  expect(await text).toBe('{}');
  expect(stream.isPaused()).toBe(true);
});

it('more than a mebibyte is nobody’s figures', async () => {
  const {stream, text} = reading();
  for (let at = 0; at < 9; at += 1) stream.write(Buffer.alloc(128 * 1024, 0x20));
  expect(await text).toBe('');
});

it('a terminal, and what cannot be read, hold nothing', async () => {
  expect(await reading(true).text).toBe('');
  const {stream, text} = reading();
  stream.destroy(new Error('EISDIR'));
  expect(await text).toBe('');
});
