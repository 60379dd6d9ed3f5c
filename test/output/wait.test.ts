import {describe, expect, it} from 'vitest';
import type {ForecastOf} from '../../src/core/foresight/forecasts.ts';
import type {AccountState, Window} from '../../src/core/model.ts';
import type {WaitFor} from '../../src/output/wait.ts';
import {availability} from '../../src/output/wait-available.ts';
import {createResetWait} from '../../src/output/wait-reset.ts';
import {account, day, failure, hour, minute, monitorState, reading, someNow, window} from '../support/state.ts';

const of = (key: string, windows: Window[], more: Partial<AccountState> = {}): AccountState =>
  account(key, 'me', reading('Plus', windows), more);
const spent = (key: string, resetsIn: number | null = hour, more: Partial<AccountState> = {}): AccountState =>
  of(key, [window('5h', 100, resetsIn), window('weekly', 20, 3 * day)], more);
const free = (key: string): AccountState => of(key, [window('5h', 40, hour)]);
const anything: WaitFor = {all: false, minRemaining: 1, privacy: false};

describe('available', () => {
  const available = (accounts: AccountState[], wanted: Partial<WaitFor> = {}, absent: string[] = []) =>
    availability(monitorState(accounts), someNow, {...anything, ...wanted}, absent);
  const kind = (...parts: Parameters<typeof available>): string => available(...parts).kind;

  it('is one account of those that are meant, or all of them', () => {
    expect(available([spent('openai:1'), free('zai:1')])).toEqual({
      kind: 'holds',
      line: 'enough: zai me 5h: 60% left, 1% needed',
    });
    expect(kind([spent('openai:1'), free('zai:1')], {all: true})).toBe('pending');
    expect(kind([free('openai:1'), free('zai:1')], {all: true})).toBe('holds');
    expect(kind([spent('openai:1'), free('zai:1')], {account: 'openai:1'})).toBe('pending');
    expect(kind([spent('openai:1')], {window: 'weekly'})).toBe('holds');
  });

  it('needs one percent, or what is asked for', () => {
    const left = (percent: number): AccountState => of('openai:1', [window('5h', 100 - percent, hour)]);
    expect([kind([left(0.9)]), kind([left(1)])]).toEqual(['pending', 'holds']);
    expect([kind([left(29)], {minRemaining: 30}), kind([left(30)], {minRemaining: 30})]).toEqual(['pending', 'holds']);
    expect(kind([of('openai:1', [window('5h', {state: 'unlimited'}, null)])], {minRemaining: 100})).toBe('holds');
    expect(kind([of('openai:1', [window('5h', {state: 'not-started'}, null)])], {minRemaining: 100})).toBe('holds');
  });

  it('says what is waited for: of several the one that resets first, and of all the one that resets last', () => {
    const accounts = [spent('openai:1', 3 * hour), spent('zai:1', 2 * hour)];
    expect(available(accounts).line).toBe('zai me 5h: 0% left, resets in 2h 00m');
    expect(available(accounts, {all: true}).line).toBe('openai me 5h: 0% left, resets in 3h 00m');
    const both = of('openai:1', [window('5h', 100, hour), window('weekly', 100, 2 * day)]);
    expect(available([both]).line).toBe('openai me weekly: 0% left, resets in 2d 0h');
  });

  it('is not told by a reading that is due to be renewed, nor by one whose limit has reset since', () => {
    const due = {dueAt: someNow - minute, readAt: someNow - hour};
    expect(kind([of('openai:1', [window('5h', 10, hour)], due)])).toBe('unread');
    expect(kind([of('openai:1', [window('5h', 10, hour)], {refreshing: true})])).toBe('unread');
    expect(kind([account('openai:1', 'me', null, {dueAt: 0, lastAttemptAt: null})])).toBe('unread');
    expect(kind([spent('openai:1', -minute, {readAt: someNow - hour})])).toBe('pending');
  });

  it('is waited for while a service fails, and not when only the user can mend it', () => {
    const old = {readAt: someNow - hour};
    const failing = of('openai:1', [window('5h', 10, 2 * hour)], {failure: failure('network'), ...old});
    expect(available([failing])).toMatchObject({kind: 'pending', line: expect.stringContaining('openai me')});
    const expired = of('openai:1', [window('5h', 100, hour)], {failure: failure('expired'), dueAt: null});
    expect(available([expired])).toMatchObject({
      kind: 'cannot-tell',
      line: expect.stringMatching(/^cannot tell: openai me: /),
    });
    expect(kind([expired, spent('zai:1')])).toBe('pending');
    expect(kind([expired, spent('zai:1')], {all: true})).toBe('cannot-tell');
  });

  it('is not waited for after the reset of an account that is never polled', () => {
    const passive = (resetsIn: number): AccountState =>
      spent('openai:1', resetsIn, {dueAt: null, readAt: someNow - hour});
    expect(kind([passive(minute)])).toBe('pending');
    expect(available([passive(-minute)]).line).toBe(
      'cannot tell: openai me: the window has reset since the last reading, and this account is not polled',
    );
  });

  it('cannot be told without an account, a window or a figure', () => {
    expect(available([])).toEqual({kind: 'cannot-tell', line: 'cannot tell: no account found'});
    expect(available([], {account: 'zai:1'}).line).toBe('cannot tell: no account zai:1');
    expect(available([], {}, ['1 login hidden: press c']).line).toBe('cannot tell: 1 login hidden: press c');
    expect(available([free('openai:1')], {window: 'weekly'}).line).toBe('cannot tell: no window weekly; available: 5h');
    expect(available([of('openai:1', [])]).line).toBe('cannot tell: no window reported');
    const silent = of('openai:1', [window('5h', {state: 'unknown', why: 'no figure'}, null)]);
    expect(available([silent]).line).toBe('cannot tell: openai me 5h: unknown: no figure');
  });

  it('leaves out accounts that have no limit, or not the window that is named', () => {
    const balance = account('zhipu:1', 'me', reading(null, [], [{id: 'balance', value: 1, unit: 'usd'}]));
    expect(kind([balance, free('openai:1')], {all: true})).toBe('holds');
    expect(kind([spent('openai:1'), free('zai:1')], {all: true, window: 'weekly'})).toBe('holds');
  });

  it('hides identities when asked', () => {
    const named = account('openai:1', 'me@example.com', reading(null, [window('5h', 100, hour)]));
    expect(available([named], {privacy: true}).line).not.toContain('me@example.com');
  });
});

