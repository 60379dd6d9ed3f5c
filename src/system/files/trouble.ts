/** Why something of ours cannot be read or written, for the user: a reason in a few words, and what to do. */

/** An error whose message is a reason for the user, with the sentence that says what to do. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
  readonly cure: string;

  constructor(message: string, cure: string) {
    super(message);
    this.cure = cure;
  }
}

const readOnly = 'the file system is read-only';
const full = 'the disk is full';
const denied = 'permission denied';
const fileInTheWay = 'a file is where a directory should be';

const reasons: Record<string, string> = {
  EACCES: denied,
  EPERM: denied,
  EROFS: readOnly,
  ENOSPC: full,
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: fileInTheWay,
  EEXIST: fileInTheWay,
  EISDIR: 'a directory is where the file should be',
  EMFILE: 'too many open files',
  ELOOP: 'its links form a loop',
  EIO: 'reading or writing the disk failed',
};
const sqliteReasons: Record<number, string> = {
  3: denied,
  5: 'another program has locked it',
  6: 'another program has locked it',
  8: 'it is read-only',
  10: 'reading or writing the disk failed',
  13: full,
  14: 'it cannot be opened',
};
// The helper file of a database could not be made as large as it must be.
const noRoomForHelper = 4874;

/** Why a file could not be used, in a few words without any path: paths carry the user's name. */
export function reasonOf(error: unknown): string {
  const {code, errcode} = error as {code?: unknown; errcode?: unknown};
  if (errcode === noRoomForHelper) return full;
  if (typeof errcode === 'number') return sqliteReasons[errcode & 0xff] ?? `SQLite error ${errcode}`;
  if (typeof code === 'string') return reasons[code] ?? code;
  return error instanceof Error ? error.message : 'unknown reason';
}

/** What to do about it, as a sentence; `variable` names another place. Empty where there is nothing to say. */
function cureOf(error: unknown, variable: string): string {
  if (error instanceof Trouble) return error.cure;
  const reason = reasonOf(error);
  if (reason === full || reason === reasons.EDQUOT) return 'Free some space.';
  if (reason === denied) return `Make it yours again (chown), or set ${variable}.`;
  if (reason === readOnly || reason === sqliteReasons[8]) return `Set ${variable} to a writable place.`;
  return reason === fileInTheWay || reason === reasons.EISDIR ? 'Move it away.' : '';
}

/** `credentials.json cannot be written: the disk is full. Free some space.` */
export function explained(what: string, error: unknown, variable: string): string {
  const cure = cureOf(error, variable);
  return `${what}: ${reasonOf(error)}.${cure === '' ? '' : ` ${cure}`}`;
}

/** The `code` of a system error: 'ENOENT', …; empty when there is none. */
export const codeOf = (error: unknown): string => String((error as {code?: unknown} | null)?.code ?? '');
