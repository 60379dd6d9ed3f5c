import {describe, expect, it} from 'vitest';
import type {AccountState} from '../../../src/core/model.ts';
import {isDue, nextPolls, timeOf} from '../../../src/core/polling/next-poll.ts';
import {aFailure, aMonitor, anAccount, anAccountState, aProvider, aReading, failing} from '../../support/monitor.ts';

const second = 1000;
const now = 1_000_000_000;

const stateOf = (...accounts: AccountState[]) => ({
  accounts: Object.fromEntries(accounts.map(account => [account.key, account])),
  paused: false,
  offline: false,
});
const read = (key: string, patch: Partial<AccountState> = {}): AccountState =>
  anAccountState({
    key,
    reading: aReading(),
    readAt: now - 20 * second,
    lastAttemptAt: now - 20 * second,
    dueAt: now + 100 * second,
    ...patch,
  });
const unreached = (key: string, askedAgo: number, patch: Partial<AccountState> = {}): AccountState =>
  read(key, {
    failure: aFailure({code: 'network', unreachable: true}),
    failures: 1,
    lastAttemptAt: now - askedAgo,
    dueAt: now + 900 * second,
    ...patch,
  });

describe('an account', () => {
  it('is refreshed at its due time', () => {
    expect(nextPolls(stateOf(read('a:1')), now).get('a:1')).toEqual({kind: 'at', at: now + 100 * second});
  });

  it('is never refreshed before the service wants to be asked again', () => {
    const waits = read('a:1', {failure: aFailure({code: 'rate_limited', retryAt: now + 500 * second})});
    expect(nextPolls(stateOf(waits), now).get('a:1')).toEqual({kind: 'at', at: now + 500 * second});
  });

  it('says so while its request is on its way, and when only a new login or a key press brings the next one', () => {
    const next = nextPolls(stateOf(read('a:1', {refreshing: true}), read('a:2', {dueAt: null})), now);
    expect([...next.values()]).toEqual([{kind: 'running'}, {kind: 'by-hand'}]);
    expect([...next.values()].map(timeOf)).toEqual([null, null]);
  });

  it('that only another machine has a login for is that machine’s to refresh, also when it says that it is due', () => {
    const theirs = read('a:1', {machine: 'server-1', dueAt: now - second});
    const next = nextPolls(stateOf(theirs), now).get('a:1');
    expect(next).toEqual({kind: 'elsewhere', machine: 'server-1'});
    expect([isDue(next, now), next && timeOf(next)]).toEqual([false, null]);
  });

  it('is not refreshed while paused, but for a request by hand', () => {
    const accounts = [read('a:1'), read('a:2', {refreshing: true}), read('a:3', {dueAt: null}), unreached('a:4', 0)];
    const next = nextPolls({...stateOf(...accounts), paused: true, offline: true}, now);
    expect([...next.values()].map(({kind}) => kind)).toEqual(['paused', 'running', 'by-hand', 'paused']);
  });
});

describe('offline', () => {
  const offline = (...accounts: AccountState[]) => nextPolls({...stateOf(...accounts), offline: true}, now);

  it('lets the account try next that tried longest ago, 5 s after the last try, whatever its backoff', () => {
    const next = offline(unreached('a:1', 2 * second), unreached('a:2', 7 * second), unreached('a:3', 4 * second));
    expect(next.get('a:2')).toEqual({kind: 'probe', at: now + 3 * second, everyMs: 5 * second});
    expect(next.get('a:3')).toEqual({kind: 'in-turn', at: now + 8 * second});
    expect(next.get('a:1')).toEqual({kind: 'in-turn', at: now + 13 * second});
  });

  it('tries every 15 s after an hour of it', () => {
    const next = offline(unreached('a:1', 10 * second, {failures: 61}), unreached('a:2', 20 * second, {failures: 61}));
    expect(next.get('a:2')).toEqual({kind: 'probe', at: now + 5 * second, everyMs: 15 * second});
  });

  it('lets nobody else try while one is trying', () => {
    const next = offline(unreached('a:1', 9 * second, {refreshing: true}), unreached('a:2', 30 * second));
    expect([...next.values()].map(({kind}) => kind)).toEqual(['running', 'in-turn']);
    expect([...next.values()].some(each => isDue(each, now + 60 * second))).toBe(false);
  });

  it('tries at once when the last try was in a time to come: the clock was set back', () => {
    expect(offline(unreached('a:1', -3600 * second)).get('a:1')).toMatchObject({kind: 'probe', at: now});
  });

  it('asks at its due time what was never asked', () => {
    const next = offline(unreached('a:1', second), anAccountState({key: 'a:2', dueAt: 0}));
    expect(next.get('a:2')).toEqual({kind: 'at', at: 0});
    expect(next.get('a:1')?.kind).toBe('probe');
  });

  it('leaves an account alone that only a new login can mend', () => {
    const next = offline(unreached('a:1', second), read('a:2', {dueAt: null, lastAttemptAt: 0}));
    expect([...next.values()].map(({kind}) => kind)).toEqual(['probe', 'by-hand']);
  });
});

it('is what the monitor does: every request was announced, and every announced one is made', async () => {
  const keys = ['openai:1', 'openai:2', 'openai:3'];
  const openai = aProvider(
    'openai',
    keys.map(key => anAccount({key, fingerprint: key})),
  );
  const {monitor, clock} = aMonitor([openai]);
  openai.answer = failing('network', {unreachable: true});
  monitor.lease(['openai']);
  // In between two beats: the next one comes in 0.8 s.
  await clock.advance(3.2 * second);
  for (let beat = 0; beat < 90; beat += 1) {
    const [announced] = [...nextPolls(monitor.store.get(), clock.now())].filter(([, next]) =>
      isDue(next, clock.now() + 0.8 * second),
    );
    openai.fetched.length = 0;
    await clock.advance(second);
    expect(openai.fetched).toEqual(announced === undefined ? [] : [announced[0]]);
  }
});
