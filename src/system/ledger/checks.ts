import type {DatabaseSync} from 'node:sqlite';
import {hasHeld, type Said} from '../../core/foresight/checks.ts';
import type {TrackRecord} from '../../core/foresight/outlook.ts';

/** The table of what was forecast, written in the transaction of the reading. Throws what SQLite throws. */

/** So many forecasts make a record. */
const counted = 12;

export function checksIn(db: DatabaseSync) {
  const sql = statements(db);
  return {
    /** The first forecast in each quarter of a window stands; a reset that moves makes no other window of it. */
    say(series: number, said: Said | undefined): void {
      if (said === undefined) return;
      const {cycle, quarter, probability, range} = said;
      sql.say.run(series, cycle, quarter, probability, ...range, series, quarter);
    },
    /** The window is over with this percent used; null: nobody knows with how much, and what was said of it goes. */
    judge(account: string, window: string, used: number | null): void {
      for (const {series, cycle, at, lo, hi} of sql.open.all(account, window)) {
        const held = used === null ? null : hasHeld([Number(lo), Number(hi)], used);
        if (held === null) sql.drop.run(Number(series), Number(cycle), Number(at));
        else sql.judge.run(held ? 1 : 0, Number(series), Number(cycle), Number(at));
      }
    },
    recordOf(account: string, window: string): TrackRecord | null {
      const last = sql.last.all(account, window, counted);
      return last.length === 0 ? null : {held: last.filter(({held}) => held === 1).length, of: last.length};
    },
  };
}

function statements(db: DatabaseSync) {
  const ofWindow = 'series = (SELECT id FROM series WHERE account = ? AND window = ?)';
  return {
    say: db.prepare(
      `INSERT OR IGNORE INTO "check" (series, cycle, at, p, lo, hi) SELECT ?, ?, ?, ?, ?, ?
       WHERE NOT EXISTS (SELECT 1 FROM "check" WHERE series = ? AND at = ? AND held IS NULL)`,
    ),
    open: db.prepare(`SELECT series, cycle, at, lo, hi FROM "check" WHERE ${ofWindow} AND held IS NULL`),
    judge: db.prepare('UPDATE "check" SET held = ? WHERE series = ? AND cycle = ? AND at = ?'),
    drop: db.prepare('DELETE FROM "check" WHERE series = ? AND cycle = ? AND at = ?'),
    last: db.prepare(
      `SELECT held FROM "check" WHERE ${ofWindow} AND held IS NOT NULL ORDER BY cycle DESC, at DESC LIMIT ?`,
    ),
  };
}
