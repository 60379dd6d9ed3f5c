import type {Ledger, LedgerRow} from './ledger.ts';

/** A ledger without a file: this copy remembers for itself and shares nothing. For `--demo`, and when no file can be had. */
export function createAloneLedger(): Ledger {
  const rows = new Map<string, LedgerRow>();
  return {
    rows: () => [...rows.values()],
    changes: version => ({version, rows: []}),
    claim: () => true,
    row: key => rows.get(key) ?? null,
    settle: row => void rows.set(row.key, row),
    release() {},
    close() {},
  };
}
