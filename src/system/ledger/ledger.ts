import {existsSync} from 'node:fs';
import type {AlertEvent} from '../../core/alerts/event.ts';
import type {AlertMemory, AlertParts} from '../../core/alerts/memory.ts';
import type {LedgerRow, LocalLedger} from '../../core/ledger.ts';
import type {Notice} from '../../core/model.ts';
import {ledgerPath} from './file.ts';
import {listenFor} from './listener.ts';
import {openSharedFile, type SharedFile} from './shared-file.ts';

export {createMemoryLedger} from './memory.ts';
export {openLedgerReadOnly} from './read-only.ts';

export type LedgerOptions = {
  /** Where `state.db` lives; made when it is missing. */
  directory: string;
  /** Told once when the file is unusable (`ledger-unavailable`), once when it was replaced (`ledger-corrupt`). */
  onNotice(notice: Notice): void;
  now?: () => number;
  /** False: no history is written, and what there is is forgotten with the next reading. */
  keepsHistory?: () => boolean;
  /** For a copy that gives alerts. */
  alerts?: AlertParts | undefined;
};

/**
 * The memory that all running copies share. No function of it throws: a busy file is tried again later, a damaged one is
 * quarantined and begun anew, and without a usable file it behaves as if this copy were alone.
 */
export function openLedger(options: LedgerOptions): LocalLedger & AlertMemory {
  const {directory, onNotice, now = Date.now, keepsHistory = () => true, alerts} = options;
  const file = openSharedFile({directory, onNotice, now, keepsHistory, watcher: alerts?.watcher});
  const listener = listenFor(file, alerts);
  const writer = createWriter(file, listener.settled);
  const patience = createLockPatience();
  return {
    rows: () => file.use(ledger => ledger.rows(), []),
    row: key => writer.unwritten(key) ?? file.use(ledger => ledger.row(key), null),
    changes(version) {
      file.follow();
      writer.retry();
      const changes = file.use(ledger => ledger.changes(version), {version, rows: []});
      listener.heard(changes.rows, now());
      return changes;
    },
    claim: (key, at, until) =>
      patience.decide(at, () => file.use<boolean | null>(ledger => ledger.claim(key, at, until), null)),
    release: key => file.use(ledger => ledger.release(key), undefined),
    settle: writer.write,
    review: listener.review,
    given: () => file.use(ledger => ledger.given(), []),
    history: (since, account) => file.use(ledger => ledger.history(since, account), []),
    recordOf: (account, window) => file.use(ledger => ledger.recordOf(account, window), null),
    usageOf: (account, window) => file.use(ledger => ledger.usageOf(account, window), []),
    forecastsOf: account => file.use(ledger => ledger.forecastsOf(account), []),
    keepForecasts: (account, made, at) => file.use(ledger => ledger.keepForecasts(account, made, at), undefined),
    forgetHistory: account => file.use(ledger => ledger.forgetHistory(account), undefined),
    close() {
      writer.retry();
      file.close();
    },
  };
}

/** For those who otherwise only read: forgets the history of an account, or all of it, where there is a file. */
export function forgetHistoryIn(directory: string, account?: string): void {
  if (!existsSync(ledgerPath(directory))) return;
  const ledger = openLedger({directory, onNotice: () => {}});
  ledger.forgetHistory(account);
  ledger.close();
}

/** Writes rows, and keeps those for later that a busy file did not take. */
function createWriter(file: SharedFile, settled: (row: LedgerRow, events: readonly AlertEvent[]) => void) {
  const waiting = new Map<string, {row: LedgerRow; at: number}>();

  function write(row: LedgerRow, at: number): void {
    const events = file.use<AlertEvent[] | null>(ledger => ledger.settle(row, at), null);
    if (events === null) waiting.set(row.key, {row, at});
    else waiting.delete(row.key);
    if (events !== null) settled(row, events);
  }

  return {
    write,
    unwritten: (key: string): LedgerRow | undefined => waiting.get(key)?.row,
    /** Up to the first that is still not taken. */
    retry(): void {
      for (const {row, at} of [...waiting.values()]) {
        write(row, at);
        if (waiting.has(row.key)) return;
      }
    },
  };
}

// A file that stays locked for longer than this is held by something that hangs; requests go on without it.
const lockedPatienceMs = 10_000;
// After a call that waited for the lock in vain, the next ones do not wait again at once: the screen waits with them.
const lockedPauseMs = 1_000;

/** Whether a claim is granted while another process keeps the file locked: at first not, and after a while without it. */
function createLockPatience() {
  // Epoch ms: since when it is locked, and when that was last tried.
  let locked: {since: number; triedAt: number} | null = null;
  const isOver = (): boolean => locked !== null && locked.triedAt - locked.since >= lockedPatienceMs;
  const isPausing = (at: number): boolean =>
    locked !== null && at >= locked.triedAt && at - locked.triedAt < lockedPauseMs;

  return {
    /** `claim` gives null when the file is locked. */
    decide(at: number, claim: () => boolean | null): boolean {
      if (isPausing(at)) return isOver();
      const granted = claim();
      locked = granted === null ? {since: locked?.since ?? at, triedAt: at} : null;
      return granted ?? isOver();
    },
  };
}
