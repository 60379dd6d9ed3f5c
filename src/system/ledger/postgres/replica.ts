import type {ElsewhereRow, LedgerRow} from '../../../core/ledger.ts';
import type {Entry} from './database.ts';

/** What this copy knows of the database, by its own clock: whoever reads need not wait. */

type Known = Entry & {
  /** Counts what others wrote; 0 for what this copy wrote itself. */
  heard: number;
};
export type Replica = ReturnType<typeof createReplica>;

/** Machines that are gone leave accounts behind: what was not read for so long is shown by nobody else. */
const shownForMs = 7 * 86_400_000;

const unknown = {version: 0, made: [], forecastAt: null, marks: [], tops: {}};

export function createReplica(machine: string) {
  const entries = new Map<string, Known>();
  let latest = 0;
  return {
    get: (key: string): Entry | undefined => entries.get(key),
    /** An entry as it came from the database; `isNews`: its row is one that another copy wrote. */
    put(entry: Entry, isNews: boolean): void {
      if (isNews) latest += 1;
      entries.set(entry.row.key, {...entry, heard: isNews ? latest : (entries.get(entry.row.key)?.heard ?? 0)});
    },
    /** A row that the database has not, or not yet. */
    putRow(row: LedgerRow, isNews: boolean): void {
      this.put({...unknown, ...entries.get(row.key), row, machine}, isNews);
    },
    rows: (): LedgerRow[] => [...entries.values()].map(({row}) => row),
    all: (): Entry[] => [...entries.values()],
    changes: (version: number): {version: number; rows: LedgerRow[]} => ({
      version: latest,
      rows: [...entries.values()].flatMap(({row, heard}) => (heard > version ? [row] : [])),
    }),
    elsewhere: (now: number): ElsewhereRow[] =>
      [...entries.values()]
        .filter(each => each.machine !== machine && now - attemptOf(each.row) < shownForMs)
        .map(each => ({...each.row, machine: each.machine}))
        .sort((one, other) => (one.key < other.key ? -1 : 1)),
  };
}

/** When something was last learned of an account; figures may also come without a request. */
export const attemptOf = ({lastAttemptAt, readAt, reading}: LedgerRow): number =>
  Math.max(lastAttemptAt ?? 0, readAt ?? 0, ...(reading?.windows ?? []).map(each => each.readAt ?? 0));

// The clocks of two machines differ, and so does one clock from one look to the next.
const sameMs = 2000;

export const isLater = (row: LedgerRow, known: LedgerRow | undefined): boolean =>
  known === undefined || attemptOf(row) - attemptOf(known) > sameMs;

export const isSameRead = (one: LedgerRow, other: LedgerRow): boolean =>
  one.lastAttemptAt === other.lastAttemptAt &&
  one.fingerprint === other.fingerprint &&
  one.dueAt === other.dueAt &&
  JSON.stringify(one.reading) === JSON.stringify(other.reading);
