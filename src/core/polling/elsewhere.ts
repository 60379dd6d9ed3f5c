import type {ElsewhereRow} from '../ledger.ts';
import type {AccountState, MonitorState} from '../model.ts';
import {settled} from './monitor-state.ts';

/** Accounts that only other machines have a login for: they are shown as those machines read them. Pure. */

/** With these and no others; an account that was found here stays what it is. */
export function withElsewhere(
  state: MonitorState,
  rows: readonly ElsewhereRow[],
  hidden: readonly string[],
): MonitorState {
  const discovered = new Set(state.providers.filter(each => each.discovered).map(({id}) => id));
  const here = Object.values(state.accounts).filter(({machine}) => machine === undefined);
  const found = new Set(here.map(({key}) => key));
  const shown = rows.filter(({key, provider}) => discovered.has(provider) && !found.has(key) && !hidden.includes(key));
  if (shown.length === 0 && here.length === Object.keys(state.accounts).length) return state;
  const theirs = shown.map(row => accountOf(row, state.accounts[row.key]));
  const accounts = Object.fromEntries([...here, ...theirs].map(account => [account.key, account]));
  return settled(state, {...state, accounts});
}

/** The old object when nothing changed, so that nobody re-renders. */
function accountOf(row: ElsewhereRow, before: AccountState | undefined): AccountState {
  const {said: _, made: __, ...read} = row;
  const label = `${row.reading?.label ?? row.label} @ ${row.machine}`;
  const next = {...read, label, expiresAt: null, refreshing: false, dueAt: null};
  const keys = Object.keys(next) as (keyof typeof next)[];
  const isSame = keys.every(key => JSON.stringify(before?.[key]) === JSON.stringify(next[key]));
  return before !== undefined && isSame ? before : next;
}
