import type {AccountState, MonitorState, Note, Reading, Window} from './model.ts';

/**
 * What a reading still says at a later moment: of a period that is over, nothing. Every way out takes its accounts from
 * here, so that none of them shows a percentage that the reset has ended. Pure; what still holds stays the same object.
 */

type Read = Pick<AccountState, 'reading' | 'readAt'>;

/** Read after the time that it names, the figure stands: the service's clock is behind, its number is not. */
const endedSince = (endsAt: number | null | undefined, readAt: number | null, now: number): boolean =>
  typeof endsAt === 'number' && endsAt <= now && (readAt ?? 0) < endsAt;

/** The window as it is known at `now`; `unknown` when it has reset since it was read at `readAt`. */
export function windowAt(window: Window, readAt: number | null, now: number): Window {
  if (!endedSince(window.resetsAt, window.readAt ?? readAt, now)) return window;
  const {id, pool, windowMs, resetsAt, unit} = window;
  const why = 'the limit has reset since the last reading';
  return {id, pool, windowMs, resetsAt, unit, use: {state: 'unknown', why, hasReset: true}};
}

export const hasReset = ({use}: Window): boolean => use.state === 'unknown' && use.hasReset === true;

/** The reading as it is known at `now`. */
export function readingAt({reading, readAt}: Read, now: number): Reading | null {
  if (reading === null) return null;
  const windows = reading.windows.map(window => windowAt(window, readAt, now));
  const notes = reading.notes.flatMap(note => noteAt(note, windows, readAt, now));
  const stands = sameItems(windows, reading.windows) && sameItems(notes, reading.notes);
  return stands ? reading : {...reading, windows, notes};
}

const limitNotes: ReadonlySet<Note['code']> = new Set([
  'limit-reached',
  'limit-reached-using-credits',
  'pool-exhausted',
]);

function noteAt(note: Note, windows: readonly Window[], readAt: number | null, now: number): Note[] {
  if (limitNotes.has(note.code)) return isStillFull(note, windows) ? [note] : [];
  if (note.percent === undefined || !endedSince(note.at, readAt, now)) return [note];
  const {percent: _, at: __, ...rest} = note;
  return [rest];
}

/** A limit that was reached may be free again once a window of its pool has reset, unless another one is still full. */
function isStillFull({text}: Note, windows: readonly Window[]): boolean {
  const ofPool = windows.filter(({pool}) => pool === text);
  const meant = ofPool.length > 0 ? ofPool : windows;
  return !meant.some(hasReset) || meant.some(({use}) => use.state === 'known' && use.usedPercent >= 100);
}

/** The account with what is known of it at `now`. */
export function accountAt<Account extends Read>(account: Account, now: number): Account {
  const reading = readingAt(account, now);
  return reading === account.reading ? account : {...account, reading};
}

/** The visible accounts in the order of the panels, with what is known of them at `now`. */
export const accountsAt = (state: MonitorState, now: number): AccountState[] =>
  state.providers.flatMap(({accounts}) =>
    accounts.flatMap(key => {
      const account = state.accounts[key];
      return account === undefined ? [] : [accountAt(account, now)];
    }),
  );

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);
