import type {AlertEvent} from '../../core/alerts/event.ts';
import type {AlertParts} from '../../core/alerts/memory.ts';
import type {LedgerRow} from '../../core/ledger.ts';
import type {SharedFile} from './shared-file.ts';

/** Alerts of a copy that gives them: what it settles itself, what it hears of others, and what quiet hours held. */
export type Listener = {
  settled(row: LedgerRow, events: readonly AlertEvent[]): void;
  heard(rows: readonly LedgerRow[], now: number): void;
  review(now: number): void;
};

export function listenFor(file: SharedFile, parts: AlertParts | undefined): Listener {
  if (parts === undefined) return {settled() {}, heard() {}, review() {}};
  // Each account as this copy knows it: what others wrote meanwhile is compared with that.
  const known = new Map<string, LedgerRow>();
  let hasBegun = false;

  function tell(events: readonly AlertEvent[]): void {
    if (events.length > 0) parts?.tell(events);
    parts?.changed();
  }
  const judge = (before: LedgerRow | null, row: LedgerRow, now: number): AlertEvent[] =>
    file.use(ledger => ledger.judge(before, row, now), []);

  return {
    settled(row, events) {
      known.set(row.key, row);
      tell(events);
    },
    heard(rows, now) {
      // What was read before this copy began is where it begins.
      const events = hasBegun ? rows.flatMap(row => judge(known.get(row.key) ?? null, row, now)) : [];
      for (const row of rows) known.set(row.key, row);
      if (rows.length > 0 || !hasBegun) tell(events);
      hasBegun = true;
    },
    review(now) {
      const held = file.use(ledger => ledger.held(), []);
      const rows = held.flatMap(key => file.use(ledger => ledger.row(key), null) ?? []);
      if (rows.length > 0) tell(rows.flatMap(row => judge(row, row, now)));
    },
  };
}
