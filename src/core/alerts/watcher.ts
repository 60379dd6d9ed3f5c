import type {ForecastOf} from '../foresight/forecasts.ts';
import type {LedgerRow} from '../ledger.ts';
import type {AlertSettings} from './event.ts';
import {judge} from './judge.ts';
import {idOf, type Mark} from './mark.ts';
import type {Judged} from './situation.ts';

/** Decides for one running copy: the first reading of an account after its start tells only where things stand. */
export type Watcher = {
  judge(before: LedgerRow | null, row: LedgerRow, marks: readonly Mark[], now: number): Judged[];
};

export type WatcherParts = {
  settings(): AlertSettings;
  forecastOf(): ForecastOf;
  /** False: nobody wants to hear of this account here. */
  isWatched?(row: LedgerRow): boolean;
};

export function createWatcher({settings, forecastOf, isWatched = () => true}: WatcherParts): Watcher {
  const primed = new Map<string, Map<string, Mark>>();
  const memory = createMemory();
  return {
    judge(before, row, stored, now) {
      if (!isWatched(row)) return [];
      const marks = memory.complete(row, stored);
      const own = primed.get(row.key);
      const isFirst = own === undefined && row.failure === null && row.readAt !== null;
      const known = own ?? new Map<string, Mark>();
      if (isFirst) primed.set(row.key, known);
      const scene = {before, row, now, settings: settings(), forecastOf: forecastOf()};
      const judged = judge({...scene, marks: withPrimed(marks, known)});
      return memory.keep(
        row,
        judged.filter(each => (isFirst ? !prime(each, marks, known) : isKept(each, known))),
      );
    },
  };
}

/** The marks as this copy saw them last: should their table be lost, what was told is not told again. */
function createMemory() {
  const marksOf = new Map<string, Map<string, Mark>>();
  const kept = new Map<string, {attempt: string; judged: readonly Judged[]}>();
  const attemptOf = ({readAt, lastAttemptAt}: LedgerRow): string => `${readAt} ${lastAttemptAt}`;
  return {
    complete(row: LedgerRow, stored: readonly Mark[]): Mark[] {
      const own = marksOf.get(row.key) ?? new Map<string, Mark>();
      const last = kept.get(row.key);
      // Asked again about the same row, what was decided the first time could not be written.
      const written = last === undefined || last.attempt === attemptOf(row) ? [] : last.judged.map(({mark}) => mark);
      for (const mark of [...written, ...stored]) own.set(idOf(mark), mark);
      marksOf.set(row.key, own);
      return [...own.values()];
    },
    keep(row: LedgerRow, judged: Judged[]): Judged[] {
      kept.set(row.key, {attempt: attemptOf(row), judged});
      return judged;
    },
  };
}

/** What was true at the first reading counts as told, for this copy alone: another one may be about to tell it. */
function withPrimed(marks: readonly Mark[], primed: Map<string, Mark>): Mark[] {
  for (const mark of marks) if (mark.state !== 'armed') primed.delete(idOf(mark));
  return [...marks.filter(mark => !primed.has(idOf(mark))), ...primed.values()];
}

// What runs out or is refused does so still; what was crossed or happened did so while nobody watched.
const isOfThePast = ({rule}: Mark): boolean => !['run-out', 'unused', 'login', 'changed'].includes(rule);

/** True where it is remembered, not told. What quiet hours held is told. */
function prime({mark}: Judged, marks: readonly Mark[], primed: Map<string, Mark>): boolean {
  const stored = marks.find(each => idOf(each) === idOf(mark));
  const isNews = mark.state !== 'armed' && stored?.state !== 'held' && mark.firedAt !== stored?.firedAt;
  if (!isNews || !isOfThePast(mark)) return false;
  primed.set(idOf(mark), {...mark, state: 'fired'});
  return true;
}

/** What changes of a mark that this copy alone has is not for the others. */
function isKept({mark, event}: Judged, primed: Map<string, Mark>): boolean {
  const own = primed.get(idOf(mark));
  if (own === undefined) return true;
  const isNews = event !== null || mark.firedAt !== own.firedAt;
  if (isNews || mark.state === 'armed') primed.delete(idOf(mark));
  else primed.set(idOf(mark), mark);
  return isNews;
}
