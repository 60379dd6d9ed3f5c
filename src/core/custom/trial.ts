import type {AccountState, Amount, Window} from '../model.ts';

/** What came of trying a definition once: what was sent, what came back, and what the definition makes of it. */
export type Trial = {
  /** Null where nothing was sent or run. `values` are headers with their secrets masked, or variables that are handed over. */
  request: {line: string; values: readonly string[]} | null;
  /** Null where nothing came back. `status` is an exit code for a program; `type` and `ms` are null for a saved body. */
  response: {status: number | null; type: string | null; bytes: number; ms: number | null} | null;
  /** Keys and types of the body, never a value. */
  shape: readonly ShapeLine[];
  mappings: readonly MappingTrial[];
  /** As it would stand among the others. */
  account: AccountState;
};

export type ShapeLine = {path: string; type: string};

/** What one mapping gave: `windows[0]`, `amounts[1]`. Nothing at all where its condition does not hold. */
export type MappingTrial = {
  place: string;
  windows: readonly Window[];
  amounts: readonly Amount[];
  unread: readonly UnreadFigure[];
};

/** `there`: what stands beside the place where nothing was found. */
export type UnreadFigure = {place: string; path: string; why: string; there: readonly string[]};

/** A body that was kept, in place of a request. */
export type SavedBody = {text: string; status: number; now: number};
