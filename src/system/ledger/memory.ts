import type {Ledger, LedgerRow} from '../../core/ledger.ts';

/** A ledger that no other process sees: for a machine where no file can be kept, and where none should be. */
export function createMemoryLedger(): Ledger {
  const rows = new Map<string, LedgerRow>();
  return {
    rows: () => [...rows.values()],
    row: key => rows.get(key) ?? null,
    changes: version => ({version, rows: []}),
    claim: () => true,
    release() {},
    settle: row => void rows.set(row.key, row),
    history: () => [],
    usageOf: () => [],
    recordOf: () => null,
    forgetHistory() {},
    close() {},
  };
}
