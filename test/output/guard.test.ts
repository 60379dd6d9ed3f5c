import {describe, expect, it} from 'vitest';
import type {AccountState, Note, Use, Window} from '../../src/core/model.ts';
import {type GuardOptions, judge} from '../../src/output/guard.ts';
import {account, day, failure, hour, minute, monitorState, reading, someNow, window} from '../support/state.ts';

const of = (key: string, windows: Window[], more: Partial<AccountState> = {}): AccountState =>
  account(key, 'me@example.com', reading('Plus', windows), more);
const plus = (more: Partial<AccountState> = {}): AccountState =>
  of('openai:3f2a91c0', [window('5h', 62, hour), window('weekly', 21, day)], more);
const guard = (accounts: AccountState[], options: Partial<GuardOptions> = {}) =>
  judge(monitorState(accounts), {now: someNow, minRemaining: 20, ...options});
const code = (...parts: Parameters<typeof guard>): number => guard(...parts).exitCode;

describe('what is left', () => {
  it('is enough at the threshold and not below it', () => {
    expect(code([plus()], {minRemaining: 38})).toBe(0);
    expect(code([plus()], {minRemaining: 38.1})).toBe(1);
  });

  it('is decided by the window with the least left', () => {
    expect(guard([plus()]).line).toBe('enough: openai me@example.com 5h: 38% left, 20% needed');
    expect(guard([plus()], {minRemaining: 50}).line).toBe('not enough: openai me@example.com 5h: 38% left, 50% needed');
  });

  it.each<[string, Use | number, number]>([
    ['unlimited', {state: 'unlimited'}, 0],
    ['not started: all is left', {state: 'not-started'}, 0],
    ['exactly used up', 100, 1],
    ['over', 137, 1],
    ['unknown', {state: 'unknown', why: 'no figure'}, 3],
  ])('%s', (_, use, exitCode) => {
    expect(code([of('zai:00000000', [window('5h', use, hour)])])).toBe(exitCode);
  });

  it('is enough with nothing needed, and not with less than nothing left', () => {
    expect(code([of('zai:0', [window('5h', 100, hour)])], {minRemaining: 0})).toBe(0);
    expect(code([of('zai:0', [window('5h', 101, hour)])], {minRemaining: 0})).toBe(1);
  });

  it('is never called unlimited because it is too far below nothing to be told', () => {
    expect(guard([of('openai:0', [window('5h', Number.MAX_VALUE, hour)])])).toMatchObject({
      exitCode: 1,
      line: expect.not.stringContaining('unlimited'),
    });
  });

  it('is nothing where a pool without a personal limit has run out', () => {
    const seat = of('copilot:1', [{...window('premium/monthly', {state: 'unlimited'}, day), pool: 'premium'}]);
    const spent = {
      ...seat,
      reading: {
        ...reading('Business', seat.reading?.windows ?? []),
        notes: [{code: 'pool-exhausted' as const, text: 'premium'}],
      },
    };
    expect(code([seat])).toBe(0);
    expect(code([spent])).toBe(1);
  });

  it('is nothing where the account is stopped beside its windows', () => {
    const stopped = (...notes: Note[]): AccountState => {
      const own = [window('5h', 20, hour), {...window('spark/5h', 10, hour), pool: 'spark'}];
      return of('openai:0', own, {reading: {...reading('Team', own), notes}});
    };
    const reached: Note = {code: 'limit-reached', text: 'workspace owner credits depleted'};
    expect(guard([stopped(reached)]).line).toBe('not enough: openai me@example.com 5h: 0% left, 20% needed');
    expect(code([stopped({code: 'limit-reached'})])).toBe(1);
    expect(code([stopped(reached)], {window: 'spark/5h'})).toBe(0);
    expect(code([stopped({code: 'limit-reached', text: 'spark'})], {window: '5h'})).toBe(0);
    expect(code([stopped({code: 'limit-reached-using-credits'})])).toBe(0);
  });

  it('is nothing where a budget stops a seat below its limit, and no more than it is beyond it', () => {
    const seat = (usedPercent: number, notes: Note[]) => {
      const premium = {...window('premium/monthly', usedPercent, day), pool: 'premium'};
      return of('copilot:1', [], {reading: reading('Business', [premium], [], notes)});
    };
    const reached = (text: string): Note => ({code: 'limit-reached', text});
    expect(code([seat(50, [])])).toBe(0);
    expect(code([seat(50, [reached('premium')])])).toBe(1);
    expect(code([seat(50, [reached('chat')])])).toBe(0);
    expect(guard([seat(120, [reached('premium')])]).line).toContain('-20% left');
  });

  it('does not trip over dust in the number', () => {
    expect(code([of('zai:0', [window('5h', 99.9, hour)])], {minRemaining: 0.1})).toBe(0);
  });
});

