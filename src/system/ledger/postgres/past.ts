import type {TrackRecord} from '../../../core/foresight/outlook.ts';
import {recordedBy, type Turn, type Usage} from '../../../core/foresight/usage.ts';
import type {LedgerRow, SeriesHistory} from '../../../core/ledger.ts';
import type {Connection, Row} from './connection.ts';

/** How limits were used, as the database has it. Rejects with what the driver says. */

type Of<T> = T & {window_id: string};

/** What an account adds to the history. */
export type Recorded = {
  usage: Of<Usage>[];
  turns: Of<Turn>[];
  said: {window_id: string; cycle: number; quarter: number; p: number; lo: number; hi: number}[];
  /** Windows that were found over, and how much of them was used. */
  ended: {window_id: string; used: number | null}[];
};

export const nothing: Recorded = {usage: [], turns: [], said: [], ended: []};

export function recordedIn(before: LedgerRow | null, row: LedgerRow, tops: Readonly<Record<string, number>>): Recorded {
  const all = [...recordedBy(before, row, window => tops[window] ?? null)];
  const of = <T>(list: (window: string) => readonly T[]): Of<T>[] =>
    all.flatMap(([window_id]) => list(window_id).map(each => ({window_id, ...each})));
  const find = new Map(all);
  return {
    usage: of(window => find.get(window)?.usage ?? []),
    turns: of(window => find.get(window)?.turns ?? []),
    said: all.flatMap(([window_id, {usage}]) =>
      (row.said ?? [])
        .filter(each => each.window === window_id && usage.length > 0)
        .map(({cycle, quarter, probability: p, range: [lo, hi]}) => ({window_id, cycle, quarter, p, lo, hi})),
    ),
    ended: all.flatMap(([window_id, {ended}]) => (ended === null ? [] : [{window_id, used: ended.used}])),
  };
}

export function pastOn(db: Connection) {
  return {
    /** These windows are over: what was said of them has held or not; where nobody knows it goes. */
    async judge(account: string, ended: Recorded['ended']): Promise<void> {
      if (ended.length > 0) await db.query(sql.judge, [account, JSON.stringify(ended)]);
    },
    /** All that is known since a moment (epoch ms). */
    async history(since: number): Promise<SeriesHistory[]> {
      const [usage, turns] = [await db.query(sql.usage, [since]), await db.query(sql.turns, [since])];
      const turnsOf = new Map(turns.map(row => [`${row.account} ${row.window_id}`, row.all as TurnValues[]]));
      return usage.map(row => ({
        account: String(row.account),
        window: String(row.window_id),
        usage: (row.all as UsageValues[]).map(usageOf),
        turns: (turnsOf.get(`${row.account} ${row.window_id}`) ?? []).map(turnOf),
      }));
    },
    /** By `account window`: how many of the last forecasts held. */
    async records(): Promise<Map<string, TrackRecord>> {
      const rows = await db.query(sql.records);
      return new Map(
        rows.map(row => [`${row.account} ${row.window_id}`, {held: Number(row.held), of: Number(row.of)}]),
      );
    },
    /** The past of an account that the database had never heard of. */
    async bringOver(history: readonly SeriesHistory[]): Promise<void> {
      for (const {account, window, usage, turns} of history)
        await db.query(sql.bringOver, [account, window, JSON.stringify(usage), JSON.stringify(turns)]);
    },
    forget: (account: string | null): Promise<Row[]> => db.query(sql.forget, [account]),
  };
}

export type Past = ReturnType<typeof pastOn>;

type UsageValues = [Usage['span'], number, number, number, number, number, boolean];
const usageOf = ([span, at, last, peak, added, seen, bridged]: UsageValues): Usage => ({
  ...{span, at, last, peak, added, seen, bridged},
});
type TurnValues = [number, Turn['kind'], number, number];
const turnOf = ([at, kind, before, after]: TurnValues): Turn => ({at, kind, before, after});

/** So many forecasts make a record. */
const counted = 12;

const sql = {
  judge: `WITH ended AS (SELECT * FROM jsonb_to_recordset($2::jsonb) AS n(window_id text, used float8)),
    dropped AS (
      DELETE FROM mystatus.said s USING ended
      WHERE s.account = $1 AND s.window_id = ended.window_id AND s.held IS NULL AND ended.used IS NULL
    )
    UPDATE mystatus.said s SET held = round(ended.used::numeric) BETWEEN round(s.lo::numeric) AND round(s.hi::numeric)
    FROM ended WHERE s.account = $1 AND s.window_id = ended.window_id AND s.held IS NULL AND ended.used IS NOT NULL`,
  usage: `SELECT account, window_id,
      json_agg(json_build_array(span, at, last, peak, added, seen, bridged) ORDER BY at, span) AS all
    FROM mystatus.usage WHERE at >= floor($1::float8 / 1000) GROUP BY account, window_id ORDER BY account, window_id`,
  turns: `SELECT account, window_id, json_agg(json_build_array(at, kind, before, after) ORDER BY at) AS all
    FROM mystatus.turn WHERE at >= floor($1::float8 / 1000) GROUP BY account, window_id`,
  records: `SELECT account, window_id, count(*) FILTER (WHERE held) AS held, count(*) AS of FROM (
      SELECT *, row_number() OVER (PARTITION BY account, window_id ORDER BY cycle DESC, quarter DESC) AS nth
      FROM mystatus.said WHERE held IS NOT NULL
    ) AS last WHERE nth <= ${counted} GROUP BY account, window_id`,
  bringOver: `WITH used AS (
      INSERT INTO mystatus.usage AS u (account, window_id, span, at, last, peak, added, seen, bridged)
      SELECT $1::text, $2::text, n.* FROM jsonb_to_recordset($3::jsonb)
        AS n(span int, at bigint, last int, peak int, added int, seen int, bridged boolean)
      ON CONFLICT (account, window_id, span, at) DO UPDATE SET
        added = greatest(u.added, excluded.added), seen = greatest(u.seen, excluded.seen)
    )
    INSERT INTO mystatus.turn (account, window_id, at, kind, before, after)
    SELECT $1::text, $2::text, n.* FROM jsonb_to_recordset($4::jsonb)
      AS n(at bigint, kind text, before int, after int)
    ON CONFLICT DO NOTHING`,
  forget: `WITH used AS (DELETE FROM mystatus.usage WHERE $1::text IS NULL OR account = $1),
    turned AS (DELETE FROM mystatus.turn WHERE $1::text IS NULL OR account = $1),
    said AS (DELETE FROM mystatus.said WHERE $1::text IS NULL OR account = $1)
    UPDATE mystatus.account SET forecasts = NULL, forecast_at = NULL
    WHERE forecasts IS NOT NULL AND ($1::text IS NULL OR key = $1)`,
};
