import type {LedgerRow} from '../../../core/ledger.ts';
import type {Entry} from './database.ts';
import {troubleOf} from './faults.ts';
import type {Hearing} from './hearing.ts';
import type {FleetParts} from './parts.ts';
import {attemptOf, isLater} from './replica.ts';
import type {Session} from './session.ts';

/** What this machine wrote down without the database is brought over; of an account the later reading wins. */

export type Unsent = {row: LedgerRow; at: number};

type Parts = Pick<FleetParts, 'own' | 'keepsHistory'> & {hearing: Hearing};

/** Returns all that stands there then. */
export async function merge(at: Session, unsent: readonly Unsent[], parts: Parts): Promise<Entry[]> {
  const entries = await at.news();
  if (!at.mayWrite) return entries;
  const known = new Map(entries.map(entry => [entry.row.key, entry]));
  const sent = new Set(unsent.map(({row}) => row.key));
  const later = parts.own.ledger.rows().filter(row => !sent.has(row.key) && isLater(row, known.get(row.key)?.row));
  // Of what others have read since, nothing is asked again.
  const news = unsent.map(({row}) => row).filter(row => attemptOf(row) >= attemptIn(known.get(row.key)));
  for (const row of [...news, ...later]) await bringOver(at, row, parts);
  if (parts.keepsHistory()) for (const {key} of later) if (!known.has(key)) await bringPast(at, key, parts);
  return news.length + later.length === 0 ? entries : at.all();
}

const attemptIn = (entry: Entry | undefined): number => (entry === undefined ? 0 : attemptOf(entry.row));

/** What was told of it while nobody else could know is not told again: the marks are written before the row is seen. */
async function bringOver(at: Session, row: LedgerRow, {keepsHistory, hearing}: Parts): Promise<void> {
  try {
    await at.send(row, {
      keepsHistory: keepsHistory(),
      first: before => hearing.judge(at, before.row, row, before.marks, false),
    });
  } catch (error) {
    // A row that the database cannot take stays in this machine's file.
    if (troubleOf(error) !== 'row') throw error;
  }
}

const bringPast = (at: Session, key: string, {own}: Parts): Promise<void> =>
  at.past.bringOver(own.ledger.history(0).filter(({account}) => account === key));
