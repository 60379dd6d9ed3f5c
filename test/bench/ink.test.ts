import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {framesOf} from '../../bench/render.ts';
import {openWorkshop, type Workshop} from '../../bench/support/workshop.ts';
import {bundleOptions} from '../../scripts/bundle-options.ts';

let ours: Workshop;
let plain: Workshop;
beforeAll(async () => {
  const {plugins, define, inject: _, ...others} = bundleOptions;
  const {'Intl.Segmenter': __, ...constants} = define;
  const loading = plugins.filter(({name}) => name === 'yoga-without-fetch');
  [ours, plain] = await Promise.all([openWorkshop(), openWorkshop({...others, define: constants, plugins: loading})]);
});
afterAll(() => {
  ours.close();
  plain.close();
});

describe('what the bundle changes in Ink', () => {
  it.each([
    {subject: 'all', size: {columns: 80, rows: 24}, accounts: 6},
    {subject: 'key', size: {columns: 120, rows: 40}, accounts: 50},
    {subject: 'figure', size: {columns: 200, rows: 60}, accounts: 6},
    {subject: 'all', size: {columns: 40, rows: 12}, accounts: 300},
  ])('writes what Ink itself would, byte for byte: $subject at $size.columns×$size.rows', async frames => {
    const [one, other] = await Promise.all([ours, plain].map(shop => framesOf(shop, {...frames, frames: 8})));
    expect(one?.digest).toBe(other?.digest);
    expect(one?.bytes).toEqual(other?.bytes);
  });
});
