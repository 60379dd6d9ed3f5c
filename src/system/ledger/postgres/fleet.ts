import {randomUUID} from 'node:crypto';
import type {AlertMemory} from '../../../core/alerts/memory.ts';
import {systemClock} from '../../../core/clock.ts';
import type {FleetPart, Ledger} from '../../../core/ledger.ts';
import {createDealings, type Dealings} from './dealings.ts';
import {createMemory} from './memory.ts';
import {openOwn} from './own.ts';
import type {FleetOptions, FleetParts} from './parts.ts';
import {createReplica, isLater} from './replica.ts';

/**
 * One ledger for many machines. What is read comes from memory, which the database's notifications keep fresh; what is
 * written goes there; and while it is away, this machine's own file stands in for it.
 */

export type FleetLedger = Ledger &
  AlertMemory &
  FleetPart & {
    /** Resolves when everything that was begun at the database is done. */
    idle(): Promise<void>;
    /** Reads the past again. */
    readPast(): Promise<void>;
    close(): Promise<void>;
  };

export function openFleet(options: FleetOptions): FleetLedger {
  const {clock = systemClock, keepsHistory = () => true, readsPast = false, alerts} = options;
  const listeners = new Set<() => void>();
  const heard = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const replica = createReplica(options.machine);
  const memory = createMemory();
  const own = openOwn(options.own, alerts, () => dealings.isAway());
  const owner = randomUUID();
  const parts = {...options, clock, keepsHistory, readsPast, owner, own, replica, memory, heard};
  const dealings = createDealings(parts);
  return {
    ...reading(parts, dealings),
    ...writing(parts, dealings),
    ready: dealings.ready,
    mayRefresh: dealings.mayRefresh,
    idle: dealings.idle,
    readPast: dealings.readPast,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await dealings.close();
      own.ledger.close();
    },
  };
}

type Reading = Pick<
  FleetLedger,
  'rows' | 'row' | 'changes' | 'elsewhere' | 'history' | 'usageOf' | 'recordOf' | 'forecastsOf' | 'given'
>;

function reading({own: {ledger: own}, replica, memory, clock}: FleetParts, dealings: Dealings): Reading {
  let ownVersion = 0;
  return {
    rows: () => {
      const known = new Map([...own.rows(), ...replica.rows()].map(row => [row.key, row]));
      return [...known.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
    },
    row: key => replica.get(key)?.row ?? own.row(key),
    changes(version) {
      const {version: next, rows} = own.changes(ownVersion);
      ownVersion = next;
      for (const row of rows) {
        if (dealings.isAway()) replica.putRow(row, true);
        // Written by one that does not know the database, such as a status line.
        else if (isLater(row, replica.get(row.key)?.row)) dealings.settle(row, clock.now());
      }
      return replica.changes(version);
    },
    elsewhere: () => replica.elsewhere(clock.now()),
    history: since => memory.history(since) ?? own.history(since),
    usageOf: (account, window) => memory.usageOf(account, window) ?? own.usageOf(account, window),
    recordOf: (account, window) => memory.recordOf(account, window) ?? own.recordOf(account, window),
    forecastsOf: account => replica.get(account)?.made ?? own.forecastsOf(account),
    given: () => dealings.given(),
  };
}

type Writing = Pick<FleetLedger, 'claim' | 'release' | 'settle' | 'keepForecasts' | 'forgetHistory' | 'review'>;

function writing({own, memory}: FleetParts, dealings: Dealings): Writing {
  return {
    claim: dealings.claim,
    release(key) {
      own.ledger.release(key);
      dealings.release(key);
    },
    settle: dealings.settle,
    keepForecasts: dealings.keepForecasts,
    forgetHistory(account) {
      own.ledger.forgetHistory(account);
      memory.forget(account);
      dealings.forgetHistory(account);
    },
    review: dealings.review,
  };
}
