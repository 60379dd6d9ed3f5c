import type {DatabaseSync, SQLOutputValue} from 'node:sqlite';
import type {AlertEvent, GivenAlert} from '../../core/alerts/event.ts';
import type {Mark} from '../../core/alerts/mark.ts';
import type {Watcher} from '../../core/alerts/watcher.ts';
import type {LedgerRow, LocalLedger} from '../../core/ledger.ts';

/** The table of what alerts became of. Throws what SQLite throws. */

/** A ledger that also decides about alerts. */
export type JudgingLedger = Omit<LocalLedger, 'settle'> & {
  /** Events are for whoever settles: no other copy tells them. */
  settle(row: LedgerRow, now: number): AlertEvent[];
  /** As `settle`, of a row that another copy wrote. */
  judge(before: LedgerRow | null, row: LedgerRow, now: number): AlertEvent[];
  /** Accounts of which quiet hours hold an alert. */
  held(): string[];
  given(): GivenAlert[];
};

// In the order of the numbers that stand for them.
export const markStates = ['fired', 'armed', 'held'] as const satisfies Mark['state'][];
const mostGiven = 200;

export function alertsIn(db: DatabaseSync) {
  const sql = statements(db);
  return {
    /** In the transaction around it: of all copies that judge the same, the one that changes the mark tells the event. */
    judge(watcher: Watcher, before: LedgerRow | null, row: LedgerRow, now: number): AlertEvent[] {
      const marks = sql.marks.all(row.key).flatMap(record => markOf(record) ?? []);
      return watcher
        .judge(before, row, marks, now)
        .flatMap(({mark, event}) => (sql.keep.run(...columnsOf(row.key, mark)).changes === 1 && event ? [event] : []));
    },
    /** Accounts of which quiet hours hold an alert. */
    held: (): string[] => sql.held.all().map(({account}) => String(account)),
    given: (): GivenAlert[] => sql.given.all(mostGiven).map(givenOf),
  };
}

type Columns = Record<string, SQLOutputValue>;
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function markOf({window, rule, cycle, armed, fired_at, seen_value, calm_since}: Columns): Mark | null {
  const state = markStates[Number(armed)];
  if (state === undefined) return null;
  return {
    ...{window: String(window), rule: String(rule), state, cycle: numberOf(cycle)},
    ...{firedAt: numberOf(fired_at), seen: numberOf(seen_value), calmSince: numberOf(calm_since)},
  };
}

const givenOf = ({account, window, rule, fired_at, seen_value}: Columns): GivenAlert => ({
  ...{account: String(account), window: String(window), rule: String(rule)},
  ...{at: Number(fired_at), seen: numberOf(seen_value)},
});

const columnsOf = (account: string, {window, rule, cycle, state, firedAt, seen, calmSince}: Mark) =>
  [account, window, rule, cycle, markStates.indexOf(state), firedAt, seen, calmSince] as const;

function statements(db: DatabaseSync) {
  return {
    marks: db.prepare('SELECT * FROM alert WHERE account = ?'),
    keep: db.prepare(
      `INSERT INTO alert (account, window, rule, cycle, armed, fired_at, seen_value, calm_since)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (account, window, rule) DO UPDATE SET
         cycle = excluded.cycle, armed = excluded.armed, fired_at = excluded.fired_at,
         seen_value = excluded.seen_value, calm_since = excluded.calm_since
       WHERE (alert.armed, alert.fired_at) IS NOT (excluded.armed, excluded.fired_at)
         OR (alert.cycle, alert.seen_value, alert.calm_since)
           IS NOT (excluded.cycle, excluded.seen_value, excluded.calm_since)`,
    ),
    held: db.prepare('SELECT DISTINCT account FROM alert WHERE armed = 2'),
    given: db.prepare(
      `SELECT account, window, rule, fired_at, seen_value FROM alert
       WHERE fired_at IS NOT NULL AND armed <> 2 ORDER BY fired_at DESC LIMIT ?`,
    ),
  };
}
