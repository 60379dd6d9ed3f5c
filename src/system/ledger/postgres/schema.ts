import type {Connection} from './connection.ts';

/** The tables are of a version of this program that we do not know; they are left alone. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
  override readonly message = 'its tables were made by a newer version of this program';
}

/** There are no tables, or older ones, and this role may not make them. */
export class NoSchemaError extends Error {
  override readonly name = 'NoSchemaError';
  override readonly message = 'its tables are not there yet, and this role may not create them';
}

/**
 * The steps to today's tables, as in the file: one that was published is never changed. Times are epoch ms of the
 * database's clock, but for those that a service told.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE mystatus.account (
     key text PRIMARY KEY,
     provider text NOT NULL,
     label text NOT NULL,
     source text NOT NULL,
     fingerprint text NOT NULL,
     reading text,
     read_at float8,
     failure text,
     asked_at float8,
     due_at float8,
     failures float8 NOT NULL,
     forecasts text,
     forecast_at float8,
     machine text NOT NULL,
     writer text NOT NULL,
     touched_at timestamptz NOT NULL DEFAULT now(),
     version bigint NOT NULL
   );
   CREATE INDEX account_version ON mystatus.account (version);
   CREATE TABLE mystatus.claim (key text PRIMARY KEY, owner text NOT NULL, until timestamptz NOT NULL);
   CREATE TABLE mystatus.counter (id int PRIMARY KEY CHECK (id = 0), version bigint NOT NULL, compacted_at float8 NOT NULL);
   INSERT INTO mystatus.counter VALUES (0, 0, 0);
   CREATE TABLE mystatus.usage (
     account text NOT NULL REFERENCES mystatus.account ON DELETE CASCADE,
     window_id text NOT NULL,
     span int NOT NULL,
     at bigint NOT NULL,
     last int NOT NULL,
     peak int NOT NULL,
     added int NOT NULL,
     seen int NOT NULL,
     bridged boolean NOT NULL,
     PRIMARY KEY (account, window_id, span, at)
   );
   CREATE TABLE mystatus.turn (
     account text NOT NULL REFERENCES mystatus.account ON DELETE CASCADE,
     window_id text NOT NULL,
     at bigint NOT NULL,
     kind text NOT NULL,
     before int NOT NULL,
     after int NOT NULL,
     PRIMARY KEY (account, window_id, at)
   );
   CREATE TABLE mystatus.said (
     account text NOT NULL REFERENCES mystatus.account ON DELETE CASCADE,
     window_id text NOT NULL,
     cycle bigint NOT NULL,
     quarter int NOT NULL,
     p float8 NOT NULL,
     lo float8 NOT NULL,
     hi float8 NOT NULL,
     held boolean,
     PRIMARY KEY (account, window_id, cycle, quarter)
   );
   CREATE TABLE mystatus.alert (
     account text NOT NULL REFERENCES mystatus.account ON DELETE CASCADE,
     window_id text NOT NULL,
     rule text NOT NULL,
     cycle float8,
     state int NOT NULL,
     fired_at float8,
     seen float8,
     calm_since float8,
     stamp int NOT NULL,
     PRIMARY KEY (account, window_id, rule)
   );`,
];

// Any number that no other program is likely to lock by.
const lock = 7_227_462_311;

/** Brings the tables up to date; one connection at a time does. Throws the two errors above, and what the driver says. */
export async function migrate(db: Connection, steps: readonly string[] = migrations): Promise<void> {
  if ((await versionOf(db)) === steps.length) return;
  await db.query('BEGIN');
  try {
    await db.query(`SELECT pg_advisory_xact_lock(${lock})`);
    // Read again: another copy may have made the steps while this one waited for its turn.
    const version = await versionOf(db);
    if (version > steps.length) throw new NewerSchemaError();
    for (const [at, step] of steps.entries()) if (at >= version) await db.query(at === 0 ? beginning + step : step);
    await db.query('UPDATE mystatus.schema_version SET version = $1', [steps.length]);
    await db.query('COMMIT');
  } catch (error) {
    await db.query('ROLLBACK');
    throw isDenied(error) ? new NoSchemaError() : error;
  }
}

const beginning = `CREATE SCHEMA IF NOT EXISTS mystatus;
  CREATE TABLE mystatus.schema_version (version int NOT NULL);
  INSERT INTO mystatus.schema_version VALUES (0);`;

const isDenied = (error: unknown): boolean => ['42501', '25006'].includes(String((error as {code?: unknown}).code));

/** How many steps it has behind it; 0 where there is nothing. */
export async function versionOf(db: Connection): Promise<number> {
  // By the tables of the catalogue: a look-up by name may be answered from before the lock.
  const [found] = await db.query(
    `SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'mystatus' AND c.relname = 'schema_version'`,
  );
  if (found === undefined) return 0;
  const [row] = await db.query('SELECT version FROM mystatus.schema_version');
  return Number(row?.version ?? 0);
}

/** Whether this role may write, on a server that can be written. */
export async function mayWrite(db: Connection): Promise<boolean> {
  const [row] = await db.query(
    `SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'
       AND has_table_privilege('mystatus.account', 'INSERT') AND has_table_privilege('mystatus.account', 'UPDATE')
       AND has_table_privilege('mystatus.claim', 'INSERT') AND has_table_privilege('mystatus.claim', 'DELETE')
       AND has_table_privilege('mystatus.counter', 'UPDATE') AND has_table_privilege('mystatus.usage', 'INSERT')
       AS may`,
  );
  return row?.may === true;
}
