import type {MadeForecast} from '../../../core/foresight/made.ts';
import type {LedgerRow} from '../../../core/ledger.ts';
import type {Entry} from './database.ts';
import {createHearing} from './hearing.ts';
import {createLine} from './line.ts';
import {merge, type Unsent} from './merge.ts';
import type {FleetParts} from './parts.ts';
import type {Session} from './session.ts';

/** What this copy does at the database; and without it, with its own file. */

export type Dealings = ReturnType<typeof createDealings>;

// A copy that makes the same forecasts a moment later need not write them.
const againMs = 4 * 60_000;
// Of a database that is away for days, the last of these are brought over.
const mostUnsent = 2000;
/** The longest span of a plot, and a day. */
const pastMs = 366 * 86_400_000;

export function createDealings(parts: FleetParts) {
  const {clock, own, replica, memory, keepsHistory} = parts;
  const hearing = createHearing(parts);
  let unsent: Unsent[] = [];
  const line = createLine(parts, {
    async begin(at) {
      const sending = unsent;
      const entries = await merge(at, sending, {...parts, hearing});
      unsent = unsent.filter(each => !sending.includes(each));
      // Whoever hears of an account finds its past.
      if (parts.readsPast) await memory.read(at.past, clock.now() - pastMs);
      for (const entry of entries) await hearing.absorb(at, entry);
      hearing.listen();
    },
    begun() {
      const waiting = unsent;
      unsent = [];
      for (const {row, at} of waiting) settle(row, at);
    },
    async pull(at) {
      for (const entry of await at.news()) await hearing.absorb(at, entry);
    },
  });
  const {claims, claim, release} = createClaims(parts, line, hearing);

  function keepHere(row: LedgerRow, at: number): void {
    own.ledger.settle(row, at);
    unsent = [...unsent.slice(1 - mostUnsent), {row, at}];
  }

  async function send(at: Session, row: LedgerRow): Promise<void> {
    const claimed = claims.get(row.key);
    claims.delete(row.key);
    const {isOurs, entry, before} = await at.send(row, {keepsHistory: keepsHistory(), claimed});
    if (!isOurs) {
      await at.database.release(row.key);
      own.ledger.release(row.key);
      return hearing.absorb(at, entry);
    }
    replica.put(entry, false);
    await hearing.judge(at, before, entry.row, entry.marks);
    own.copy(replica.get(row.key) ?? entry, row, clock.now());
    line.task(session => session.compact());
  }

  function settle(row: LedgerRow, at: number): void {
    const {said: _, made: __, ...bare} = row;
    replica.putRow(bare, false);
    if (line.mayRefresh())
      line.task(
        session => send(session, row),
        () => keepHere(row, at),
      );
    else own.ledger.settle(row, at);
  }

  return {
    ...{ready: line.ready, mayRefresh: line.mayRefresh, idle: line.idle, claim, release, settle},
    ...createBeside(parts, line, hearing),
    isAway: (): boolean => line.session() === null,
    async close(): Promise<void> {
      if (line.mayRefresh()) line.task(at => at.database.releaseAll());
      await line.close();
    },
  };
}

/** What is beside readings: forecasts, the past, what alerts became of. */
function createBeside(
  {own, replica, memory, keepsHistory}: FleetParts,
  line: ReturnType<typeof createLine>,
  hearing: ReturnType<typeof createHearing>,
) {
  return {
    keepForecasts(account: string, made: readonly MadeForecast[], now: number): void {
      if (line.session() === null) own.ledger.keepForecasts(account, made, now);
      const known = replica.get(account);
      const age = now - (known?.forecastAt ?? Number.NEGATIVE_INFINITY);
      if (known === undefined || !line.mayRefresh() || !keepsHistory() || made.length === 0) return;
      if (age >= 0 && age < againMs) return;
      replica.put({...known, made: [...made], forecastAt: now}, false);
      line.task(at => at.keepForecasts(account, made, now));
    },
    forgetHistory: (account?: string): void => line.task(at => at.past.forget(account ?? null)),
    review(now: number): void {
      if (line.session() === null) own.ledger.review(now);
      for (const {row, marks} of replica.all())
        if (marks.some(({mark}) => mark.state === 'held')) line.task(at => hearing.judge(at, row, row, marks));
    },
    given: () => hearing.given(line.session() === null),
    async readPast(): Promise<void> {
      line.task(at => memory.read(at.past, 0));
      await line.idle();
    },
  };
}

function createClaims(
  {own}: FleetParts,
  line: ReturnType<typeof createLine>,
  hearing: ReturnType<typeof createHearing>,
) {
  /** The accounts that are claimed, as they stood then. */
  const claims = new Map<string, Entry | null>();

  /** Another copy on this machine may be without the database: its claim stands in the file. */
  async function claimAt(at: Session, key: string, now: number, until: number): Promise<boolean> {
    if (!(await at.database.claim(key, until - now))) return false;
    if (!own.claim(key, now, until)) {
      await at.database.release(key);
      return false;
    }
    if (claims.has(key)) return true;
    const entry = await at.entry(key);
    claims.set(key, entry);
    if (entry !== null) await hearing.absorb(at, entry);
    return true;
  }

  async function claimSomewhere(key: string, now: number, until: number): Promise<boolean> {
    await line.ready;
    const at = line.session();
    if (at === null) return !line.isMissing() && own.claim(key, now, until);
    if (!line.mayRefresh()) return false;
    try {
      return await claimAt(at, key, now, until);
    } catch (error) {
      line.fail(error, at);
      return false;
    }
  }

  return {
    claims,
    claim(key: string, now: number, until: number): Promise<boolean> {
      const answer = claimSomewhere(key, now, until);
      line.await(answer);
      return answer;
    },
    release(key: string): void {
      claims.delete(key);
      if (line.mayRefresh()) line.task(at => at.database.release(key));
    },
  };
}
