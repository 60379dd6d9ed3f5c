import {describe, expect, it} from 'vitest';
import {type LedgerRow, rowOf} from '../../src/core/ledger.ts';
import type {AccountState, MonitorState} from '../../src/core/model.ts';
import {rosterOf, stateFrom} from '../../src/core/roster.ts';
import {
  exhausted,
  failing,
  failure,
  fresh,
  freshAccounts,
  many,
  minute,
  monitorState,
  someNow,
} from '../support/state.ts';

const rowsOf = (state: MonitorState): LedgerRow[] => Object.values(state.accounts).map(rowOf);
const inRows =
  (rows: readonly LedgerRow[]) =>
  (key: string): LedgerRow | null =>
    rows.find(row => row.key === key) ?? null;

/** As it goes through the file. */
function throughFile(state: MonitorState, then: readonly LedgerRow[], now = then): MonitorState {
  const roster = rosterOf(state, inRows(then));
  if (roster === null) throw new Error('there is no roster');
  return stateFrom(JSON.parse(JSON.stringify(roster)), now);
}
const accountsIn = (state: MonitorState): AccountState[] => Object.values(state.accounts);

describe('what the next start begins with', () => {
  it.each(Object.entries({fresh, failing, exhausted, many}))(
    'is the state that was left, where the ledger has all of it: %s',
    (_, make) => {
      const left = make();
      expect(throughFile(left, rowsOf(left))).toEqual(left);
    },
  );

  it('keeps of polled accounts no figure of its own: those are the ledger’s', () => {
    const left = fresh();
    expect(JSON.stringify(rosterOf(left, inRows(rowsOf(left))))).not.toContain('usedPercent');
  });

  it('has the newer figures of another copy', () => {
    const left = fresh();
    const rows = rowsOf(left).map(row => ({
      ...row,
      readAt: someNow + minute,
      lastAttemptAt: someNow + minute,
      dueAt: someNow + 3 * minute,
    }));
    expect(accountsIn(throughFile(left, rowsOf(left), rows)).map(({readAt, dueAt}) => [readAt, dueAt])).toEqual(
      rows.map(({readAt, dueAt}) => [readAt, dueAt]),
    );
  });

  it('has an account with a broken login, and no failure of it in its row', () => {
    const broken = failure('no_credentials', {detail: 'auth.json is not valid JSON'});
    const left = monitorState(
      freshAccounts().map((each, at) => (at === 0 ? {...each, failure: broken, dueAt: null} : each)),
    );
    const rows = rowsOf(left).map(row => ({...row, failure: null, dueAt: someNow}));
    const [first] = accountsIn(throughFile(left, rows));
    expect([first?.failure, first?.dueAt, first?.readAt]).toEqual([broken, null, someNow - 20_000]);
  });

  it('has figures that no row has, until there is a newer row', () => {
    const left = monitorState(freshAccounts().map(each => ({...each, dueAt: null, lastAttemptAt: null})));
    const [first] = accountsIn(throughFile(left, []));
    expect(first).toEqual(accountsIn(left)[0]);
    const newer = rowsOf(left).map(row => ({...row, readAt: someNow, reading: null}));
    expect(accountsIn(throughFile(left, [], newer))[0]?.reading).toBeNull();
  });

  it('shows nobody who is gone, and nobody hidden, though rows of theirs remain', () => {
    const left = monitorState(freshAccounts().slice(0, 2));
    expect(Object.keys(throughFile(left, rowsOf(fresh())).accounts)).toHaveLength(2);
  });

  it('is offline when every account was unreachable last', () => {
    const unreachable = failure('network', {unreachable: true});
    const left = monitorState(
      freshAccounts().map(each => ({...each, failure: unreachable})),
      {offline: true},
    );
    expect(throughFile(left, rowsOf(left)).offline).toBe(true);
  });

  it('is not written while logins are looked for', () => {
    const {providers, ...left} = fresh();
    const looking = providers.map((each, at) => (at === 3 ? {...each, discovered: false} : each));
    expect(rosterOf({...left, providers: looking}, () => null)).toBeNull();
  });
});
