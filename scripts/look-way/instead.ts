/** What stands for the modules that have no part in a look for logins. */
import {usualWay} from '../../src/commands/quick/usual-way.ts';
import type {Keychain} from '../../src/system/credentials/keychain.ts';
import type {JudgingLedger} from '../../src/system/ledger/alerts.ts';
import {createMemoryLedger} from '../../src/system/ledger/memory.ts';
import {openLedgerReadOnly} from '../../src/system/ledger/read-only.ts';

export {createMemoryLedger} from '../../src/system/ledger/memory.ts';

export const createWire = usualWay;
export const openFleetLedger = usualWay;
export const networkOf = usualWay;
export const watchPlaces = usualWay;
export const watchSettings = usualWay;
export const forgetHistoryIn = usualWay;
export const keychainService = '';
export const createKeychain = (): Keychain => ({read: usualWay, write: usualWay, remove: usualWay});

/** It is read, all rows at once, and nothing is written. */
export const openLedger = ({directory}: {directory: string}): JudgingLedger => {
  const ledger = openLedgerReadOnly(directory);
  const rows = ledger.rows();
  const byKey = new Map(rows.map(row => [row.key, row]));
  return {
    ...createMemoryLedger(),
    ...ledger,
    rows: () => rows,
    row: key => byKey.get(key) ?? null,
    claim: usualWay,
    settle: usualWay,
    forgetHistory: usualWay,
  };
};
