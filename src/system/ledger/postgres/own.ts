import type {AlertMemory, AlertParts} from '../../../core/alerts/memory.ts';
import type {Watcher} from '../../../core/alerts/watcher.ts';
import type {LedgerRow, LocalLedger} from '../../../core/ledger.ts';
import type {Entry} from './database.ts';
import {isSameRead} from './replica.ts';

/** This machine's own file beside the database: what stands in for it, and is kept up to date for that. */

export type OwnLedger = LocalLedger & AlertMemory;
export type OpenOwn = (alerts: AlertParts | undefined) => OwnLedger;

export function openOwn(open: OpenOwn, alerts: AlertParts | undefined, isAlone: () => boolean) {
  let copied: Entry | null = null;
  const claimed = new Set<string>();

  /** Alone it decides about alerts; otherwise it takes over what the fleet decided. */
  const watcher: Watcher = {
    judge(before, row, marks, now) {
      if (copied !== null) return copied.marks.map(({mark}) => ({mark, event: null}));
      return isAlone() ? (alerts?.watcher.judge(before, row, marks, now) ?? []) : [];
    },
  };
  const ledger = open(alerts === undefined ? undefined : {...alerts, watcher});
  return {
    ledger,
    claim(key: string, now: number, until: number): boolean {
      claimed.add(key);
      return ledger.claim(key, now, until);
    },
    /** Only what was ever refreshed here: other machines' accounts are theirs. */
    copy(entry: Entry, row: LedgerRow, now: number): void {
      const known = ledger.row(row.key);
      if (known === null ? !claimed.has(row.key) : isSameRead(known, row)) return;
      copied = entry;
      ledger.settle(row, now);
      copied = null;
    },
  };
}

export type Own = ReturnType<typeof openOwn>;
