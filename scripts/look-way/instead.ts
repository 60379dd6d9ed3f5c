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

/** It is read, and nothing is written. */
export const openLedger = ({directory}: {directory: string}): JudgingLedger => ({
  ...createMemoryLedger(),
  ...openLedgerReadOnly(directory),
  claim: usualWay,
  settle: usualWay,
  forgetHistory: usualWay,
});