describe('a reset', () => {
  /** What is said of one state after another; each is read at its time. */
  function waiting(wanted: Partial<WaitFor> = {}) {
    const judge = createResetWait({...anything, ...wanted});
    return (accounts: AccountState[], now = someNow) => judge(monitorState(accounts), now, []);
  }
  const readAt = (at: number): Partial<AccountState> => ({readAt: at, dueAt: at + 2 * minute, lastAttemptAt: at});
  const after = someNow + hour + 5000;
  const anew = of('openai:1', [window('5h', 0, 6 * hour), window('weekly', 21, 3 * day)], readAt(after));

  it('is that of the tightest window, and only once it was read again', () => {
    const judge = waiting();
    expect(judge([spent('openai:1'), free('zai:1')])).toEqual({
      kind: 'pending',
      line: 'openai me 5h: 0% left, resets in 1h 00m',
    });
    const overdue = spent('openai:1', hour, {dueAt: after});
    expect(judge([overdue, free('zai:1')], after).kind).toBe('pending');
    expect(judge([anew, free('zai:1')], after)).toEqual({kind: 'holds', line: 'reset: openai me 5h: 100% left'});
  });

  it('is that of what runs out first, where a forecast says so', () => {
    const forecastOf: ForecastOf = (_, {id}) => ({
      ...{verdict: id === '5h' ? 'runs-out' : 'lasts', probability: id === '5h' ? 0.8 : 0.02, range: null},
      ...{runOutAt: id === '5h' ? someNow + hour : null, usedAtReset: 90, usedRange: [80, 100], learnedFrom: null},
    });
    const both = of('openai:1', [window('5h', 50, 2 * hour), window('weekly', 80, 3 * day)], readAt(someNow));
    const line = (...forecasts: [] | [() => ForecastOf]): string =>
      createResetWait(anything, ...forecasts)(monitorState([both]), someNow, []).line;
    expect(line(() => forecastOf)).toBe('openai me 5h: 50% left, resets in 2h 00m');
    expect(line()).toBe('openai me weekly: 20% left, resets in 3d 0h');
  });

  it('holds whatever is left behind it, early too, or when the period has not begun anew', () => {
    for (const use of [{state: 'not-started'} as const, 3]) {
      const judge = waiting();
      judge([spent('openai:1')]);
      const early = of('openai:1', [window('5h', use, 5 * hour)], readAt(someNow + 10 * minute));
      expect(judge([early], someNow + 10 * minute).kind).toBe('holds');
    }
    const judge = waiting();
    judge([spent('openai:1')]);
    const used = of('openai:1', [window('5h', 100, 6 * hour)], readAt(after));
    expect(judge([used], after).kind).toBe('holds');
  });

  it('is none while the service still says the same, nor when another window resets', () => {
    const judge = waiting({window: 'weekly'});
    judge([spent('openai:1')]);
    expect(judge([anew], after)).toMatchObject({kind: 'pending', line: expect.stringContaining('openai me weekly')});
    const late = waiting();
    late([spent('openai:1')]);
    expect(late([spent('openai:1', hour, readAt(after))], after).kind).toBe('pending');
  });

  it('of all accounts is that of the tightest window of each', () => {
    const judge = waiting({all: true});
    expect(judge([spent('openai:1', 2 * hour), free('zai:1')]).line).toContain('openai me 5h');
    expect(judge([anew, free('zai:1')], after).kind).toBe('pending');
    const other = of('zai:1', [window('5h', 2, 5 * hour)], readAt(after));
    expect(judge([anew, other], after).kind).toBe('holds');
  });

  it('that was a moment ago holds with the next reading; one that was long ago is not waited for', () => {
    const unread = (resetsIn: number): AccountState =>
      spent('openai:1', resetsIn, {readAt: someNow - 10 * hour, dueAt: someNow - minute});
    const fresh = of('openai:1', [window('5h', 30, 4 * hour)], readAt(someNow + 1000));
    const judge = waiting();
    expect(judge([unread(-minute)]).kind).toBe('pending');
    expect(judge([fresh], someNow + 1000).kind).toBe('holds');
    const later = waiting();
    expect(later([unread(-2 * hour)]).kind).toBe('unread');
    expect(later([fresh], someNow + 1000).kind).toBe('pending');
  });

  it('cannot be told where nothing is in use, nobody reads, or the account is gone', () => {
    const idle = of('openai:1', [window('5h', {state: 'not-started'}, null)]);
    expect(waiting()([idle])).toEqual({kind: 'cannot-tell', line: 'cannot tell: no window is in use'});
    expect(waiting()([]).kind).toBe('cannot-tell');
    const expired = account('openai:1', 'me', null, {failure: failure('expired'), dueAt: null});
    expect(waiting()([expired]).kind).toBe('cannot-tell');
    const judge = waiting();
    judge([spent('openai:1')]);
    expect(judge([spent('openai:1', hour, {failure: failure('expired'), dueAt: null})]).kind).toBe('cannot-tell');
    expect(judge([])).toEqual({kind: 'cannot-tell', line: 'cannot tell: no account openai:1'});
  });

  it('is not that of a login that only the user can renew, where there is another', () => {
    const expired = spent('openai:1', hour, {failure: failure('expired'), dueAt: null});
    expect(waiting()([expired, free('zai:1')]).line).toContain('zai me 5h');
    expect(waiting({all: true})([expired, free('zai:1')]).kind).toBe('cannot-tell');
    expect(waiting()([expired]).kind).toBe('cannot-tell');
  });

  it('is waited for while a service fails', () => {
    const down = account('openai:1', 'me', null, {failure: failure('network')});
    const judge = waiting();
    expect(judge([down]).kind).toBe('pending');
    expect(judge([spent('openai:1')]).line).toContain('resets in 1h 00m');
  });
});
