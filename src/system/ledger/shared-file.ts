import {basename} from 'node:path';
import type {Watcher} from '../../core/alerts/watcher.ts';
import type {Notice} from '../../core/model.ts';
import {causeOf, identityOf, ignoreErrors} from '../files/private-file.ts';
import {explained} from '../files/trouble.ts';
import type {JudgingLedger} from './alerts.ts';
import {type LedgerFile, ledgerPath, openLedgerFile, replaceDamaged} from './file.ts';
import {createMemoryLedger} from './memory.ts';
import {openLedgerReadOnly} from './read-only.ts';
import {troubleOf} from './sqlite-module.ts';

/** The file of all copies, whatever becomes of it while this one runs; without a usable file, this copy's own memory. */
export type SharedFile = {
  /** What `work` gives, or `whenBusy` while another copy holds the file. Throws nothing that SQLite throws. */
  use<T>(work: (ledger: JudgingLedger) => T, whenBusy: T): T;
  /** Deleted or replaced under us: on to the file that the other copies use now. */
  follow(): void;
  close(): void;
};

type Options = {
  directory: string;
  onNotice(notice: Notice): void;
  now(): number;
  keepsHistory(): boolean;
  watcher: Watcher | undefined;
};

export function openSharedFile(options: Options): SharedFile {
  const {directory, now, keepsHistory, watcher} = options;
  const path = ledgerPath(directory);
  // Told from the other copies on this machine; for a better one Node would load all of its cryptography at each start.
  const owner = [process.pid, performance.timeOrigin, Math.random()].join('-');
  const alone = createMemoryLedger(watcher);
  const say = onceEach(options.onNotice);
  let wasReplaced = false;
  let file = open();

  function open(): LedgerFile | null {
    const identity = ignoreErrors(() => identityOf(path), null);
    try {
      return openLedgerFile(path, {owner, now: now(), keepsHistory, watcher});
    } catch (error) {
      return instead(error, identity);
    }
  }

  /** A new file in place of a damaged one, once; null for whatever else is wrong. */
  function instead(error: unknown, identity: string | null): LedgerFile | null {
    if (wasReplaced || troubleOf(error) !== 'damaged') return goAlone(error);
    wasReplaced = true;
    try {
      const aside = replaceDamaged(path, identity, now());
      const fresh = openLedgerFile(path, {owner, now: now(), keepsHistory, watcher});
      if (aside) say(replacedNotice(aside));
      return fresh;
    } catch (worse) {
      return goAlone(worse);
    }
  }

  function goAlone(error: unknown): null {
    copyRows(directory, alone, now());
    say(unavailableNotice(error, path));
    return null;
  }

  function detach(): string | null {
    const left = file;
    file = null;
    ignoreErrors(() => left?.close(), undefined);
    return left?.identity ?? null;
  }

  return {
    use(work, whenBusy) {
      // A damaged file is replaced once, and whatever fails after that is given up.
      while (file !== null) {
        try {
          return work(file);
        } catch (error) {
          if (troubleOf(error) === 'busy') return whenBusy;
          file = instead(error, detach());
        }
      }
      return work(alone);
    },
    follow() {
      if (file === null || ignoreErrors(() => identityOf(path), null) === file.identity) return;
      detach();
      file = open();
    },
    close: () => void detach(),
  };
}

/** Each kind of notice once: the same trouble comes back with every call. */
function onceEach(onNotice: (notice: Notice) => void): (notice: Notice) => void {
  const said = new Set<Notice['code']>();
  return notice => {
    if (said.has(notice.code)) return;
    said.add(notice.code);
    onNotice(notice);
  };
}

/** A file that cannot be written may still be read: the screen is full at once all the same. */
function copyRows(directory: string, to: JudgingLedger, now: number): void {
  const readable = openLedgerReadOnly(directory);
  for (const row of readable.rows()) if (!to.row(row.key)) to.settle(row, now);
  readable.close();
}

function unavailableNotice(error: unknown, path: string): Notice {
  const why = explained('state.db cannot be used', causeOf(error, path), 'MYSTATUS_STATE_DIR');
  return {code: 'ledger-unavailable', text: `${why} Other copies will not see these readings.`};
}

const replacedNotice = (aside: string): Notice => ({
  code: 'ledger-corrupt',
  text: `state.db was damaged. It was renamed to ${basename(aside)}, and a new one was created.`,
});
