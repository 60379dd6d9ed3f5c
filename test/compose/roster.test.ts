import {afterEach, beforeEach, expect, it, vi} from 'vitest';
import {followRoster} from '../../src/compose/roster.ts';
import type {LedgerRow} from '../../src/core/ledger.ts';
import type {MonitorState} from '../../src/core/model.ts';
import {createStore} from '../../src/core/store.ts';
import {fresh, someNow} from '../support/state.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Every reading is in the ledger. */
function following() {
  const [store, settings, keep] = [createStore(fresh()), createStore<unknown>({}), vi.fn()];
  const row = (key: string): LedgerRow | null => (store.get().accounts[key] ?? null) as LedgerRow | null;
  const follower = followRoster({store, settings, ledger: {row}, keep}, true);
  const settled = (): number => {
    vi.advanceTimersByTime(60_000);
    return keep.mock.calls.length;
  };
  return {store, settings, follower, settled};
}

const change = (state: MonitorState, of: Partial<MonitorState['accounts'][string]>): MonitorState => ({
  ...state,
  accounts: Object.fromEntries(Object.entries(state.accounts).map(([key, account]) => [key, {...account, ...of}])),
});

it('the roster is written after a look, and by no reading that the ledger has', () => {
  const {store, follower, settled} = following();
  follower.looked(someNow);
  expect(settled()).toBe(1);
  store.update(state => change(state, {readAt: someNow, lastAttemptAt: someNow, dueAt: someNow + 60_000}));
  expect(settled()).toBe(1);
  follower.looked(someNow + 120_000);
  expect(settled()).toBe(2);
});

it('and again when an account has another name, when something is to be said, and when a setting changes', () => {
  const {store, settings, follower, settled} = following();
  follower.looked(someNow);
  expect(settled()).toBe(1);
  store.update(state => change(state, {label: 'somebody else'}));
  expect(settled()).toBe(2);
  store.update(state => ({...state, notices: [{code: 'settings', text: 'layout.view: ignored'}]}));
  expect(settled()).toBe(3);
  settings.set({});
  expect(settled()).toBe(4);
});
