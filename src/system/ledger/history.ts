import type {DatabaseSync, SQLOutputValue, StatementSync} from 'node:sqlite';
import {dayOf, folded, recordedBy, type Span, spans, type Turn, type Usage} from '../../core/foresight/usage.ts';
import type {LedgerRow, SeriesHistory} from '../../core/ledger.ts';
import {checksIn} from './checks.ts';

/** The tables of history, written in the transaction of the reading. Throws what SQLite throws. */

const dayMs = 86_400_000;
const second = 1000;
/** Seconds after which a finer span becomes a coarser one, or is forgotten. */
export const kept = {quarter: 8 * 86_400, hour: 56 * 86_400, day: 3 * 365 * 86_400};

export type HistoryFile = ReturnType<typeof historyIn>;

export function historyIn(db: DatabaseSync) {
  const sql = statements(db);
  const checks = checksIn(db);
  const idOf = (account: string, window: string, at: number): number => {
    const known = sql.series.get(account, window);
    if (known === undefined) return Number(sql.begin.run(account, window, at).lastInsertRowid);
    // Once a day tells well enough which was touched last.
    if (at - Number(known.touched_at) > dayMs) sql.touch.run(at, Number(known.id));
    return Number(known.id);
  };
  return {
    /** What a settled account adds to what `before` told. */
    record(before: LedgerRow | null, row: LedgerRow): void {
      const topOf = (window: string, readAt: number): number | null => {
        const at = Math.floor((readAt - 1) / second / spans.quarter) * spans.quarter;
        const top = sql.top.get(spans.quarter, at, row.key, window)?.last;
        return typeof top === 'number' ? top : null;
      };
      for (const [window, {usage, turns, ended}] of recordedBy(before, row, topOf)) {
        if (ended !== null) checks.judge(row.key, window, ended.used);
        if (usage.length === 0) continue;
        const series = idOf(row.key, window, row.readAt ?? 0);
        checks.say(
          series,
          row.said?.find(each => each.window === window),
        );
        for (const each of usage) sql.add.run(...columnsOf(series, each));
        for (const {at, kind, before, after} of turns) sql.turn.run(series, at, kind, before, after);
      }
    },
    /** Folds what has grown old: quarter hours to hours, hours to local days; days are forgotten after three years. */
    compact(now: number): void {
      const at = Math.floor(now / second);
      fold(sql, spans.quarter, spans.hour, at - kept.quarter, start => start - (start % spans.hour));
      fold(sql, spans.hour, spans.day, dayOf(at - kept.hour), dayOf);
      sql.forgetOld.run(spans.day, at - kept.day);
    },
    read: (since: number, account?: string): SeriesHistory[] => readHistory(db, since, account),
    recordOf: checks.recordOf,
    usageOf: (account: string, window: string): Usage[] => sql.usage.all(account, window).map(usageOf),
    forget: (account?: string): void => void (account === undefined ? sql.forgetAll.run() : sql.forget.run(account)),
  };
}

/** All that is known since `since` (epoch ms), by series; of one account, when it is named. */
export function readHistory(db: DatabaseSync, since: number, account?: string): SeriesHistory[] {
  const from = Math.floor(since / second);
  const [whose, named] = account === undefined ? ['', []] : ['WHERE account = ?', [account]];
  const all = db.prepare(`SELECT id, account, window FROM series ${whose} ORDER BY account, window`).all(...named);
  // Numbers of our own table: they may stand in a query.
  const meant = account === undefined ? '' : `AND series IN (${all.map(({id}) => Number(id)).join()})`;
  const usage = usageBySeries(
    db.prepare(`SELECT ${usageColumns} FROM usage WHERE at >= ? ${meant} ORDER BY at, span`),
    from,
  );
  const turns = grouped(db.prepare(`SELECT * FROM turn WHERE at >= ? ${meant} ORDER BY at`).all(from), turnOf);
  return all.map(({id, account, window}) => ({
    ...{account: String(account), window: String(window)},
    ...{usage: usage.get(Number(id)) ?? [], turns: turns.get(Number(id)) ?? []},
  }));
}

type Values = [
  series: number,
  span: Span,
  at: number,
  last: number,
  peak: number,
  added: number,
  seen: number,
  bridged: 0 | 1,
];
const usageColumns = 'series, span, at, last, peak, added, seen, bridged';

