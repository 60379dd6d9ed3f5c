import {describe, expect, it} from 'vitest';
import type {AccountState, Note, Use} from '../../src/core/model.ts';
import {accountAt, accountsAt, hasReset, readingAt, windowAt} from '../../src/core/reading-at.ts';
import {account, hour, minute, monitorState, reading, someNow, window} from '../support/state.ts';

const readAt = someNow - hour;
const known: Use = {state: 'known', usedPercent: 96, used: 48, limit: 50};

describe('a window that was read before its reset', () => {
  it('is known until the very moment of the reset', () => {
    const before = window('5h', known, 1);
    expect(windowAt(before, readAt, someNow)).toBe(before);
  });

  it.each<[string, Use]>([
    ['known', known],
    ['unlimited', {state: 'unlimited', used: 12}],
    ['not started', {state: 'not-started'}],
  ])('is unknown from then on when it was %s, without the figures and parts of the period that is over', (_, use) => {
    const old = window('premium/monthly', use, 0, {
      shares: [{name: 'GPT-5', value: 3, unit: 'requests'}],
      limitFrom: 'plan-table',
    });
    expect(windowAt(old, readAt, someNow)).toEqual(
      window(
        'premium/monthly',
        {state: 'unknown', why: 'the limit has reset since the last reading', hasReset: true},
        0,
      ),
    );
    expect(hasReset(windowAt(old, readAt, someNow))).toBe(true);
  });

  it('is unknown also when nobody knows when it was read', () => {
    expect(hasReset(windowAt(window('5h', known, -minute), null, someNow))).toBe(true);
  });
});

it('keeps a figure that was read after the reset it names: the clock of the service is behind', () => {
  const behind = window('5h', known, -minute);
  expect(windowAt(behind, someNow - minute, someNow)).toBe(behind);
  expect(hasReset(behind)).toBe(false);
});

it('keeps a figure whose reset is not told', () => {
  const open = window('5h', known, null);
  expect(windowAt(open, readAt, someNow)).toBe(open);
});

describe('what stands beside the windows', () => {
  const notesAfter = (windows: Parameters<typeof reading>[1], ...notes: Note[]): Note[] | undefined =>
    readingAt({reading: reading(null, windows, [], notes), readAt}, someNow)?.notes;

  it('is no longer "limit reached" when the limit that was full has reset', () => {
    const windows = [window('5h', 100, -minute), window('weekly', 40, hour)];
    expect(notesAfter(windows, {code: 'limit-reached', text: 'rate limit'}, {code: 'message', text: 'hello'})).toEqual([
      {code: 'message', text: 'hello'},
    ]);
  });

  it('is still "limit reached" while another limit is full', () => {
    const windows = [window('5h', 40, -minute), window('weekly', 100, hour)];
    expect(notesAfter(windows, {code: 'limit-reached'})).toEqual([{code: 'limit-reached'}]);
  });

  it('says of a pool that it is used up as long as that pool has not reset', () => {
    const windows = [window('spark/5h', 100, hour), window('chat/monthly', 100, -minute)];
    const notes: Note[] = [
      {code: 'pool-exhausted', text: 'spark'},
      {code: 'pool-exhausted', text: 'chat'},
    ];
    expect(notesAfter(windows, ...notes)).toEqual([{code: 'pool-exhausted', text: 'spark'}]);
  });

  it('names a model without the percentage that its reset has ended', () => {
    const notes: Note[] = [
      {code: 'model', text: 'x', percent: 62, at: someNow - 1},
      {code: 'model', text: 'y', percent: 63, at: someNow + 1},
    ];
    expect(notesAfter([], ...notes)).toEqual([{code: 'model', text: 'x'}, notes[1]]);
  });
});

it('is the same object as long as everything in it holds, so that nobody draws it again', () => {
  const steady = account('zai:1', 'me', reading('Pro', [window('5h', 1, hour)], [], [{code: 'limit-reached'}]));
  expect(accountAt(steady, someNow)).toBe(steady);
  const never = account('zai:1', 'me', null);
  expect(accountAt(never, someNow)).toBe(never);
});

it('lists accounts in the order of the panels, as they are known now, and skips those that are gone', () => {
  const one = account('zai:1', 'one', reading(null, [window('5h', 1, 0)]));
  const two: AccountState = account('openai:2', 'two', null);
  const state = monitorState([one, two]);
  expect(accountsAt(state, someNow).map(({key}) => key)).toEqual(['openai:2', 'zai:1']);
  expect(accountsAt(state, someNow)[1]?.reading?.windows.map(hasReset)).toEqual([true]);
  expect(accountsAt({...state, accounts: {'zai:1': one}}, someNow).map(({key}) => key)).toEqual(['zai:1']);
});
