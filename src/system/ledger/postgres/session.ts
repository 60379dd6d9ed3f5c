import type {MadeForecast} from '../../../core/foresight/made.ts';
import type {LedgerRow} from '../../../core/ledger.ts';
import {columnsOf} from '../row.ts';
import type {Connection} from './connection.ts';
import {type Database, databaseOn, type Entry} from './database.ts';
import {nothing, type Past, pastOn, recordedIn} from './past.ts';
import {attemptOf} from './replica.ts';
import {madeMoved, markMoved, offsetBetween, rowMoved} from './times.ts';
import {compact} from './upkeep.ts';

/** One stay at the database: what is read and written there, in this machine's time. Rejects with what the driver says. */

export type Session = {
  /** False: this role, or this server, may only be read. */
  mayWrite: boolean;
  database: Database;
  past: Past;
  /** Milliseconds between this machine's clock and the database's. */
  offset(): number;
  entry(key: string): Promise<Entry | null>;
  /** What was written since the last call, by whomever. */
  news(): Promise<Entry[]>;
  all(): Promise<Entry[]>;
  keepForecasts(account: string, made: readonly MadeForecast[], at: number): Promise<void>;
  /** Looks at the clock there; true when something was written since the last `news`. */
  look(): Promise<boolean>;
  /** Writes a row, unless a later one is there: then that is what comes back, and `isOurs` is false. */
  send(row: LedgerRow, options: SendOptions): Promise<Sent>;
  compact(): Promise<void>;
};

export type SendOptions = {
  keepsHistory: boolean;
  /** As it stood when the claim was granted; left out where nobody looked. */
  claimed?: Entry | null | undefined;
  /** Before it is written, when there is something before it. */
  first?(before: Entry): Promise<void>;
};
/** `before`: what it follows. */
export type Sent = {isOurs: boolean; entry: Entry; before: LedgerRow | null};

export type SessionParts = {
  owner: string;
  machine: string;
  now(): number;
  /** Tests on a clock of their own take none. */
  offsetOf?: typeof offsetBetween | undefined;
};

const hourMs = 3_600_000;
// Another copy that wrote the same account at the same time is rare; twice in a row is somebody's test.
const mostTries = 5;

export function sessionOn(db: Connection, mayWrite: boolean, parts: SessionParts): Session {
  const {now, offsetOf = offsetBetween} = parts;
  const database = databaseOn(db, parts);
  const past = pastOn(db);
  let offset = 0;
  let seen = 0;
  let compactedAt = Number.NEGATIVE_INFINITY;

  const here = (entry: Entry): Entry => entryMoved(entry, -offset);

  async function entry(key: string): Promise<Entry | null> {
    const found = await database.entry(key);
    return found === null ? null : here(found);
  }

  async function write(row: LedgerRow, before: Entry | null, keepsHistory: boolean): Promise<Entry | null> {
    const there = rowMoved({...row, ...(row.made && {made: madeMoved(row.made, offset)})}, offset);
    const old = before === null ? null : rowMoved(before.row, offset);
    const recorded = keepsHistory ? recordedIn(old, there, before?.tops ?? {}) : nothing;
    await past.judge(row.key, recorded.ended);
    const version = await database.write({row: there, version: before?.version ?? null, recorded, keepsHistory});
    if (version === null) return null;
    // Nothing was written in between: there is nothing to hear of.
    if (version === seen + 1) seen = version;
    const made = keepsHistory && row.made?.length ? [...row.made] : (before?.made ?? []);
    const {said: _, made: __, ...bare} = row;
    return {...parts, row: bare, version, made, forecastAt: now(), marks: before?.marks ?? [], tops: {}};
  }

  return {
    mayWrite,
    database,
    past,
    offset: () => offset,
    entry,
    async news() {
      const entries = await database.since(seen);
      seen = Math.max(seen, ...entries.map(({version}) => version));
      return entries.map(here);
    },
    all: async () => (await database.since(-1)).map(here),
    keepForecasts: (account, made, at) => database.keepForecasts(account, madeMoved(made, offset), at + offset),
    async look() {
      const asked = now();
      const there = await database.look();
      offset = offsetOf(there.now, (asked + now()) / 2);
      return there.version > seen;
    },
    async send(row, {keepsHistory, claimed, first}) {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const before = tries === 0 && claimed !== undefined ? claimed : await entry(row.key);
        if (before !== null && !isLater(row, before.row)) return {isOurs: false, entry: before, before: null};
        if (before !== null) await first?.(before);
        const written = await write(row, before, keepsHistory);
        if (written !== null) return {isOurs: true, entry: written, before: before?.row ?? null};
      }
      throw Object.assign(new Error('another copy always came first'), {code: '40001'});
    },
    async compact() {
      if (now() - compactedAt < hourMs) return;
      compactedAt = now();
      await compact(db, now() + offset);
    },
  };
}

/** The same told again is not. */
function isLater(row: LedgerRow, before: LedgerRow): boolean {
  const [ours, theirs] = [attemptOf(row), attemptOf(before)];
  return ours > theirs || (ours === theirs && JSON.stringify(columnsOf(row)) !== JSON.stringify(columnsOf(before)));
}

const entryMoved = (entry: Entry, ms: number): Entry => ({
  ...entry,
  row: rowMoved(entry.row, ms),
  made: madeMoved(entry.made, ms),
  forecastAt: entry.forecastAt === null ? null : entry.forecastAt + ms,
  marks: entry.marks.map(({mark, stamp}) => ({mark: markMoved(mark, ms), stamp})),
});
