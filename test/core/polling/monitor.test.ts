import {describe, expect, it} from 'vitest';
import type {Reading} from '../../../src/core/model.ts';
import {defaultProviderSettings, defaultSettings} from '../../../src/core/settings.ts';
import {flush} from '../../support/fake-clock.ts';
import {aMonitor, anAccount, aProvider, aReading, aWindow, failing} from '../../support/monitor.ts';

const second = 1000;
const minute = 60 * second;
const key = 'openai:00000001';

describe('a lease', () => {
  it('asks at once what was never asked, and then at the interval', async () => {
    const openai = aProvider();
    const {monitor, clock, account} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(2 * second);
    expect(openai.fetched).toHaveLength(1);
    expect(account().reading?.windows[0]?.use).toEqual({state: 'known', usedPercent: 12});
    await clock.advance(10 * minute + 10 * second);
    expect(openai.fetched).toHaveLength(6);
  });

  it('stops every timer and aborts what is in flight when the last one is given back', async () => {
    const openai = aProvider();
    let aborted = false;
    openai.answer = (_, wire) =>
      new Promise((_, reject) => {
        const {signal} = wire as typeof wire & {signal: AbortSignal};
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(signal.reason);
        });
      });
    const {monitor, clock, account} = aMonitor([openai]);
    const release = monitor.lease(['openai']);
    await clock.advance(second);
    expect(account().refreshing).toBe(true);
    release();
    await flush();
    expect(aborted).toBe(true);
    expect(account()).toMatchObject({refreshing: false, failure: null, lastAttemptAt: null});
    expect(clock.waiting()).toBe(0);
  });

  it('discovers logins once for several leases, and polls under each of them', async () => {
    const [openai, zai] = [aProvider('openai'), aProvider('zai')];
    let discoveries = 0;
    for (const provider of [openai, zai]) {
      const {discover} = provider;
      provider.discover = machine => {
        discoveries += 1;
        return discover(machine);
      };
    }
    const {monitor, clock} = aMonitor([openai, zai]);
    const release = monitor.lease(['openai']);
    monitor.lease(['zai']);
    await flush();
    expect(discoveries).toBe(2);
    await clock.advance(2 * second);
    expect([openai.fetched.length, zai.fetched.length]).toEqual([1, 1]);
    release();
    await clock.advance(10 * minute);
    expect(openai.fetched.length).toBe(1);
    expect(zai.fetched.length).toBeGreaterThan(3);
  });

  it('polls only the providers that somebody looks at', async () => {
    const [openai, zai] = [aProvider('openai'), aProvider('zai')];
    const {monitor, clock} = aMonitor([openai, zai]);
    monitor.lease(['zai']);
    await clock.advance(2 * second);
    expect([openai.fetched.length, zai.fetched.length]).toEqual([0, 1]);
  });
});

