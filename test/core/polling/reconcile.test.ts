import {describe, expect, it} from 'vitest';
import type {LedgerRow} from '../../../src/core/ledger.ts';
import type {AccountState} from '../../../src/core/model.ts';
import {reconcile} from '../../../src/core/polling/reconcile.ts';
import type {Account} from '../../../src/core/provider.ts';
import {aFailure, anAccount, anAccountState, aReading} from '../../support/monitor.ts';

const now = 1_000_000_000;
const key = 'openai:00000001';
const nothingKnown = () => null;
const rowOf = (patch: Partial<LedgerRow> = {}): LedgerRow => {
  const {
    expiresAt: _,
    refreshing: __,
    ...row
  } = anAccountState({reading: aReading(), readAt: now - 60_000, dueAt: now + 60_000});
  return {...row, ...patch};
};
const one = (account: Account, before: AccountState[] = [], row: LedgerRow | null = null): AccountState => {
  const [state] = reconcile([account], before, () => row, now);
  if (state === undefined) throw new Error('no account');
  return state;
};

describe('a new account', () => {
  it('is due since ever when nobody remembers it', () => {
    expect(one(anAccount())).toMatchObject({
      key,
      reading: null,
      lastAttemptAt: null,
      dueAt: 0,
      failures: 0,
      refreshing: false,
    });
  });

  it('begins with what the ledger remembers: reading, age, wait and failures', () => {
    const failure = aFailure({code: 'rate_limited', retryAt: now + 500_000});
    const row = rowOf({failure, failures: 3, dueAt: now + 500_000, lastAttemptAt: now - 1000});
    expect(one(anAccount(), [], row)).toMatchObject({
      reading: row.reading,
      readAt: row.readAt,
      failure,
      failures: 3,
      dueAt: now + 500_000,
      lastAttemptAt: now - 1000,
    });
  });
});

describe('the name of an account', () => {
  const told = aReading({label: 'octo6'});

  it('is what the service said, as soon as it has said it, also after a restart and after hiding', () => {
    expect(
      one(anAccount({label: 'GitHub'}), [anAccountState({label: 'GitHub', reading: told, readAt: now})]).label,
    ).toBe('octo6');
    expect(one(anAccount({label: 'GitHub'}), [], rowOf({reading: told})).label).toBe('octo6');
  });

  it('is what its place says where the service names nobody', () => {
    const before = anAccountState({label: 'old name', reading: aReading(), readAt: now});
    expect(one(anAccount({label: 'new name'}), [before]).label).toBe('new name');
  });
});

describe('a changed credential', () => {
  const renewed = anAccount({fingerprint: 'f2'});

  it.each(['expired', 'auth_rejected', 'scope_missing', 'no_credentials'] as const)('ends the wait of %s', code => {
    const waits = anAccountState({failure: aFailure({code}), dueAt: null});
    expect(one(renewed, [waits])).toMatchObject({dueAt: 0, fingerprint: 'f2'});
    expect(one(anAccount(), [waits])).toBe(waits);
  });

  it('does not end the wait that the service asked for', () => {
    const limited = anAccountState({failure: aFailure({code: 'rate_limited', retryAt: now + 5}), dueAt: now + 5});
    expect(one(renewed, [limited])).toMatchObject({dueAt: now + 5, fingerprint: 'f2'});
  });

  it('is noticed also when it changed while the program was not running', () => {
    const row = rowOf({failure: aFailure({code: 'expired'}), dueAt: null});
    expect(one(renewed, [], row).dueAt).toBe(0);
    expect(one(anAccount(), [], row).dueAt).toBeNull();
  });
});

it('asks again an account that stood still for another reason than its credential', () => {
  // A problem of its file, which is gone now.
  const stood = anAccountState({failure: null, dueAt: null});
  expect(one(anAccount(), [stood]).dueAt).toBe(0);
  const keyOfUse = anAccountState({failure: aFailure({code: 'no_plan'}), dueAt: null});
  expect(one(anAccount(), [keyOfUse]).dueAt).toBe(0);
});

describe('an account that is not asked', () => {
  it('says what is wrong with it, and keeps its last reading', () => {
    const before = anAccountState({reading: aReading(), readAt: now, dueAt: now + 5});
    const problem = aFailure({code: 'auth_rejected'});
    expect(one(anAccount({problem}), [before])).toMatchObject({failure: problem, dueAt: null, reading: aReading()});
  });

  it('shows a static reading without a request, from the moment on that it was first found', () => {
    const staticReading = aReading({windows: [], notes: [{code: 'disabled'}]});
    const first = one(anAccount({staticReading}), []);
    expect(first).toMatchObject({reading: staticReading, readAt: now, failure: null, dueAt: null});
    expect(reconcile([anAccount({staticReading})], [first], nothingKnown, now + 5)[0]).toBe(first);
  });
});

