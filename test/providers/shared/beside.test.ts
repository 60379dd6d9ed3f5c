import {expect, it} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import type {Wire} from '../../../src/core/provider.ts';
import {beside} from '../../../src/providers/shared/beside.ts';

const minute = 60_000;
const start = 1_800_000_000_000;

/** What is asked each minute for so many minutes, and when it was. */
async function asking(answer: () => Promise<string>, minutes: number) {
  const memory = new Map<string, unknown>();
  const [told, askedAt]: [(string | undefined)[], number[]] = [[], []];
  for (let at = 0; at < minutes; at += 1) {
    const wire = {now: () => start + at * minute, memory} as Wire;
    const ask = () => {
      askedAt.push(at);
      return answer();
    };
    told.push(await beside(wire, 'plan', ask));
  }
  return {told, askedAt};
}
const refused = (code: 'rate_limited' | 'server_error', retryAt: number | null) => async () => {
  throw new ProviderError(code, {detail: 'no', retryAt});
};

it('what only adds to a reading is there, or is not, and never fails it', async () => {
  expect(await asking(async () => 'Pro', 2)).toEqual({told: ['Pro', 'Pro'], askedAt: [0, 1]});
  expect(await asking(refused('server_error', null), 2)).toEqual({told: [undefined, undefined], askedAt: [0, 1]});
});

it.each([
  ['for as long as it says', refused('rate_limited', start + 3 * minute), [0, 3, 4]],
  ['also beside another failure', refused('server_error', start + 4 * minute), [0, 4]],
  ['for a quarter of an hour where it does not say', refused('rate_limited', null), [0]],
])('a service that wants to be left alone is, %s', async (_, answer, askedAt) => {
  expect((await asking(answer, 5)).askedAt).toEqual(askedAt);
});

it('a slip of the service’s clock does not silence it for years', async () => {
  const {askedAt} = await asking(refused('rate_limited', start + 1e12), 8 * 24 * 60 + 1);
  expect(askedAt).toEqual([0, 8 * 24 * 60]);
});

it('a fault of our own is no failure of the service', async () => {
  const fault = async () => {
    throw new TypeError('oops');
  };
  await expect(asking(fault, 1)).rejects.toThrow(TypeError);
});