describe('a refresh', () => {
  it('keeps the last good reading when a refresh fails, with its age and the reason', async () => {
    const openai = aProvider();
    const {monitor, clock, account} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(second);
    const {readAt} = account();
    openai.answer = failing('server_error', {detail: 'HTTP 500'});
    await clock.advance(3 * minute);
    expect(account()).toMatchObject({
      readAt,
      reading: aReading(),
      failures: 1,
      failure: {code: 'server_error', detail: 'HTTP 500'},
    });
  });

  it('forgets the numbers of a plan that is no longer there', async () => {
    const openai = aProvider();
    const {monitor, clock, account} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(second);
    openai.answer = failing('no_plan');
    await clock.advance(3 * minute);
    expect(account()).toMatchObject({reading: null, readAt: null, failure: {code: 'no_plan'}});
  });

  it('has one request in flight per account, however often a refresh is wanted', async () => {
    const openai = aProvider();
    let answer: (reading: Reading) => void = () => {};
    openai.answer = () => new Promise(resolve => (answer = resolve));
    const {monitor, clock} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(second);
    expect(monitor.refresh([key]).tooSoon).toEqual([key]);
    await clock.advance(10 * minute);
    expect(openai.fetched).toHaveLength(1);
    answer(aReading());
  });

  it('asks at most six accounts of a provider at a time, and all of them in the end', async () => {
    const accounts = Array.from({length: 30}, (_, at) => anAccount({key: `openai:${at}`}));
    const openai = aProvider('openai', accounts);
    let [running, most] = [0, 0];
    const {monitor, clock} = aMonitor([openai]);
    openai.answer = async () => {
      most = Math.max(most, ++running);
      await new Promise<void>(resolve => clock.after(300, resolve));
      running--;
      return aReading();
    };
    monitor.lease(['openai']);
    await clock.advance(10 * second);
    expect(most).toBe(6);
    expect(openai.fetched).toHaveLength(30);
  });

  it('shows a provider that throws something else as its failure, and lives', async () => {
    const [openai, zai] = [aProvider('openai'), aProvider('zai')];
    openai.answer = () => Promise.reject(new TypeError('x is not a function'));
    const {monitor, clock, account} = aMonitor([openai, zai]);
    monitor.lease(['openai', 'zai']);
    await clock.advance(second);
    expect(account().failure).toMatchObject({
      code: 'bad_response',
      detail: 'internal error: TypeError: x is not a function',
    });
    expect(account('zai:00000001').reading).not.toBeNull();
  });

  it('lets no secret and no control character into a failure or a reading', async () => {
    const openai = aProvider('openai', [anAccount({secrets: ['s3cr3t-token']})]);
    const {monitor, clock, account} = aMonitor([openai]);
    openai.answer = failing('bad_response', {detail: '\u001b[31mno s3cr3t-token\u0007\nhere'});
    monitor.lease(['openai']);
    await clock.advance(second);
    expect(account().failure?.detail).toBe('no [redacted] here');
    openai.answer = async () => aReading({plan: 'Plus\u001b]0;x\u0007 s3cr3t-token'});
    await clock.advance(3 * minute);
    expect(account().reading?.plan).toBe('Plus [redacted]');
  });

  it('takes the numbers that another tool left behind when asking fails and there is nothing newer', async () => {
    const left = aReading({windows: [aWindow({id: 'gemini/5h'})]});
    const openai = aProvider('openai', [anAccount({cached: {reading: left, readAt: 1000}})]);
    openai.answer = failing('network');
    const {monitor, clock, account} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(second);
    expect(account()).toMatchObject({reading: left, readAt: 1000, failure: {code: 'network'}});
  });
});

