import type {Mark} from '../../../core/alerts/mark.ts';
import type {MadeForecast} from '../../../core/foresight/made.ts';
import type {LedgerRow} from '../../../core/ledger.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {markStates} from '../alerts.ts';
import {decodeForecasts, madeColumns} from '../forecasts.ts';
import {columnsOf, decodeAll, rowColumns} from '../row.ts';
import type {Connection, Row, Value} from './connection.ts';
import type {Recorded} from './past.ts';

/** Accounts, claims and marks in the database, by its clock. Rejects with what the driver says. */

/** A mark with the number of its changes: who changes it says which it saw. */
export type Stamped = {mark: Mark; stamp: number};

/** An account as it stands there. */
export type Entry = {
  row: LedgerRow;
  machine: string;
  version: number;
  made: MadeForecast[];
  forecastAt: number | null;
  marks: Stamped[];
  /** By window: the use at the end of the quarter hour of its reading. */
  tops: Readonly<Record<string, number>>;
};

export type Written = {
  row: LedgerRow;
  /** Of the entry that it follows; null where there is none. */
  version: number | null;
  recorded: Recorded;
  keepsHistory: boolean;
};

export function databaseOn(db: Connection, {owner, machine}: {owner: string; machine: string}) {
  return {
    async claim(key: string, forMs: number): Promise<boolean> {
      return (await db.query(sql.claim, [key, owner, forMs])).length === 1;
    },
    release: (key: string) => db.query('DELETE FROM mystatus.claim WHERE key = $1 AND owner = $2', [key, owner]),
    releaseAll: () => db.query('DELETE FROM mystatus.claim WHERE owner = $1', [owner]),
    async entry(key: string): Promise<Entry | null> {
      const [row] = await db.query(`${sql.entries} WHERE a.key = $1`, [key]);
      return row === undefined ? null : entryOf(row);
    },
    /** Those written since a version, the oldest first. */
    async since(version: number): Promise<Entry[]> {
      const rows = await db.query(`${sql.entries} WHERE a.version > $1 ORDER BY a.version`, [version]);
      return rows.flatMap(row => entryOf(row) ?? []);
    },
    /** Writes an account, what it adds to the history, and gives its claim back. Null: another one came in between. */
    async write({row, version, recorded, keepsHistory}: Written): Promise<number | null> {
      const at = row.lastAttemptAt ?? row.readAt ?? 0;
      const forecasts = madeColumns(keepsHistory ? row.made : [], at);
      const values = [...columnsOf(row).map(withoutNul), ...forecasts, machine, owner, version];
      const {usage, turns, said} = recorded;
      const [written] = await db.query(sql.write, [
        ...values,
        ...[usage, turns, said].map(each => JSON.stringify(each)),
      ]);
      return written === undefined ? null : Number(written.version);
    },
    /** Those that nobody changed meanwhile, by `window rule`. */
    async keepMarks(key: string, marks: readonly Stamped[]): Promise<Set<string>> {
      const wanted = JSON.stringify(marks.map(columnsOfMark));
      const kept = await db.query(sql.keepMarks, [key, wanted, owner]);
      return new Set(kept.map(({window_id, rule}) => `${window_id} ${rule}`));
    },
    async keepForecasts(key: string, made: readonly MadeForecast[], at: number): Promise<void> {
      const [json] = madeColumns(made, at);
      if (json !== null) await db.query(sql.keepForecasts, [key, json, at]);
    },
    /** The time there, and the version of the latest change. */
    async look(): Promise<{now: number; version: number}> {
      const [row] = await db.query(
        'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now, version FROM mystatus.counter',
      );
      return {now: Number(row?.now), version: Number(row?.version)};
    },
  };
}

export type Database = ReturnType<typeof databaseOn>;

// A text of PostgreSQL cannot hold it, and nobody could see it.
const withoutNul = (value: Value): Value => (typeof value === 'string' ? value.replaceAll('\0', '') : value);

const anyKey = /^[\w.-]+:[\w.-]+$/;

/** Anybody who may write there may have written it: null for what is no account, and nothing moves a cursor. */
function entryOf(record: Row): Entry | null {
  const [row] = decodeAll([record]);
  if (row === undefined || !anyKey.test(row.key)) return null;
  const {label, source} = row;
  return {
    row: {...row, label: sanitize(label, 200), source: sanitize(source, 200)},
    machine: sanitize(String(record.machine), 40),
    version: Number(record.version),
    made: decodeForecasts(record.forecasts),
    forecastAt: record.forecast_at,
    marks: (record.marks ?? []).flatMap((values: MarkValues) => markOf(values) ?? []),
    tops: record.tops ?? {},
  };
}

type Maybe = number | null;
type MarkValues = [string, string, number, Maybe, Maybe, Maybe, Maybe, number];

function markOf([window, rule, state, cycle, firedAt, seen, calmSince, stamp]: MarkValues): Stamped | null {
  const name = markStates[state];
  if (name === undefined) return null;
  return {mark: {window, rule, state: name, cycle, firedAt, seen, calmSince}, stamp};
}

const columnsOfMark = ({mark: {window, rule, state, cycle, firedAt, seen, calmSince}, stamp}: Stamped) => ({
  ...{window_id: window, rule, state: markStates.indexOf(state), cycle, fired_at: firedAt, seen},
  ...{calm_since: calmSince, stamp},
});

