import {describe, expect, it} from 'vitest';
import {createPatience} from '../../../src/core/polling/patience.ts';
import {createFakeClock, flush} from '../../support/fake-clock.ts';

const second = 1000;

/** Places whose calls the test lets end: none ends by itself but those that are named as well. */
function places(...well: string[]) {
  const clock = createFakeClock();
  const patience = createPatience(clock);
  const calls: string[] = [];
  const ends: (() => void)[] = [];
  const at = (place: string): Promise<string | undefined> =>
    patience.at(
      place,
      () => {
        calls.push(place);
        return well.includes(place) ? Promise.resolve(place) : new Promise(resolve => ends.push(() => resolve(place)));
      },
      2 * second,
    );
  return {clock, at, calls, ends};
}

describe('a place that answers', () => {
  it('gives what it has, to many at a time', async () => {
    const {at, calls} = places('a');
    expect(await Promise.all([at('a'), at('a'), at('a')])).toEqual(['a', 'a', 'a']);
    expect(calls).toHaveLength(3);
  });

  it('leaves no timer behind', async () => {
    const {clock, at} = places('a');
    await at('a');
    expect(clock.waiting()).toBe(0);
  });

  it('passes on what went wrong, and is asked again', async () => {
    const patience = createPatience(createFakeClock());
    await expect(patience.at('a', () => Promise.reject(new Error('EACCES')), second)).rejects.toThrow('EACCES');
    expect(await patience.at('a', async () => 1, second)).toBe(1);
  });
});

describe('a place that hangs', () => {
  it('is given up after the wait, and takes one call however many want something of it', async () => {
    const {clock, at, calls} = places();
    const all = Promise.all([at('a'), at('a'), at('a')]);
    await clock.advance(2 * second);
    expect(await all).toEqual([undefined, undefined, undefined]);
    expect(calls).toEqual(['a']);
  });

  it('holds up no other place', async () => {
    const {at} = places('b');
    void at('a');
    expect(await at('b')).toBe('b');
  });

  it('is left alone as long as its call hangs, and for a minute', async () => {
    const {clock, at, calls, ends} = places();
    void at('a');
    await clock.advance(30 * 60 * second);
    expect(await at('a')).toBeUndefined();
    expect(calls).toHaveLength(1);
    ends[0]?.();
    await flush();
    const again = at('a');
    await flush();
    expect(calls).toHaveLength(2);
    ends[1]?.();
    expect(await again).toBe('a');
  });

  it('is left alone for a minute also when its call has ended meanwhile', async () => {
    const {clock, at, calls, ends} = places();
    void at('a');
    await clock.advance(2 * second);
    ends[0]?.();
    await flush();
    expect(await at('a')).toBeUndefined();
    await clock.advance(60 * second);
    void at('a');
    await flush();
    expect(calls).toHaveLength(2);
  });
});

it('leaves one thread of four to everything else, however many places hang', async () => {
  const {clock, at, calls} = places('e');
  const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map(at));
  await clock.advance(2 * second);
  expect(await all).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect(calls).toEqual(['a', 'b', 'c']);
});