describe('credentials', () => {
  it('asks once more after a refusal, if the stored credential is another one by then', async () => {
    const openai = aProvider();
    openai.answer = async account => {
      if (account.fingerprint === 'f2') return aReading();
      openai.accounts = [anAccount({fingerprint: 'f2'})];
      return failing('expired')();
    };
    const {monitor, clock, account} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(second);
    expect(openai.fetched).toEqual(['f1', 'f2']);
    expect(account()).toMatchObject({failure: null, fingerprint: 'f2'});
  });

  it('asks only once when the refused credential is still the same', async () => {
    const openai = aProvider();
    openai.answer = failing('expired');
    const {monitor, clock, account} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(60 * minute);
    expect(openai.fetched).toEqual(['f1']);
    expect(account()).toMatchObject({dueAt: null, failure: {code: 'expired'}});
  });

  it('asks again by itself when the credential of a signed-out account changes', async () => {
    const openai = aProvider();
    openai.answer = failing('expired');
    const {monitor, clock, account} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(5 * minute);
    openai.answer = async () => aReading();
    openai.accounts = [anAccount({fingerprint: 'f2'})];
    await clock.advance(20 * second);
    expect(openai.fetched).toEqual(['f1', 'f2']);
    expect(account().failure).toBeNull();
  });

  it('shows a login that appears while it runs, and drops one that is gone', async () => {
    const openai = aProvider('openai', []);
    const {monitor, clock} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(second);
    expect(monitor.store.get().providers).toEqual([{id: 'openai', accounts: [], hidden: 0, discovered: true}]);
    openai.accounts = [anAccount()];
    await clock.advance(20 * second);
    expect(monitor.store.get().providers[0]?.accounts).toEqual([key]);
    openai.accounts = [];
    await clock.advance(20 * second);
    expect(monitor.store.get().accounts).toEqual({});
  });

  it('changes nothing when a discovery finds what is known: nobody re-renders for it', async () => {
    const [openai, zai] = [aProvider('openai'), aProvider('zai')];
    const {monitor, clock} = aMonitor([openai, zai]);
    monitor.lease(['openai', 'zai']);
    await clock.advance(5 * second);
    const before = monitor.store.get();
    await clock.advance(60 * second);
    expect(monitor.store.get()).toBe(before);
  });

  it('keeps the reading of an account whose file broke, and says so in its panel', async () => {
    const openai = aProvider();
    const {monitor, clock, account} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(second);
    const problem = {
      code: 'no_credentials',
      detail: 'codex auth.json: it is not JSON',
      retryAt: null,
      remedy: null,
    } as const;
    openai.accounts = [anAccount({key: 'openai:problem', problem})];
    await clock.advance(20 * second);
    expect(Object.keys(monitor.store.get().accounts)).toEqual([key]);
    expect(account()).toMatchObject({failure: problem, reading: aReading()});
    openai.accounts = [anAccount()];
    await clock.advance(20 * second);
    expect(account().failure).toBeNull();
    expect(openai.fetched).toHaveLength(2);
  });

  it('never refreshes an account that has a static reading', async () => {
    const staticReading = aReading({windows: [], notes: [{code: 'disabled'}]});
    const openai = aProvider('openai', [anAccount({staticReading})]);
    const {monitor, clock, account} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(10 * minute);
    expect(openai.fetched).toEqual([]);
    expect(account()).toMatchObject({reading: staticReading, failure: null});
  });

  it('leaves out accounts that the user hid and providers that are switched off', async () => {
    const [openai, zai] = [aProvider('openai'), aProvider('zai')];
    const settings = {
      ...defaultSettings,
      hidden: [key],
      providers: {zai: {...defaultProviderSettings, enabled: false}},
    };
    const {monitor, clock} = aMonitor([openai, zai], {settings});
    monitor.lease(['openai', 'zai']);
    await clock.advance(5 * minute);
    expect(monitor.store.get()).toMatchObject({providers: [{id: 'openai', accounts: []}], accounts: {}});
    expect([...openai.fetched, ...zai.fetched]).toEqual([]);
  });

  it('tells what is hidden and what is switched off apart from what is not there', async () => {
    const settings = {...defaultSettings, hidden: [key, 'openai:gone']};
    const openai = aProvider('openai', [anAccount(), anAccount({key: 'openai:00000002'})]);
    const {monitor, clock, userSettings} = aMonitor([openai, aProvider('zai', []), aProvider('google')], {settings});
    userSettings.set({...settings, providers: {google: {...defaultProviderSettings, enabled: false}}});
    await clock.advance(second);
    const {providers, disabled} = monitor.store.get();
    expect(providers).toEqual([
      {id: 'openai', accounts: ['openai:00000002'], hidden: 1, discovered: true},
      {id: 'zai', accounts: [], hidden: 0, discovered: true},
    ]);
    expect(disabled).toEqual(['google']);
    userSettings.set(defaultSettings);
    await clock.advance(second);
    expect(monitor.store.get().providers.map(({hidden}) => hidden)).toEqual([0, 0, 0]);
    expect(monitor.store.get().disabled).toEqual([]);
  });
});

