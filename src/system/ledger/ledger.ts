import {randomUUID} from 'node:crypto';
import {basename} from 'node:path';
import type {Ledger, LedgerRow} from '../../core/ledger.ts';
import type {Notice} from '../../core/model.ts';
import {causeOf, identityOf, ignoreErrors} from '../files/private-file.ts';
import {explained} from '../files/trouble.ts';
import {type LedgerFile, ledgerPath, openLedgerFile, replaceDamaged} from './file.ts';
import {createMemoryLedger} from './memory.ts';
import {openLedgerReadOnly} from './read-only.ts';
import {troubleOf} from './sqlite-module.ts';

export {createMemoryLedger} from './memory.ts';
export {openLedgerReadOnly} from './read-only.ts';

export type LedgerOptions = {
  /** Where `state.db` lives; made when it is missing. */
  directory: string;
  /** Told once when the file is unusable (`ledger-unavailable`), once when it was set aside (`ledger-corrupt`). */
  onNotice(notice: Notice): void;
  now?: () => number;
};

// A file that stays locked for longer than this is held by something that hangs; asking goes on without it.
const lockedPatienceMs = 10_000;
// After a call that waited for the lock in vain, the next ones do not wait again at once: the screen waits with them.
const lockedPauseMs = 1_000;

/**
 * The memory that all running copies share. No function of it throws: a busy file is tried again later, a damaged one is
 * set aside and begun anew, and without a usable file it behaves as if this copy were alone.
 */
export function openLedger({directory, onNotice, now = Date.now}: LedgerOptions): Ledger {
  const path = ledgerPath(directory);
  const owner = randomUUID();
  const alone = createMemoryLedger();
  const unwritten = new Map<string, {row: LedgerRow; at: number}>();
  const said = new Set<Notice['code']>();
  let locked: Locked | null = null;
  let wasReplaced = false;
  let file = attach();

  function say(code: Notice['code'], text: string): void {
    if (said.has(code)) return;
    said.add(code);
    onNotice({code, text});
  }

  function goAlone(error: unknown): null {
    // A file that cannot be written may still be read: the screen is full at once all the same.
    const readable = openLedgerReadOnly(directory);
    for (const row of readable.rows()) if (!alone.row(row.key)) alone.settle(row, now());
    readable.close();
    const why = explained('state.db cannot be used', causeOf(error, path), 'MYSTATUS_STATE_DIR');
    say('ledger-unavailable', `${why} Other copies will not see these readings.`);
    return null;
  }

  function attach(): LedgerFile | null {
    const identity = ignoreErrors(() => identityOf(path), null);
    try {
      return openLedgerFile(path, owner, now());
    } catch (error) {
      return cure(error, identity);
    }
  }

  /** A new file in place of a damaged one, once; null for whatever else is wrong. */
  function cure(error: unknown, identity: string | null): LedgerFile | null {
    if (wasReplaced || troubleOf(error) !== 'damaged') return goAlone(error);
    wasReplaced = true;
    try {
      const aside = replaceDamaged(path, identity, now());
      const fresh = openLedgerFile(path, owner, now());
      if (aside)
        say('ledger-corrupt', `state.db was damaged. It was renamed to ${basename(aside)}, and a new one was created.`);
      return fresh;
    } catch (worse) {
      return goAlone(worse);
    }
  }

  function detach(): string | null {
    const left = file;
    file = null;
    ignoreErrors(() => left?.close(), undefined);
    return left?.identity ?? null;
  }

  /** What `work` gives, or `whenBusy` while another copy holds the file. */
  function use<T>(work: (ledger: Ledger) => T, whenBusy: T): T {
    if (!file) return work(alone);
    try {
      return work(file);
    } catch (error) {
      if (troubleOf(error) === 'busy') return whenBusy;
      file = cure(error, detach());
      return use(work, whenBusy);
    }
  }

  /** Deleted or replaced under us: on to the file that the other copies use now. */
  function follow(): void {
    if (!file || ignoreErrors(() => identityOf(path), null) === file.identity) return;
    detach();
    file = attach();
  }

  function write(row: LedgerRow, at: number): void {
    const isWritten = use(ledger => {
      ledger.settle(row, at);
      return true;
    }, false);
    if (isWritten) unwritten.delete(row.key);
    else unwritten.set(row.key, {row, at});
  }

  function writeLate(): void {
    for (const {row, at} of [...unwritten.values()]) {
      write(row, at);
      if (unwritten.has(row.key)) return;
    }
  }

  return {
    rows: () => use(ledger => ledger.rows(), []),
    row: key => unwritten.get(key)?.row ?? use(ledger => ledger.row(key), null),
    changes(version) {
      follow();
      writeLate();
      return use(ledger => ledger.changes(version), {version, rows: []});
    },
    claim(key, at, until) {
      if (locked && isPausing(locked, at)) return isPatienceOver(locked);
      const granted = use<boolean | null>(ledger => ledger.claim(key, at, until), null);
      if (granted !== null) locked = null;
      else locked = {since: locked?.since ?? at, triedAt: at};
      return granted ?? (locked !== null && isPatienceOver(locked));
    },
    release: key => use(ledger => ledger.release(key), undefined),
    settle: write,
    close() {
      writeLate();
      detach();
    },
  };
}

/** Epoch ms: since when another process keeps the file locked, and when that was last tried. */
type Locked = {since: number; triedAt: number};

const isPausing = ({triedAt}: Locked, at: number) => at >= triedAt && at - triedAt < lockedPauseMs;
const isPatienceOver = ({since, triedAt}: Locked) => triedAt - since >= lockedPatienceMs;
