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
  // Each account as this copy knows it: what others write is compared with that. It begins with what is there.
  const known = new Map(file.use<LedgerRow[]>(ledger => ledger.rows(), []).map(row => [row.key, row]));

  function tell(events: readonly AlertEvent[]): void {
    if (events.length > 0) parts?.tell(events);
    parts?.changed();
  }
  const judge = (before: LedgerRow | null, row: LedgerRow, now: number): AlertEvent[] | null =>
    file.use<AlertEvent[] | null>(ledger => ledger.judge(before, row, now), null);

  function hear(row: LedgerRow, now: number): AlertEvent[] {
    const events = judge(known.get(row.key) ?? null, row, now);
    // The file was busy: what happened since is seen in the next row.
    if (events !== null) known.set(row.key, row);
    return events ?? [];
  }

  return {
    settled(row, events) {
      known.set(row.key, row);
      tell(events);
    },
    heard(rows, now) {
      const news = rows.filter(row => isNews(row, known.get(row.key)));
      if (news.length > 0) tell(news.flatMap(row => hear(row, now)));
    },
    review(now) {
      const held = file.use(ledger => ledger.held(), []);
      const rows = held.flatMap(key => file.use(ledger => ledger.row(key), null) ?? []);
      if (rows.length > 0) tell(rows.flatMap(row => judge(row, row, now) ?? []));
    },
  };
}

const isNews = (row: LedgerRow, known: LedgerRow | undefined): boolean => JSON.stringify(row) !== JSON.stringify(known);