describe('a file that broke', () => {
  const broken = anAccount({key: 'openai:problem', problem: aFailure({code: 'no_credentials'})});

  it('leaves its accounts with their readings, and they say so themselves', () => {
    const before = anAccountState({reading: aReading(), readAt: now});
    const after = reconcile([broken], [before], nothingKnown, now);
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({
      key,
      reading: aReading(),
      failure: {code: 'no_credentials'},
      dueAt: null,
      fingerprint: '',
    });
    expect(reconcile([anAccount()], after, nothingKnown, now)[0]).toMatchObject({
      failure: {code: 'no_credentials'},
      dueAt: 0,
    });
  });

  it('that may hold logins of others keeps the panel of an account that was known in it', () => {
    const aside = anAccount({key: 'openai:problem', problem: aFailure({code: 'no_credentials', aside: true})});
    const [known] = reconcile([aside], [anAccountState()], nothingKnown, now);
    expect(known).toMatchObject({key, failure: {code: 'no_credentials'}});
    expect(known?.failure).not.toHaveProperty('aside');
  });

  it('stands for itself when nothing of it was known', () => {
    expect(reconcile([broken], [], nothingKnown, now).map(account => account.key)).toEqual(['openai:problem']);
  });

  it('says nothing about the accounts of other files', () => {
    const elsewhere = anAccountState({key: 'openai:2', source: 'opencode auth.json'});
    const found = anAccount({key: 'openai:2', source: 'opencode auth.json'});
    const after = reconcile([broken, found], [elsewhere], nothingKnown, now);
    expect(after.map(account => account.key)).toEqual(['openai:problem', 'openai:2']);
    expect(after[1]).toBe(elsewhere);
  });
});

it('drops an account that is found no more', () => {
  expect(reconcile([], [anAccountState()], nothingKnown, now)).toEqual([]);
});

describe('figures that another program left behind', () => {
  const cached = {reading: aReading({plan: 'Max'}), readAt: now - 500};
  const failing = (code: 'expired' | 'no_plan') =>
    anAccountState({reading: aReading(), readAt: now - 9000, failure: aFailure({code}), dueAt: null});

  it('are shown as soon as they are newer than the last reading, as long as polls fail', () => {
    expect(one(anAccount({cached}), [failing('expired')])).toMatchObject({...cached, failure: {code: 'expired'}});
    const old = {...cached, readAt: now - 10_000};
    expect(one(anAccount({cached: old}), [failing('expired')]).readAt).toBe(now - 9000);
  });

  it('are not shown while polls succeed, nor for an account without a plan', () => {
    const well = anAccountState({reading: aReading(), readAt: now - 9000});
    expect(one(anAccount({cached}), [well]).readAt).toBe(now - 9000);
    expect(one(anAccount({cached}), [failing('no_plan')]).readAt).toBe(now - 9000);
  });
});

describe('an account whose service is not polled', () => {
  const passive = aReading({windows: [], plan: 'Max'});
  const window = (usedPercent: number, resetsAt: number) =>
    ({
      id: '5h',
      pool: null,
      windowMs: 18_000_000,
      resetsAt,
      use: {state: 'known', usedPercent},
      unit: 'percent',
    }) as const;
  const cached = {reading: aReading({plan: null, windows: [window(42, now + 1000)]}), readAt: now - 500};

  it('shows what another program left behind, and is never due', () => {
    expect(one(anAccount({passive, cached}))).toMatchObject({
      reading: {plan: 'Max', windows: cached.reading.windows},
      readAt: now - 500,
      failure: null,
      dueAt: null,
      lastAttemptAt: null,
    });
  });

  it('says so when there is nothing, or nothing that still holds', () => {
    const old = {...cached, reading: aReading({windows: [window(97, now - 1)]})};
    for (const account of [anAccount({passive}), anAccount({passive, cached: old})])
      expect(one(account)).toMatchObject({reading: passive, readAt: null, dueAt: null});
  });

  it('shows the newer figures of the ledger, and forgets the failure of a poll', () => {
    const row = rowOf({reading: aReading({windows: [window(50, now + 1000)]}), readAt: now - 100, failure: aFailure()});
    expect(one(anAccount({passive, cached}), [], row)).toMatchObject({
      reading: {windows: [{use: {usedPercent: 50}}]},
      readAt: now - 100,
      failure: null,
    });
  });

  it('is due at once when it may be polled after all', () => {
    expect(one(anAccount(), [one(anAccount({passive, cached}))])).toMatchObject({dueAt: 0, readAt: now - 500});
  });
});
