import {expect, it} from 'vitest';
import {createBatch} from '../../../src/core/alerts/batch.ts';
import {createFakeClock} from '../../support/fake-clock.ts';

it('what comes within ten seconds of the first is one, and what comes later another', async () => {
  const clock = createFakeClock();
  const given: number[][] = [];
  const batch = createBatch<number>(clock, 10_000, items => given.push(items));
  batch.add([]);
  expect(clock.waiting()).toBe(0);
  batch.add([1, 2]);
  await clock.advance(9000);
  batch.add([3]);
  expect(given).toEqual([]);
  await clock.advance(1000);
  batch.add([4]);
  expect(given).toEqual([[1, 2, 3]]);
  batch.flush();
  batch.flush();
  await clock.advance(20_000);
  expect([given, clock.waiting()]).toEqual([[[1, 2, 3], [4]], 0]);
});
