import type {AlertEvent, GivenAlert} from '../../../core/alerts/event.ts';
import type {Mark} from '../../../core/alerts/mark.ts';
import type {LedgerRow} from '../../../core/ledger.ts';
import type {Entry, Stamped} from './database.ts';
import {judgeOn} from './judging.ts';
import type {FleetParts} from './parts.ts';
import {isSameRead} from './replica.ts';
import type {Session} from './session.ts';

/** What this copy makes of what stands at the database: it is remembered, and what is worth an alert is told. */

export type Hearing = ReturnType<typeof createHearing>;

const mostGiven = 200;

export function createHearing({clock, own, replica, alerts}: FleetParts) {
  let isListening = false;

  async function judge(at: Session, before: LedgerRow | null, row: LedgerRow, marks: readonly Stamped[], tells = true) {
    if (alerts === undefined) return;
    const result = await judgeOn(at, alerts.watcher, {before, row, now: clock.now(), marks});
    const known = replica.get(row.key);
    if (known !== undefined) replica.put({...known, marks: [...result.marks]}, false);
    if (tells) tell(result.events);
  }

  function tell(events: readonly AlertEvent[]): void {
    if (events.length > 0) alerts?.tell(events);
    alerts?.changed();
  }

  return {
    judge,
    async absorb(at: Session, entry: Entry): Promise<void> {
      const {row} = entry;
      const known = replica.get(row.key);
      if (known !== undefined && known.version >= entry.version) return;
      const isNews = known === undefined || !isSameRead(known.row, row);
      replica.put(entry, isNews);
      // What was there before this copy began is where things stand.
      if (isNews && isListening) await judge(at, known?.row ?? null, row, entry.marks);
      own.copy(replica.get(row.key) ?? entry, row, clock.now());
      if (!isNews) alerts?.changed();
    },
    listen(): void {
      isListening = true;
      alerts?.changed();
    },
    /** `isAlone`: without the database. */
    given(isAlone: boolean): GivenAlert[] {
      const all = replica.all().flatMap(({row, marks}) => marks.flatMap(({mark}) => givenOf(row.key, mark)));
      const known = new Set(all.map(idOfGiven));
      const others = own.ledger.given().filter(each => isAlone && !known.has(idOfGiven(each)));
      return [...others, ...all].sort((one, other) => other.at - one.at).slice(0, mostGiven);
    },
  };
}

const idOfGiven = ({account, window, rule}: GivenAlert): string => `${account} ${window} ${rule}`;

const givenOf = (account: string, {window, rule, state, firedAt, seen}: Mark): GivenAlert[] =>
  firedAt === null || state === 'held' ? [] : [{account, window, rule, at: firedAt, seen}];