describe('what is meant', () => {
  const tired = of('copilot:1', [window('premium/monthly', 95, day)]);

  it('is everything, a provider, an account or a window', () => {
    expect(code([plus(), tired])).toBe(1);
    expect(code([plus(), tired], {provider: 'openai'})).toBe(0);
    expect(code([plus(), tired], {provider: 'zai,openai'})).toBe(0);
    expect(code([plus(), tired], {account: 'copilot:1'})).toBe(1);
    expect(code([plus()], {minRemaining: 50, window: 'weekly'})).toBe(0);
  });

  it('cannot be told when there is no such account or window', () => {
    expect(guard([])).toEqual({exitCode: 3, line: 'cannot tell: no account found'});
    expect(guard([plus()], {provider: 'zai'}).line).toBe('cannot tell: no zai account found');
    expect(guard([plus()], {account: 'openai:0'}).line).toBe('cannot tell: no account openai:0');
    expect(guard([plus()], {window: 'spark/5h'})).toEqual({
      exitCode: 3,
      line: 'cannot tell: no window spark/5h; available: 5h, weekly',
    });
    expect(code([of('zai:0', [])])).toBe(3);
  });

  it('says why what is meant is not there, where that is known', () => {
    const absent = ['OpenAI is switched off: enable it in settings (,)', '1 login hidden: press c'];
    expect(guard([], {provider: 'openai', absent})).toEqual({
      exitCode: 3,
      line: `cannot tell: ${absent.join('; ')}`,
    });
    expect(guard([plus()], {provider: 'openai', absent}).line).toMatch(/^enough/);
  });

  it('is not stopped by an unknown window beside one that speaks, unless that is the one named', () => {
    const mixed = of('google:0', [
      window('gemini/5h', 8, hour),
      window('gemini/weekly', {state: 'unknown', why: ''}, day),
    ]);
    expect(code([mixed])).toBe(0);
    expect(code([mixed], {window: 'gemini/weekly'})).toBe(3);
  });
});

describe('what can be believed', () => {
  const failed = (minutes: number, more: Partial<AccountState> = {}) =>
    plus({failure: failure('network'), readAt: someNow - minutes * minute, ...more});

  it('is a reading that failed to be renewed for up to 15 minutes', () => {
    expect([code([failed(15)]), code([failed(16)])]).toEqual([0, 3]);
    expect(guard([failed(16)]).line).toContain('the last refresh failed (network)');
  });

  it('is too little for as long as its window lasts, however old it is', () => {
    expect(code([failed(50)], {minRemaining: 50})).toBe(1);
  });

  it('is not a number whose window has reset since', () => {
    const reset = of('zai:0', [window('5h', 99, -minute)], {readAt: someNow - 2 * minute});
    expect(guard([reset])).toEqual({
      exitCode: 3,
      line: 'cannot tell: zai me@example.com 5h: the window has reset since the last reading',
    });
  });

  it('is a number read after the reset time that it names', () => {
    expect(code([of('zai:0', [window('5h', 10, -minute)], {readAt: someNow})])).toBe(0);
  });

  it('is not an old number that may have reset at any time', () => {
    const old = of('zai:0', [window('5h', 99, null)], {failure: failure('timeout'), readAt: someNow - day});
    expect(code([old])).toBe(3);
  });

  it('is not an account without a reading, even beside a good one', () => {
    const broken = account('zai:0', 'key', null, {failure: failure('expired')});
    expect(guard([broken, plus()])).toEqual({exitCode: 3, line: 'cannot tell: zai key: no reading (expired)'});
    expect(code([broken, plus()], {provider: 'openai'})).toBe(0);
    expect(code([broken, plus()], {minRemaining: 90})).toBe(1);
    expect(guard([account('zai:0', 'key', null)]).line).toContain('no data yet');
  });
});

describe('a balance without a limit', () => {
  const balance = account('zhipu:1', 'key', reading(null, [], [{id: 'balance', value: 0, unit: 'cny'}]));

  it('says that there is nothing to guard, with a window named or not', () => {
    const line = 'cannot tell: zhipu: amounts but no window reported, so there is no limit to guard';
    expect(guard([balance])).toEqual({exitCode: 3, line});
    expect(guard([balance], {provider: 'zhipu', minRemaining: 0, window: '5h'})).toEqual({exitCode: 3, line});
    expect(guard([of('zai:0', [])]).line).toBe('cannot tell: no window reported');
  });

  it('is no reason to stop beside a limit', () => {
    expect(code([balance, plus()])).toBe(0);
    expect(code([balance, plus()], {minRemaining: 50})).toBe(1);
  });
});

it('hides who is meant with privacy', () => {
  expect(guard([plus()], {privacy: true}).line).toBe('enough: openai m***@e***.com 5h: 38% left, 20% needed');
});
