import type {Mark} from '../../../core/alerts/mark.ts';
import type {MadeForecast} from '../../../core/foresight/made.ts';
import type {LedgerRow} from '../../../core/ledger.ts';

/** Times by another clock: those of a machine's own doings. What a service told (resets) is of no machine's clock. Pure. */

const moved = (at: number | null, ms: number): number | null => (at === null ? null : at + ms);

export function rowMoved(row: LedgerRow, ms: number): LedgerRow {
  if (ms === 0) return row;
  const {reading, failure} = row;
  return {
    ...row,
    readAt: moved(row.readAt, ms),
    lastAttemptAt: moved(row.lastAttemptAt, ms),
    // 0 means due since ever.
    dueAt: row.dueAt === 0 ? 0 : moved(row.dueAt, ms),
    failure: failure && {...failure, retryAt: moved(failure.retryAt, ms)},
    reading: reading && {
      ...reading,
      windows: reading.windows.map(each => (each.readAt === undefined ? each : {...each, readAt: each.readAt + ms})),
    },
  };
}

export const markMoved = (mark: Mark, ms: number): Mark =>
  ms === 0 ? mark : {...mark, firedAt: moved(mark.firedAt, ms), calmSince: moved(mark.calmSince, ms)};

export const madeMoved = (made: readonly MadeForecast[], ms: number): MadeForecast[] =>
  made.map(each => ({...each, madeAt: each.madeAt + ms}));

// Clocks that are kept right differ by less; nobody sees so much.
const sameMs = 2000;

/** What is added to this machine's time to get the database's: whole seconds, and none where both are right. */
export const offsetBetween = (database: number, here: number): number =>
  Math.abs(database - here) < sameMs ? 0 : Math.round((database - here) / 1000) * 1000;