describe('by hand', () => {
  it('does nothing within two seconds of the last request', async () => {
    const openai = aProvider();
    const {monitor, clock} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(second);
    expect(monitor.refresh([key])).toEqual({refreshing: [], tooSoon: [key], waiting: []});
    await clock.advance(2 * second);
    expect(monitor.refresh([key])).toEqual({refreshing: [key], tooSoon: [], waiting: []});
    await clock.advance(second);
    expect(openai.fetched).toHaveLength(2);
  });

  it('leaves a service alone for as long as that service wants', async () => {
    const openai = aProvider();
    openai.intervalSeconds = {default: 300, floor: 180, byHand: 60};
    const {monitor, clock} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(second);
    await clock.advance(50 * second);
    expect(monitor.refresh([key])).toEqual({refreshing: [], tooSoon: [key], waiting: []});
    await clock.advance(11 * second);
    expect(monitor.refresh([key])).toEqual({refreshing: [key], tooSoon: [], waiting: []});
    await clock.advance(second);
    expect(openai.fetched).toHaveLength(2);
  });

  it("explains a server's wait at the first press, and insists at a second within three seconds", async () => {
    const openai = aProvider();
    const {monitor, clock, account} = aMonitor([openai]);
    const retryAt = clock.now() + 10 * minute;
    openai.answer = failing('rate_limited', {retryAt});
    monitor.lease(['openai']);
    await clock.advance(5 * second);
    expect(account().dueAt).toBeGreaterThanOrEqual(retryAt);
    expect(monitor.refresh([key]).waiting).toEqual([{key, retryAt}]);
    await clock.advance(4 * second);
    expect(monitor.refresh([key]).waiting).toHaveLength(1);
    await clock.advance(2 * second);
    expect(monitor.refresh([key]).refreshing).toEqual([key]);
    await clock.advance(second);
    expect(openai.fetched).toHaveLength(2);
  });

  it('asks nothing by itself while paused, and everything that is due afterwards', async () => {
    const openai = aProvider();
    const {monitor, clock} = aMonitor([openai]);
    monitor.setPaused(true);
    monitor.lease(['openai']);
    await clock.advance(10 * minute);
    expect(openai.fetched).toHaveLength(0);
    monitor.setPaused(false);
    await clock.advance(2 * second);
    expect(openai.fetched).toHaveLength(1);
  });

  it('takes a shorter interval from the settings at once', async () => {
    const openai = aProvider();
    const {monitor, clock, account, userSettings} = aMonitor([openai], {
      settings: {
        ...defaultSettings,
        providers: {openai: {...defaultProviderSettings, enabled: true, intervalSeconds: 3600}},
      },
    });
    monitor.lease(['openai']);
    await clock.advance(2 * minute);
    userSettings.set({
      ...defaultSettings,
      providers: {openai: {...defaultProviderSettings, enabled: true, intervalSeconds: 60}},
    });
    await clock.advance(3 * second);
    expect(openai.fetched).toHaveLength(2);
    expect((account().dueAt ?? 0) - clock.now()).toBeLessThanOrEqual(66 * second);
  });
});

describe('on a real machine', () => {
  it('does not burst after a sleep: due accounts come one by one, after the network had a moment', async () => {
    const accounts = Array.from({length: 5}, (_, at) => anAccount({key: `openai:${at}`}));
    const openai = aProvider('openai', accounts);
    const randoms = [0, 0.25, 0.5, 0.75, 0.99];
    let turn = 0;
    const {monitor, clock} = aMonitor([openai], {random: () => randoms[turn++ % randoms.length] ?? 0});
    monitor.lease(['openai']);
    await clock.advance(5 * second);
    openai.fetched.length = 0;
    clock.jump(8 * 3_600_000);
    await clock.advance(2 * second);
    expect(openai.fetched).toHaveLength(0);
    await clock.advance(3 * second);
    const early = openai.fetched.length;
    expect(early).toBeGreaterThan(0);
    expect(early).toBeLessThan(5);
    await clock.advance(6 * second);
    expect(openai.fetched).toHaveLength(5);
  });

  it('goes on polling when the clock is set back', async () => {
    const openai = aProvider();
    const {monitor, clock} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(5 * second);
    clock.jump(-24 * 3_600_000);
    await clock.advance(5 * minute);
    expect(openai.fetched.length).toBeGreaterThanOrEqual(3);
  });

  it('is in one quiet state while offline, and back within seconds of the network', async () => {
    const [openai, zai] = [aProvider('openai'), aProvider('zai')];
    const {monitor, clock, account} = aMonitor([openai, zai]);
    openai.answer = failing('network', {unreachable: true});
    zai.answer = failing('network', {unreachable: true});
    monitor.lease(['openai', 'zai']);
    await clock.advance(2 * second);
    expect(monitor.store.get().offline).toBe(true);
    await clock.advance(60 * second);
    expect(openai.fetched.length + zai.fetched.length).toBeLessThanOrEqual(16);
    openai.answer = async () => aReading();
    zai.answer = async () => aReading();
    await clock.advance(12 * second);
    expect(monitor.store.get().offline).toBe(false);
    expect([account().failure, account('zai:00000001').failure]).toEqual([null, null]);
  });

  it('backs off from a service that breaks every connection, also when it is the only one', async () => {
    const openai = aProvider();
    openai.answer = failing('network', {detail: 'connection reset'});
    const {monitor, clock} = aMonitor([openai]);
    monitor.lease(['openai']);
    await clock.advance(15 * minute);
    expect(monitor.store.get().offline).toBe(false);
    expect(openai.fetched.length).toBeLessThanOrEqual(4);
  });

  it('backs off from one service that cannot be reached while another answers: that is not offline', async () => {
    const [openai, zai] = [aProvider('openai'), aProvider('zai')];
    const {monitor, clock, account} = aMonitor([openai, zai]);
    openai.answer = failing('network', {unreachable: true});
    monitor.lease(['openai', 'zai']);
    await clock.advance(15 * minute);
    expect(account().failure).toMatchObject({code: 'network', unreachable: true});
    expect(account('zai:00000001').failure).toBeNull();
    expect(monitor.store.get().offline).toBe(false);
    expect(openai.fetched.length).toBeLessThanOrEqual(8);
    expect(zai.fetched.length).toBeGreaterThanOrEqual(7);
  });
});