/** Tens of thousands of rows: as arrays, where this Node gives them, they take a third of the time. */
function usageBySeries(
  statement: StatementSync & {setReturnArrays?(on: boolean): void},
  from: number,
): Map<number, Usage[]> {
  if (statement.setReturnArrays === undefined) return grouped(statement.all(from), usageOf);
  statement.setReturnArrays(true);
  const bySeries = new Map<number, Usage[]>();
  for (const values of statement.all(from) as unknown as Values[]) {
    const [series, span, at, last, peak, added, seen, bridged] = values;
    const own = bySeries.get(series) ?? [];
    if (own.length === 0) bySeries.set(series, own);
    own.push({span, at, last, peak, added, seen, bridged: bridged === 1});
  }
  return bySeries;
}

/** Older rows of a span become rows of the next: all or nothing, in the transaction around it. */
function fold(
  sql: ReturnType<typeof statements>,
  from: Span,
  to: Span,
  before: number,
  startOf: (at: number) => number,
): void {
  const groups = new Map<string, {series: number; at: number; rows: Usage[]}>();
  for (const record of sql.older.all(from, before)) {
    const row = usageOf(record);
    const [series, at] = [Number(record.series), startOf(row.at)];
    const group = groups.get(`${series} ${at}`) ?? {series, at, rows: []};
    group.rows.push(row);
    groups.set(`${series} ${at}`, group);
  }
  if (groups.size === 0) return;
  for (const {series, at, rows} of groups.values()) sql.add.run(...columnsOf(series, folded(rows, to, at)));
  sql.forgetOld.run(from, before);
}

type Columns = Record<string, SQLOutputValue>;

function grouped<T>(records: readonly Columns[], read: (record: Columns) => T): Map<number, T[]> {
  const bySeries = new Map<number, T[]>();
  for (const record of records) {
    const own = bySeries.get(Number(record.series)) ?? [];
    own.push(read(record));
    bySeries.set(Number(record.series), own);
  }
  return bySeries;
}

const usageOf = ({span, at, last, peak, added, seen, bridged}: Columns): Usage => ({
  span: Number(span) as Span,
  at: Number(at),
  last: Number(last),
  peak: Number(peak),
  added: Number(added),
  seen: Number(seen),
  bridged: bridged === 1,
});
const turnOf = ({at, kind, before, after}: Columns): Turn => ({
  at: Number(at),
  kind: String(kind) as Turn['kind'],
  before: Number(before),
  after: Number(after),
});

const columnsOf = (series: number, {span, at, last, peak, added, seen, bridged}: Usage) =>
  [span, at, series, last, peak, added, seen, bridged ? 1 : 0] as const;

function statements(db: DatabaseSync) {
  return {
    series: db.prepare('SELECT id, touched_at FROM series WHERE account = ? AND window = ?'),
    begin: db.prepare('INSERT INTO series (account, window, touched_at) VALUES (?, ?, ?)'),
    touch: db.prepare('UPDATE series SET touched_at = ? WHERE id = ?'),
    top: db.prepare(
      `SELECT last FROM usage WHERE span = ? AND at = ?
       AND series = (SELECT id FROM series WHERE account = ? AND window = ?)`,
    ),
    usage: db.prepare(
      `SELECT * FROM usage WHERE series = (SELECT id FROM series WHERE account = ? AND window = ?) ORDER BY at, span`,
    ),
    add: db.prepare(
      `INSERT INTO usage (span, at, series, last, peak, added, seen, bridged) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (span, at, series) DO UPDATE SET
         last = excluded.last, peak = max(peak, excluded.peak), added = added + excluded.added,
         seen = min(span, seen + excluded.seen), bridged = min(bridged, excluded.bridged)`,
    ),
    turn: db.prepare('INSERT OR REPLACE INTO turn (series, at, kind, before, after) VALUES (?, ?, ?, ?, ?)'),
    older: db.prepare('SELECT * FROM usage WHERE span = ? AND at < ? ORDER BY at, series'),
    forgetOld: db.prepare('DELETE FROM usage WHERE span = ? AND at < ?'),
    forget: db.prepare('DELETE FROM series WHERE account = ?'),
    forgetAll: db.prepare('DELETE FROM series'),
  };
}
