import type {DatabaseSync} from 'node:sqlite';

/** The file was written by a version of this program that we do not know; it is left alone. */
export class NewerLedgerError extends Error {
  override readonly name = 'NewerLedgerError';
}

/** Older rows go first. A person has a handful of accounts; this many is somebody's test. */
export const mostRows = 2_000;
/** Windows whose history is kept; the longest untouched goes with all of it. They take 20 MB at most. */
export const mostSeries = 200;
/** Resets and changed plans of one window. */
const mostTurns = 200;
/** What was forecast of one window, and whether it came true. */
const mostChecks = 60;
/** What became of the alerts of all windows; the longest silent goes first. */
export const mostAlerts = 4_000;
const day = 24 * 60 * 60 * 1000;
const longestUntouchedMs = 90 * day;

/**
 * The steps from an empty file to today's tables; `user_version` counts the steps that were made. A step that was
 * published is never changed: a new one follows it.
 *
 * Times are epoch ms. They are REAL because a number too large for JavaScript would make the whole query throw.
 * The counter starts at the time of creation, so that it also grows when a new file takes the place of an old one.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE account (
     key TEXT PRIMARY KEY NOT NULL,
     provider TEXT NOT NULL,
     label TEXT NOT NULL,
     source TEXT NOT NULL,
     fingerprint TEXT NOT NULL,
     reading TEXT,
     read_at REAL,
     failure TEXT,
     asked_at REAL,
     due_at REAL,
     failures REAL NOT NULL,
     touched_at REAL NOT NULL,
     version REAL NOT NULL,
     writer TEXT NOT NULL
   ) STRICT;
   CREATE INDEX account_version ON account (version);
   CREATE INDEX account_touched ON account (touched_at);
   CREATE TRIGGER account_bound AFTER INSERT ON account WHEN (SELECT count(*) FROM account) > ${mostRows}
   BEGIN
     DELETE FROM account WHERE key IN (SELECT key FROM account WHERE key <> NEW.key ORDER BY touched_at LIMIT 1);
   END;
   CREATE TABLE claim (key TEXT PRIMARY KEY NOT NULL, owner TEXT NOT NULL, until REAL NOT NULL) STRICT;
   CREATE TABLE counter (id INTEGER PRIMARY KEY CHECK (id = 0), version REAL NOT NULL) STRICT;
   INSERT INTO counter (id, version) VALUES (0, CAST(unixepoch('subsec') * 1000 AS INTEGER));`,
  // Two indexes served a table of a handful of rows and cost half of the pages that a poll writes.
  `DROP INDEX account_version;
   DROP INDEX account_touched;
   DROP TABLE claim;
   CREATE TABLE claim (key TEXT PRIMARY KEY NOT NULL, owner TEXT NOT NULL, until REAL NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE series (
     id INTEGER PRIMARY KEY,
     account TEXT NOT NULL,
     window TEXT NOT NULL,
     touched_at REAL NOT NULL,
     UNIQUE (account, window)
   ) STRICT;
   CREATE TABLE usage (
     span INTEGER NOT NULL,
     at INTEGER NOT NULL,
     series INTEGER NOT NULL,
     last INTEGER NOT NULL,
     peak INTEGER NOT NULL,
     added INTEGER NOT NULL,
     seen INTEGER NOT NULL,
     bridged INTEGER NOT NULL,
     PRIMARY KEY (span, at, series)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE turn (
     series INTEGER NOT NULL,
     at INTEGER NOT NULL,
     kind TEXT NOT NULL,
     before INTEGER NOT NULL,
     after INTEGER NOT NULL,
     PRIMARY KEY (series, at)
   ) STRICT, WITHOUT ROWID;
   CREATE TRIGGER series_bound AFTER INSERT ON series WHEN (SELECT count(*) FROM series) > ${mostSeries}
   BEGIN
     DELETE FROM series WHERE id IN (SELECT id FROM series WHERE id <> NEW.id ORDER BY touched_at LIMIT 1);
   END;
   CREATE TRIGGER series_forgotten AFTER DELETE ON series
   BEGIN
     DELETE FROM usage WHERE series = OLD.id;
     DELETE FROM turn WHERE series = OLD.id;
   END;
   CREATE TRIGGER account_forgotten AFTER DELETE ON account
   BEGIN
     DELETE FROM series WHERE account = OLD.key;
   END;
   CREATE TRIGGER turn_bound AFTER INSERT ON turn
     WHEN (SELECT count(*) FROM turn WHERE series = NEW.series) > ${mostTurns}
   BEGIN
     DELETE FROM turn WHERE series = NEW.series AND at = (SELECT min(at) FROM turn WHERE series = NEW.series);
   END;`,
  // `cycle` is the reset of the window that was spoken of (seconds in `check`, as in `usage`). `held` is NULL until that window is over. `armed` is 0 after
  // the alert, 1 before it, 2 while quiet hours hold it.
  `CREATE TABLE "check" (
     series INTEGER NOT NULL,
     cycle INTEGER NOT NULL,
     at INTEGER NOT NULL,
     p REAL NOT NULL,
     lo REAL NOT NULL,
     hi REAL NOT NULL,
     held INTEGER,
     PRIMARY KEY (series, cycle, at)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE alert (
     account TEXT NOT NULL,
     window TEXT NOT NULL,
     rule TEXT NOT NULL,
     cycle REAL,
     armed INTEGER NOT NULL,
     fired_at REAL,
     seen_value REAL,
     calm_since REAL,
     PRIMARY KEY (account, window, rule)
   ) STRICT, WITHOUT ROWID;
   CREATE TRIGGER check_bound AFTER INSERT ON "check"
     WHEN (SELECT count(*) FROM "check" WHERE series = NEW.series) > ${mostChecks}
   BEGIN
     DELETE FROM "check" WHERE (series, cycle, at) IN (
       SELECT series, cycle, at FROM "check" WHERE series = NEW.series ORDER BY cycle, at LIMIT 1
     );
   END;
   CREATE TRIGGER check_forgotten AFTER DELETE ON series
   BEGIN
     DELETE FROM "check" WHERE series = OLD.id;
   END;
   CREATE TRIGGER alert_bound AFTER INSERT ON alert WHEN (SELECT count(*) FROM alert) > ${mostAlerts}
   BEGIN
     DELETE FROM alert WHERE (account, window, rule) IN (
       SELECT account, window, rule FROM alert
       WHERE (account, window, rule) <> (NEW.account, NEW.window, NEW.rule)
       ORDER BY coalesce(fired_at, 0) LIMIT 1
     );
   END;
   CREATE TRIGGER alert_forgotten AFTER DELETE ON account
   BEGIN
     DELETE FROM alert WHERE account = OLD.key;
   END;`,
  // What was last forecast of an account's windows, as JSON, and when: in its row, whose page a reading writes in any case.
  `ALTER TABLE account ADD COLUMN forecasts TEXT;
   ALTER TABLE account ADD COLUMN forecast_at REAL;`,
];

/** Brings the tables up to date. Throws `NewerLedgerError` for a file of a later version, and what SQLite throws. */
export function migrate(db: DatabaseSync, steps: readonly string[] = migrations): void {
  if (versionOf(db) === steps.length) return;
  transaction(db, () => {
    // Read again: another copy may have made the steps while this one waited for its turn.
    const version = versionOf(db);
    if (version > steps.length) throw new NewerLedgerError('it was written by a newer version of this program');
    if (version === steps.length) return;
    for (const step of steps.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${steps.length}`);
  });
}

/** How many steps the file has behind it. */
export function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}

/** Forgets accounts that nobody touched for 90 days, and claims that ended. Writes only when there is something. */
export function prune(db: DatabaseSync, now: number): void {
  const oldest = now - longestUntouchedMs;
  const old = db.prepare('SELECT 1 FROM account WHERE touched_at < ? LIMIT 1').get(oldest);
  const ended = db.prepare('SELECT 1 FROM claim WHERE until < ? LIMIT 1').get(now);
  if (old) db.prepare('DELETE FROM account WHERE touched_at < ?').run(oldest);
  if (ended) db.prepare('DELETE FROM claim WHERE until < ?').run(now);
}

/** All or nothing. The write lock is taken at the start: a transaction that reads first may fail to become a writer. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    try {
      db.exec('ROLLBACK');
    } catch {
      // Some errors have rolled back by themselves.
    }
    throw error;
  }
}