const columns = rowColumns.split(', ').concat('forecasts', 'forecast_at', 'machine', 'writer');
const types: Record<string, string> = {
  ...{read_at: 'float8', asked_at: 'float8', due_at: 'float8', failures: 'float8', forecast_at: 'float8'},
};
const parameters = columns.map((name, at) => `$${at + 1}::${types[name] ?? 'text'}`);
const replaced = columns.map(name =>
  name.startsWith('forecast') ? `${name} = coalesce(excluded.${name}, a.${name})` : `${name} = excluded.${name}`,
);
const next = columns.length + 1;

export const addUsage = `ON CONFLICT (account, window_id, span, at) DO UPDATE SET
  last = excluded.last, peak = greatest(u.peak, excluded.peak), added = u.added + excluded.added,
  seen = least(u.span, u.seen + excluded.seen), bridged = u.bridged AND excluded.bridged`;

const sql = {
  claim: `INSERT INTO mystatus.claim AS c (key, owner, until)
    VALUES ($1, $2, clock_timestamp() + $3::float8 * interval '1 millisecond')
    ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, until = excluded.until
    WHERE c.owner = excluded.owner OR c.until <= clock_timestamp()
    RETURNING key`,
  entries: `SELECT ${rowColumns}, forecasts, forecast_at, machine, version,
      (SELECT json_agg(json_build_array(window_id, rule, state, cycle, fired_at, seen, calm_since, stamp))
        FROM mystatus.alert m WHERE m.account = a.key) AS marks,
      (SELECT json_object_agg(window_id, last) FROM mystatus.usage u
        WHERE u.account = a.key AND span = 900 AND at = (floor((a.read_at - 1) / 900000) * 900)::bigint) AS tops
    FROM mystatus.account a`,
  // The counter first: whoever waits for it commits later, so that no version appears after a higher one.
  write: `WITH bump AS (UPDATE mystatus.counter SET version = version + 1 RETURNING version),
    written AS (
      INSERT INTO mystatus.account AS a (${columns.join(', ')}, version)
      SELECT ${parameters.join(', ')}, bump.version FROM bump
      ON CONFLICT (key) DO UPDATE SET ${replaced.join(', ')}, version = excluded.version, touched_at = now()
      WHERE a.version = $${next}::bigint
      RETURNING key, version
    ),
    released AS (DELETE FROM mystatus.claim c USING written WHERE c.key = written.key AND c.owner = $${next - 1}),
    used AS (
      INSERT INTO mystatus.usage AS u (account, window_id, span, at, last, peak, added, seen, bridged)
      SELECT key, n.* FROM written, jsonb_to_recordset($${next + 1}::jsonb)
        AS n(window_id text, span int, at bigint, last int, peak int, added int, seen int, bridged boolean)
      ${addUsage}
    ),
    turned AS (
      INSERT INTO mystatus.turn AS t (account, window_id, at, kind, before, after)
      SELECT key, n.* FROM written, jsonb_to_recordset($${next + 2}::jsonb)
        AS n(window_id text, at bigint, kind text, before int, after int)
      ON CONFLICT (account, window_id, at) DO UPDATE SET
        kind = excluded.kind, before = excluded.before, after = excluded.after
    ),
    said AS (
      INSERT INTO mystatus.said (account, window_id, cycle, quarter, p, lo, hi)
      SELECT key, n.* FROM written, jsonb_to_recordset($${next + 3}::jsonb)
        AS n(window_id text, cycle bigint, quarter int, p float8, lo float8, hi float8)
      WHERE NOT EXISTS (SELECT 1 FROM mystatus.said s WHERE s.account = key AND s.window_id = n.window_id
        AND s.quarter = n.quarter AND s.held IS NULL)
      ON CONFLICT DO NOTHING
    )
    SELECT version, pg_notify('mystatus', $${next - 1})::text FROM written`,
  keepMarks: `WITH kept AS (
      INSERT INTO mystatus.alert AS m (account, window_id, rule, cycle, state, fired_at, seen, calm_since, stamp)
      SELECT $1::text, window_id, rule, cycle, state, fired_at, seen, calm_since, stamp + 1
      FROM jsonb_to_recordset($2::jsonb) AS n(window_id text, rule text, cycle float8, state int, fired_at float8,
        seen float8, calm_since float8, stamp int)
      WHERE EXISTS (SELECT 1 FROM mystatus.account WHERE key = $1)
      ON CONFLICT (account, window_id, rule) DO UPDATE SET
        cycle = excluded.cycle, state = excluded.state, fired_at = excluded.fired_at, seen = excluded.seen,
        calm_since = excluded.calm_since, stamp = excluded.stamp
      WHERE m.stamp = excluded.stamp - 1
      RETURNING window_id, rule
    ),
    bump AS (UPDATE mystatus.counter SET version = version + 1 WHERE EXISTS (SELECT 1 FROM kept) RETURNING version),
    told AS (UPDATE mystatus.account a SET version = bump.version FROM bump WHERE a.key = $1)
    SELECT window_id, rule, pg_notify('mystatus', $3)::text FROM kept`,
  keepForecasts: `UPDATE mystatus.account SET forecasts = $2, forecast_at = $3::float8
    WHERE key = $1 AND (forecast_at IS NULL OR forecast_at > $3::float8 OR forecast_at <= $3::float8 - 240000)`,
};
