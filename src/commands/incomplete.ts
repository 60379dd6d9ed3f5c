const missing = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']);

/** True for what Node throws when a module is not there. */
export const isMissing = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && missing.has(String(error.code));

/** True for what Node throws when a file of the program is missing, or was written in part: no bug, but half an installation. */
export function isIncomplete(error: unknown): boolean {
  if (isMissing(error)) return true;
  if (!(error instanceof Error)) return false;
  // Of a file that does not parse, or that lacks what others import from it; not of data, which no module loader reads.
  return error instanceof SyntaxError && /node:internal\/modules\//.test(error.stack ?? '');
}

export const incompleteText = 'is not installed completely: a file of it is missing or damaged. Install it again.';
