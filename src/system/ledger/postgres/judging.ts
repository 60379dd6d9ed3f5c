import type {AlertEvent} from '../../../core/alerts/event.ts';
import {idOf, type Mark} from '../../../core/alerts/mark.ts';
import type {Watcher} from '../../../core/alerts/watcher.ts';
import type {LedgerRow} from '../../../core/ledger.ts';
import type {Stamped} from './database.ts';
import type {Session} from './session.ts';
import {markMoved} from './times.ts';

/** Alerts, each once in the whole fleet: of all copies that judge the same, the one that changes the mark tells it. */

export type Judgement = {before: LedgerRow | null; row: LedgerRow; now: number; marks: readonly Stamped[]};

// Each time another copy has changed a mark of this account in between.
const mostTries = 4;

/** What this copy is to tell, and the marks as they stand now. Rejects with what the driver says. */
export async function judgeOn(
  session: Session,
  watcher: Watcher,
  {before, row, now, marks}: Judgement,
): Promise<{events: AlertEvent[]; marks: readonly Stamped[]}> {
  const events: AlertEvent[] = [];
  let known = marks;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = known.map(({mark}) => mark);
    // What happened is judged the same again: only a mark that changes is news.
    const judged = watcher
      .judge(before, row, stored, now)
      .filter(({mark}) => !stored.some(each => idOf(each) === idOf(mark) && isSame(each, mark)));
    if (judged.length === 0 || !session.mayWrite) break;
    const wanted = judged.map(({mark}) => ({
      mark: markMoved(mark, session.offset()),
      stamp: stampOf(known, idOf(mark)),
    }));
    const kept = await session.database.keepMarks(row.key, wanted);
    events.push(...judged.flatMap(({mark, event}) => (kept.has(idOf(mark)) && event !== null ? [event] : [])));
    known = (await session.entry(row.key))?.marks ?? known;
    if (kept.size === judged.length) break;
  }
  return {events, marks: known};
}

const stampOf = (marks: readonly Stamped[], id: string): number =>
  marks.find(({mark}) => idOf(mark) === id)?.stamp ?? 0;

const isSame = (one: Mark, other: Mark): boolean =>
  one.state === other.state &&
  one.firedAt === other.firedAt &&
  one.cycle === other.cycle &&
  one.seen === other.seen &&
  one.calmSince === other.calmSince;