describe('one reading for scripts', () => {
  it('asks every account once and waits for the last answer', async () => {
    const [openai, zai] = [aProvider('openai'), aProvider('zai')];
    zai.answer = failing('auth_rejected');
    const {monitor} = aMonitor([openai, zai]);
    const state = await monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
    expect(Object.values(state.accounts).map(({reading, failure}) => [reading !== null, failure?.code])).toEqual([
      [true, undefined],
      [false, 'auth_rejected'],
    ]);
  });

  it('calls off what has no answer at the deadline, and says so', async () => {
    const [openai, zai] = [aProvider('openai'), aProvider('zai')];
    zai.answer = (_, wire) =>
      new Promise((_, reject) => {
        const {signal} = wire as typeof wire & {signal: AbortSignal};
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const {monitor, clock} = aMonitor([openai, zai]);
    const reading = monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
    await clock.advance(6000);
    const {accounts} = await reading;
    expect(accounts['openai:00000001']?.failure).toBeNull();
    expect(accounts['zai:00000001']).toMatchObject({refreshing: false, failure: {code: 'timeout'}});
  });

  it('waits for a slow service as long as it was told to', async () => {
    const openai = aProvider();
    const deadlines: unknown[] = [];
    openai.answer = async (_, wire) => {
      deadlines.push((wire as typeof wire & {deadlineMs: number}).deadlineMs);
      return aReading();
    };
    const {monitor} = aMonitor([openai]);
    await monitor.readOnce({timeoutMs: 45_000, maxAgeMs: 0});
    expect(deadlines).toEqual([45_000]);
  });

  it('says of an account that never answered what to do, and that it is due', async () => {
    const openai = aProvider();
    openai.answer = (_, wire) =>
      new Promise((_, reject) => {
        const {signal} = wire as typeof wire & {signal: AbortSignal};
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const {monitor, clock} = aMonitor([openai]);
    const startedAt = clock.now();
    const reading = monitor.readOnce({timeoutMs: 1000, maxAgeMs: 0});
    await clock.advance(2000);
    const {accounts} = await reading;
    const [account] = Object.values(accounts);
    expect(account?.failure).toMatchObject({code: 'timeout', remedy: {code: 'network'}});
    expect(account?.dueAt).toBe(startedAt);
  });

  it('asks also when the last reading is of a time to come, because the clock was set back', async () => {
    const openai = aProvider();
    const {monitor, clock} = aMonitor([openai]);
    await monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
    clock.jump(-3_600_000);
    await monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
    await monitor.readOnce({timeoutMs: 5000, maxAgeMs: 60_000});
    expect(openai.fetched).toHaveLength(2);
  });

  it('looks without a request, and has no answer where one would have to be made', async () => {
    const openai = aProvider();
    const {monitor, clock} = aMonitor([openai]);
    expect(await monitor.lookOnce({maxAgeMs: 60_000})).toBeNull();
    expect(openai.fetched).toHaveLength(0);
    const read = await monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
    clock.jump(30_000);
    expect(await monitor.lookOnce({maxAgeMs: 60_000})).toEqual(read);
    clock.jump(31_000);
    expect(await monitor.lookOnce({maxAgeMs: 60_000})).toBeNull();
    expect(openai.fetched).toHaveLength(1);
  });

  it('believes no wait that is longer than any window', async () => {
    const openai = aProvider();
    const {monitor, clock, account} = aMonitor([openai]);
    openai.answer = failing('rate_limited', {retryAt: 8.64e15});
    await monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
    expect(account().failure?.retryAt).toBe(clock.now() + 8 * 24 * 3_600_000);
    clock.jump(9 * 24 * 3_600_000);
    await monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
    expect(openai.fetched).toHaveLength(2);
  });
});
