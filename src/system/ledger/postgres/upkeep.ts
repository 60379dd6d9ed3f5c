import {dayOf, spans} from '../../../core/foresight/usage.ts';
import {kept} from '../history.ts';
import {mostAlerts, mostRows} from '../schema.ts';
import type {Connection} from './connection.ts';
import {addUsage} from './database.ts';

/** What keeps the tables small: one copy in an hour does it for the fleet. Rejects with what the driver says. */

// As the file's.
const [mostTurns, mostChecks, longestUntouchedDays] = [200, 60, 90];

/** `now` (epoch ms) is the database's; days are those of this machine's time zone. Once in an hour for the fleet. */
export async function compact(db: Connection, now: number): Promise<void> {
  const turn = await db.query(
    'UPDATE mystatus.counter SET compacted_at = $1::float8 WHERE compacted_at <= $1::float8 - 3600000 RETURNING id',
    [now],
  );
  if (turn.length === 0) return;
  const at = Math.floor(now / 1000);
  const hourOf = 'at - at % 3600';
  const dayStart = `extract(epoch FROM date_trunc('day', to_timestamp(at), $2))::bigint`;
  await db.query(fold(spans.quarter, spans.hour, hourOf), [at - kept.quarter]);
  await db.query(fold(spans.hour, spans.day, dayStart), [dayOf(at - kept.hour), zone()]);
  await db.query('DELETE FROM mystatus.usage WHERE span = 86400 AND at < $1', [at - kept.day]);
  for (const statement of bounds) await db.query(statement);
}

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Older rows of a span become rows of the next: all or nothing. */
const fold = (from: number, to: number, start: string): string => `WITH old AS (
    DELETE FROM mystatus.usage WHERE span = ${from} AND at < $1 RETURNING *
  ), placed AS (SELECT *, ${start} AS start FROM old)
  INSERT INTO mystatus.usage AS u (account, window_id, span, at, last, peak, added, seen, bridged)
  SELECT account, window_id, ${to}, start, (array_agg(last ORDER BY at DESC))[1], max(peak), sum(added),
    least(${to}, sum(seen)), bool_and(bridged)
  FROM placed GROUP BY account, window_id, start
  ${addUsage}`;

const beyond = (table: string, key: string, of: string, order: string, most: number): string =>
  `DELETE FROM mystatus.${table} WHERE (${key}) IN (
     SELECT ${key} FROM (
       SELECT ${key}, row_number() OVER (${of} ORDER BY ${order}) AS nth FROM mystatus.${table}
     ) AS counted WHERE nth > ${most})`;

const ofWindow = 'PARTITION BY account, window_id';
const bounds = [
  `DELETE FROM mystatus.claim WHERE until < now() - interval '1 minute'`,
  `DELETE FROM mystatus.account WHERE touched_at < now() - interval '${longestUntouchedDays} days'`,
  beyond('account', 'key', '', 'touched_at DESC', mostRows),
  beyond('turn', 'account, window_id, at', ofWindow, 'at DESC', mostTurns),
  beyond('said', 'account, window_id, cycle, quarter', ofWindow, 'cycle DESC, quarter DESC', mostChecks),
  beyond('alert', 'account, window_id, rule', '', 'coalesce(fired_at, 0) DESC', mostAlerts),
];
